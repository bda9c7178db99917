/** What happens to orders, whoever does it: placed, edited, given a status, credited, and given the invoice's PDF. */
import type { Hooks } from './hooks.ts'
import { cellOf, locationOf, settle, standsAt, type Thing, thingAt } from './shelf.ts'
import { Fault } from './soap.ts'
import { type Line, newId, type Order, STATUS, stampOf, type World } from './world.ts'

export interface Bought {
  thing: Thing
  amount: number
  location?: number
}
export interface Orders {
  /** Throws when there isn't so much, unless `oversell`. */
  place(bought: Bought[], how: { status?: number; oversell?: boolean; referenceNumber?: string }): Order
  setStatus(order: Order, status: number, by: string): void
  /** 0 takes the line off. */
  setAmount(order: Order, bought: Bought): void
  creditNote(order: Order, lines: { line: Line; amount: number }[]): Order
  upload(order: Order, invoiceNumber: string, file: string): void
  mail(order: Order, why: string): void
  /** Staff changed something of it. */
  touched(order: Order): void
}

const CUSTOMER = {
  Firstname: 'Sofie',
  Lastname: 'Mørk',
  Company: '',
  Address: 'Åboulevarden 1',
  Zip: '8000',
  City: 'Aarhus C',
  Country: 'Danmark',
  Phone: '+4512345678',
  Email: 'sofie.moerk@example.com',
}
const TOPICS: Record<number, string> = {
  [STATUS.cancelled]: 'orders/cancelled',
  [STATUS.sent]: 'orders/fulfilled',
  [STATUS.fetched]: 'orders/fulfilled',
  [STATUS.partlySent]: 'orders/partially-fulfilled',
}

export function orders(world: World, hooks: Hooks): Orders {
  const touched = (order: Order) => {
    order.updated = stampOf(world)
    hooks.emit('orders/updated', order.id)
  }
  function lineOf({ thing, amount, location }: Bought): Line {
    const product = 'productId' in thing ? world.products.get(thing.productId) : thing
    const isVariant = 'productId' in thing
    const numbers = { variant: thing.itemNumber, parent: product?.itemNumber ?? '', none: '' }
    return {
      id: newId(world),
      productId: product?.id ?? 0,
      variantId: isVariant ? thing.id : 0,
      itemNumber: isVariant ? numbers[world.knobs.lineItemNumber] : thing.itemNumber,
      amount,
      price: Math.round((thing.price / 1.25) * 100) / 100,
      productTitle: product?.title ?? '',
      variantTitle: isVariant ? thing.title : '',
      stockLocationId: location ?? locationOf(thing),
    }
  }
  const made = (values: Partial<Order>): Order => {
    const order: Order = {
      id: ++world.lastOrder,
      status: STATUS.received,
      created: stampOf(world),
      updated: null,
      sent: null,
      customer: CUSTOMER,
      comment: '',
      commentExternal: '',
      trackingCode: '',
      referenceNumber: '',
      origin: '',
      invoiceNumber: '',
      lines: [],
      uploads: [],
      taken: {},
      ...values,
    }
    if (world.knobs.freshUpdated === 'placed') order.updated = order.created
    world.orders.set(order.id, order)
    return order
  }

  return {
    touched,
    place: (bought, { status = STATUS.received, oversell = false, referenceNumber = '' }) => {
      for (const each of bought) {
        const stands = standsAt(world, each.thing, each.location ?? locationOf(each.thing))
        if (!oversell && stands !== null && stands < each.amount) throw new Error(`${each.thing.title} findes ikke i det antal`)
      }
      const order = made({ status, referenceNumber, lines: bought.map(lineOf) })
      settle(world, order, 'placed')
      hooks.emit('orders/created', order.id)
      return order
    },
    setStatus: (order, status, by) => {
      if (!world.statuses.some((each) => each.id === status)) throw new Fault('PARAM', `No such status ${status}`)
      order.status = status
      if (status === STATUS.sent || status === STATUS.fetched) order.sent ??= stampOf(world)
      if (world.knobs.statusBumpsUpdated) order.updated = stampOf(world)
      // This one mails whatever the settings say; a buyer's own order isn't given it by anybody.
      if (status === STATUS.received) world.mails.push({ at: world.time.ms(), order: order.id, why: `status 1 by ${by}` })
      settle(world, order, 'status')
      hooks.emit(TOPICS[status] ?? 'orders/updated', order.id)
    },
    setAmount: (order, bought) => {
      const cell = 'productId' in bought.thing ? `variant:${bought.thing.id}` : `product:${bought.thing.id}`
      const line = order.lines.find((each) => cellOf(each) === cell)
      if (line === undefined) order.lines.push(lineOf(bought))
      else if (bought.amount === 0) order.lines = order.lines.filter((each) => each !== line)
      else line.amount = bought.amount
      settle(world, order, 'edited')
      if (world.knobs.editBumpsUpdated) order.updated = stampOf(world)
      hooks.emit('orders/updated', order.id)
    },
    creditNote: (order, lines) => {
      const isAmount = world.knobs.creditNoteLines === 'negative-amount'
      const note = made({
        status: world.knobs.creditNoteStatus,
        origin: String(order.id),
        referenceNumber: order.referenceNumber,
        customer: order.customer,
        lines: lines.map(({ line, amount }) => ({ ...line, id: newId(world), amount: isAmount ? -amount : amount, price: isAmount ? line.price : -line.price })),
      })
      settle(world, note, 'placed')
      hooks.emit('orders/created', note.id)
      return note
    },
    upload: (order, invoiceNumber, file) => {
      const { secondUpload, uploadSetsInvoiceNumber, uploadMails } = world.knobs
      if (order.uploads.length > 0 && secondUpload === 'refused') throw new Fault('PARAM', 'The order has an invoice already')
      const upload = { at: world.time.ms(), invoiceNumber, file }
      order.uploads = secondUpload === 'adds' ? [...order.uploads, upload] : [upload]
      if (uploadSetsInvoiceNumber) order.invoiceNumber = invoiceNumber
      if (uploadMails) world.mails.push({ at: world.time.ms(), order: order.id, why: 'Order_UploadInvoice' })
      order.updated = stampOf(world)
      hooks.emit('orders/invoice', order.id)
    },
    mail: (order, why) => void world.mails.push({ at: world.time.ms(), order: order.id, why }),
  }
}

export function orderNamed(world: World, which: string | number): Order {
  const order = world.orders.get(Number(which))
  if (order === undefined) throw new Error(`no order ${which}`)
  return order
}

export const thingOf = (world: World, line: Line): Thing | undefined => thingAt(world, cellOf(line))
