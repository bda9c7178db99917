/** Operations on orders: read by id, number, date and status; status and texts changed, the invoice's PDF put on. */
import { type Call, int, type Operation, type Table, text } from './operation.ts'
import type { Orders } from './orders.ts'
import { pageSize, within } from './product-operations.ts'
import { flag, recordOf, said } from './records.ts'
import { Fault } from './soap.ts'
import { dateText, type Order } from './world.ts'

const told = (call: Call, orders: Order[]) => orders.map((each) => recordOf(call.world, call.session, 'Order', each))

function sorted({ world }: Call): Order[] {
  const all = [...world.orders.values()]
  if (world.knobs.orderSort === 'newest-first') return all.toReversed()
  return world.knobs.orderSort === 'updated' ? all.toSorted((a, b) => (a.updated ?? 0) - (b.updated ?? 0) || a.id - b.id) : all
}
const ofStatus = (call: Call) => (order: Order) => text(call, 'Status') === '' || String(order.status) === text(call, 'Status')
const createdWithin = (call: Call) => (order: Order) => within(call, dateText(call.world, order.created))
const updatedWithin = (call: Call) => (order: Order) => order.updated !== null && within(call, dateText(call.world, order.updated))

/** Pages begin at 1. */
function page(call: Call, orders: Order[]): Order[] {
  const number = int(call, 'Page')
  if (number < 1) throw new Fault('PARAM', 'Page must be greater than 0')
  const size = pageSize(call, 'PageSize')
  return orders.slice((number - 1) * size, number * size)
}

const RANGE = [
  ['Start', 'string'],
  ['End', 'string'],
  ['Status', 'string'],
] as const
const PAGED = [...RANGE, ['Page', 'int'], ['PageSize', 'int']] as const
const list = (args: Operation['args'], choose: (call: Call) => Order[]): Operation => ({ args, returns: 'Order[]', run: (call) => told(call, choose(call)) })

export function orderOperations(orders: Orders): Table {
  const found = (call: Call): Order => {
    const order = call.world.orders.get(int(call, 'OrderId'))
    if (order === undefined) throw new Fault('PARAM', `Order ${int(call, 'OrderId')} does not exist`)
    return order
  }
  /** A change of one order that answers true. */
  const change = (args: Operation['args'], work: (call: Call, order: Order) => void): Operation => ({
    args: [['OrderId', 'int'], ...args],
    returns: 'boolean',
    run: (call) => {
      work(call, found(call))
      return flag(call.world, true)
    },
  })
  return {
    Order_GetById: {
      args: [['OrderId', 'int']],
      returns: 'Order',
      run: (call) => {
        const order = call.world.orders.get(int(call, 'OrderId'))
        if (order === undefined && call.world.knobs.unknownOrder === 'PARAM') throw new Fault('PARAM', 'No such order')
        return order === undefined ? null : told(call, [order])[0]
      },
    },
    Order_GetByNumber: list(
      [
        ['Start', 'int'],
        ['End', 'int'],
      ],
      (call) => sorted(call).filter(({ id }) => int(call, 'Start') <= id && (text(call, 'End') === '' || id <= int(call, 'End'))),
    ),
    Order_GetByDate: list(RANGE, (call) => sorted(call).filter(createdWithin(call)).filter(ofStatus(call))),
    Order_GetByDateUpdated: list(RANGE, (call) => sorted(call).filter(updatedWithin(call)).filter(ofStatus(call))),
    Order_GetByDateWithPagination: list(PAGED, (call) => page(call, sorted(call).filter(createdWithin(call)).filter(ofStatus(call)))),
    Order_GetByDateUpdatedWithPagination: list(PAGED, (call) => page(call, sorted(call).filter(updatedWithin(call)).filter(ofStatus(call)))),
    Order_GetByStatus: list([['Status', 'string']], (call) => sorted(call).filter(ofStatus(call))),
    Order_GetLines: { args: [['OrderId', 'int']], returns: 'OrderLine[]', run: (call) => found(call).lines.map((line) => recordOf(call.world, call.session, 'OrderLine', line)) },
    Order_UpdateStatus: change([['Status', 'int']], (call, order) => orders.setStatus(order, int(call, 'Status'), 'Order_UpdateStatus')),
    Order_UpdateComment: change([['Comment', 'string']], (call, order) => {
      order.comment = text(call, 'Comment')
      orders.touched(order)
    }),
    Order_UpdateTrackingCode: change([['TrackingCode', 'string']], (call, order) => {
      order.trackingCode = text(call, 'TrackingCode')
      orders.touched(order)
    }),
    Order_SendInvoiceEmail: change([], (_call, order) => orders.mail(order, 'Order_SendInvoiceEmail')),
    Order_UploadInvoice: change(
      [
        ['InvoiceNumber', 'string'],
        ['FileContent', 'string'],
      ],
      (call, order) => orders.upload(order, text(call, 'InvoiceNumber'), fileOf(call)),
    ),
    OrderStatusCode_GetAll: {
      args: [],
      returns: 'OrderStatusCode[]',
      run: ({ world, session }) => world.statuses.map(({ id, title }, n) => ({ Id: id, Title: said(world, session, id, title), LanguageISO: 'DK', Sorting: n })),
    },
  }
}

/** The file as base64, whichever way it must come. */
function fileOf(call: Call): string {
  const content = text(call, 'FileContent')
  if (call.world.knobs.uploadEncoding === 'plain') return Buffer.from(content, 'latin1').toString('base64')
  if (content === '' || !/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(content)) throw new Fault('PARAM', 'FileContent is not valid')
  return Buffer.from(content, 'base64').toString('base64')
}
