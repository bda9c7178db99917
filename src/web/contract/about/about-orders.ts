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
  'orders.hand-over': {
    summary: 'Hand an order over to an ERP',
    text: 'Sent when its turn comes, also one from before the ERP took orders. One that was deleted there becomes a new document; a booked one is never written.',
    refusals: ['not-found', 'not-ready'],
  },
  'orders.refused': {
    summary: 'List the orders an ERP refused',
    text: 'The latest order first, each with why. An order that changes goes again by itself.',
    refusals: ['not-found'],
  },
  'orders.send-refused': { summary: 'Hand all refused orders over again', text: 'Everything this ERP refused goes once more.', refusals: ['not-found'] },
} as const satisfies Record<string, About>
