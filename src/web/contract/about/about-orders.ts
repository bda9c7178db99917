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
  'orders.ship': {
    summary: 'Say that pieces of an order have left',
    text: 'All that is open, or the lines named. Stock follows at once. A webshop whose connection says so is told, and the same shipment told by the webshop counts once. The same `ref` is the same shipment.',
    refusals: ['nothing-open', 'more-than-open', 'line-twice', 'unknown-location', 'time-in-future', 'key-reused'],
  },
  'orders.unship': {
    summary: 'Take a shipment back',
    text: 'While the webshop hasn’t been told of it: the pieces are on the shelf and open again, as of then.',
    refusals: ['shipped-in-shop'],
  },
  'orders.hand-over': {
    summary: 'Hand an order over to an ERP',
    text: 'Sent when its turn comes, also one from before the ERP took orders. One that was deleted there becomes a new document; a booked one is never written. With the order’s own webshop: it is told (again) what has left.',
    refusals: ['not-found', 'not-ready'],
  },
  'orders.refused': {
    summary: 'List the orders a connection refused',
    text: 'By an ERP, or by a webshop that was told what has left. The latest order first, each with why. An order that changes goes again by itself.',
    refusals: ['not-found'],
  },
  'orders.send-refused': { summary: 'Hand all refused orders over again', text: 'Everything this connection refused goes once more.', refusals: ['not-found'] },
} as const satisfies Record<string, About>
