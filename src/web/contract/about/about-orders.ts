/** Orders of webshops and outside systems. */
import type { About } from './about.ts'

export const aboutOrders = {
  'orders.list': { summary: 'List or look up orders', text: 'Newest first. `orderRef`, `articleNumber` and `locationId` are exact.' },
  'orders.show': { summary: 'Show an order', text: 'Where each piece is, what the order did to the stock, and how it changed.' },
  'orders.put-back': {
    summary: 'Put lost pieces back on the shelf',
    text: 'Pieces of a cancelled order that the shop didn’t put back itself; or say that they are gone after all.',
  },
  'orders.connect': {
    summary: 'Say which article an unknown line is',
    text: 'The number means that article from then on, in every order that has it. `preview` only says what would happen.',
    refusals: ['number-taken', 'not-found'],
  },
} as const satisfies Record<string, About>
