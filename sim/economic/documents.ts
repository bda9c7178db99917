/** Orders, draft invoices and booked invoices: how one becomes the other, and what each step does to the numbers. */
import type { Written } from './document-body.ts'
import { notFound, Refused } from './errors.ts'
import type { Hooks } from './hooks.ts'
import { recount, takeBooked } from './stock.ts'
import { type Document, hasInventory, hit, type Stage, type World } from './world.ts'

export interface Documents {
  /** An order draft, or a draft invoice. */
  create(stage: 'draft-order' | 'draft-invoice', written: Written, fromOrder?: number | null): Document
  replace(document: Document, written: Written): Document
  get(stage: Stage, number: number): Document
  /** A draft order to sent, or back. */
  pass(document: Document, to: 'draft-order' | 'sent-order'): Document
  /** The order is done with: a draft invoice was made of it. */
  upgraded(order: Document): void
  remove(document: Document): void
  book(draft: Document, number?: number): Document
}

export function documents(world: World, hooks: Hooks): Documents {
  const put = (document: Document, to: Stage) => {
    world.documents[document.stage].delete(document.number)
    document.stage = to
    world.documents[to].set(document.number, document)
    recount(world, hooks, document)
    return document
  }
  const desk: Documents = {
    create(stage, written, fromOrder = null) {
      if (stage === 'draft-order') refuseOrders(world)
      const number = stage === 'draft-order' ? ++world.last.order : ++world.last.draft
      const document: Document = { ...written, number, stage, fromOrder, fromDraft: null, at: world.time.ms(), counted: {} }
      world.documents[stage].set(number, document)
      hit(world, `made:${stage}`)
      recount(world, hooks, document)
      return document
    },
    replace(document, written) {
      Object.assign(document, written)
      recount(world, hooks, document)
      return document
    },
    get(stage, number) {
      const found = world.documents[stage].get(number)
      if (found === undefined) throw notFound(`${stage === 'booked' || stage === 'draft-invoice' ? 'Invoice' : 'Order'} '${number}'`)
      return found
    },
    pass: (document, to) => {
      refuseOrders(world)
      return put(document, to)
    },
    upgraded: (order) => {
      if (order.stage === 'sent-order' || world.knobs.upgradedDraft === 'archived') put(order, 'archived-order')
    },
    remove(document) {
      world.documents[document.stage].delete(document.number)
      recount(world, hooks, document, true)
    },
    book(draft, number) {
      if (draft.lines.length === 0) throw new Refused(400, 'An invoice without lines cannot be booked.', { errorCode: 'E04300' })
      if (number !== undefined && (world.documents.booked.has(number) || number <= 0))
        throw new Refused(400, `Invoice number ${number} is in use already.`, { errorCode: 'E04300' })
      const booked: Document = { ...draft, stage: 'booked', number: number ?? ++world.last.booked, fromDraft: draft.number, at: world.time.ms() }
      world.last.booked = Math.max(world.last.booked, booked.number)
      world.documents['draft-invoice'].delete(draft.number)
      world.documents.booked.set(booked.number, booked)
      hit(world, 'made:booked')
      takeBooked(world, hooks, booked)
      hooks.emit('Faktura bogført', { INVOICENO: String(booked.number) })
      return booked
    },
  }
  return desk
}

function refuseOrders(world: World): void {
  if (world.knobs.ordersWithInventory === 'refused' && hasInventory(world))
    throw new Refused(403, 'Data creation on orders is not supported on agreements with the inventory module.', { developerHint: 'Use invoices instead.' })
}
