/** Orders from webshops over HTTP. */
import type { By } from '../../core/by.ts'
import type { ListenerRow } from '../../core/listeners/listener.ts'
import { orderSource, placesOf } from '../../core/listeners/listeners.sql.ts'
import { openFields } from '../../core/listeners/sealed.ts'
import { connectLine } from '../../core/orders/connect-line.ts'
import { holdOrders } from '../../core/orders/hold-orders.ts'
import type { Snapshot } from '../../core/orders/order.ts'
import { ordersById } from '../../core/orders/orders.sql.ts'
import { piecesOf } from '../../core/orders/pieces.ts'
import { putBackLosses } from '../../core/orders/put-back.ts'
import { shippedHereRows } from '../../core/orders/shipments.sql.ts'
import { withLocations, withShippedHere } from '../../core/orders/shipped-here.ts'
import { Refusal } from '../../core/refusal.ts'
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import type { SyncDeps } from '../../sync/deps.ts'
import { invoiceSources } from '../../sync/invoices.ts'
import type { Answered } from '../contract/routes.ts'
import { cursorOf, momentAfter, pageOf } from '../cursors.ts'
import { byItself, found, type Handlers, inCompany } from '../handlers.ts'
import { tryOut } from '../try-out.ts'
import { namedActors } from './actors.ts'
import { handedOver, handedOverOf } from './handed-over.ts'
import { invoicesOf } from './invoices.ts'
import { editsOf, type Held, heldOf, linesOf, lossesOf, movementsOf, type OrderHead, type OrdersAsked, orderPage } from './orders.sql.ts'
import { shipmentsShown, shipping, toldShopShown } from './shipping.ts'

type Shown = Answered<'orders.show'>

/** Any of it may be missing, all of it too. */
const head = (row: OrderHead): Answered<'orders.list'>['items'][number] => ({
  ...row,
  customer: row.customer === null ? null : { name: row.customer.name ?? null, email: row.customer.email ?? null, phone: row.customer.phone ?? null },
})
const all: OrdersAsked = {
  id: null,
  connectionId: null,
  customerId: null,
  state: null,
  q: null,
  orderRef: null,
  articleNumber: null,
  locationId: null,
  changedAfter: null,
  before: null,
  limit: 1,
}

async function show(tx: Tx, deps: SyncDeps, id: number): Promise<Shown> {
  const [row] = await orderPage(tx, { ...all, id })
  const order = head(found(row))
  const [stored] = await ordersById(tx, [id])
  const { snapshot, effects } = must(stored, 'the order')
  const listener = must(await orderSource(tx, order.connectionId), 'its connection')
  const places = new Map((await placesOf(tx, listener.id)).map((place) => [place.placeRef, place.locationId]))
  const lines = await linesOf(tx, id)
  // Where pieces are doesn't depend on what they are: lines nobody knows are placed too.
  const here = await shippedHereRows(tx, [id])
  const ground = { articles: new Map(lines.map((line) => [line.lineRef, 0])), places: withLocations(places, here), defaultLocationId: listener.defaultLocationId ?? 0 }
  const pieces = piecesOf(withShippedHere(snapshot, here, effects.echoes ?? {}, places), { ...ground, homes: effects.homes })
  const at = (lineRef: string): Shown['lines'][number]['at'] =>
    pieces
      .filter((piece) => piece.lineRef === lineRef && (order.deletedAt === null || piece.bucket !== 'open'))
      .map(({ bucket, quantity, spot }) => ({ what: bucket, quantity, locationId: spot.kind === 'elsewhere' ? null : spot.locationId || null, sure: spot.kind !== 'unsaid' }))
  const movements = await movementsOf(tx, { listenerId: listener.id, orderRef: order.orderRef })
  const actor = await namedActors(
    tx,
    movements.map((movement) => movement.actor),
  )
  return {
    ...order,
    remotePage: remotePageOf(deps, tx.companyId, listener, order.orderRef),
    lines: lines.map((line) => ({ ...line, unclear: unclearOf(snapshot, line), at: at(line.lineRef) })),
    handedOver: await handedOverOf(tx, id),
    shipments: await shipmentsShown(tx, id),
    toldShop: await toldShopShown(tx, id),
    invoices: await invoicesOf(tx, id),
    mayBeInvoiced: (await invoiceSources(tx, deps)).length > 0,
    losses: await lossesOf(tx, id),
    movements: movements.map((movement) => ({ ...movement, actor: actor(movement.actor) })),
    edits: (await editsOf(tx, id)).map((row) => ({
      at: row.at,
      ...row.edit,
      moved: row.edit.moved.map((move) => ({ ...move, to: move.to.map((place) => places.get(place) ?? null) })),
    })),
  }
}

/** Of no account any more once the line is an article, or none. */
function unclearOf(snapshot: Snapshot, { lineRef, articleId, noGoods }: { lineRef: string; articleId: number | null; noGoods: boolean }): Shown['lines'][number]['unclear'] {
  const said = snapshot.lines.find((line) => line.lineRef === lineRef)?.unclear
  if (said === undefined || articleId !== null || noGoods) return null
  return { articleNumbers: said.articleNumbers ?? [], quantity: said.quantity ?? null }
}

function remotePageOf(deps: SyncDeps, companyId: number, listener: ListenerRow, orderRef: string): string | null {
  const connector = deps.connectors[listener.code]
  if (connector?.orderPage === undefined || listener.hookAddress === null) return null
  return connector.orderPage(connector.settings.parse(openFields(deps.box, companyId, 'settings', listener.hookAddress, listener.settings)), orderRef)
}

/** Connects, and says what it did to the stock of the article named. */
async function connect(tx: Tx, input: { orderId: number; lineRef: string; articleId: number | null }, by: By): Promise<Answered<'orders.connect'>> {
  await holdOrders(tx)
  const held = async (): Promise<Held[]> => (input.articleId === null ? [] : await heldOf(tx, input.articleId))
  const before = new Map((await held()).map((level) => [level.locationId, level]))
  const orders = await connectLine(tx, input, by)
  const changes = (await held()).map(({ locationId, locationName, onHand, reserved, known }) => ({
    locationId,
    locationName,
    onHand: onHand - (before.get(locationId)?.onHand ?? 0),
    reserved: reserved - (before.get(locationId)?.reserved ?? 0),
    available: known ? onHand - reserved : null,
  }))
  return { orders, changes: changes.filter((change) => change.onHand !== 0 || change.reserved !== 0) }
}

export const orders: Pick<Handlers, Exclude<Extract<keyof Handlers, `orders.${string}`>, 'orders.fetch-invoices'>> = {
  ...handedOver,
  ...shipping,
  'orders.list': inCompany(async (tx, { query }) => {
    const before = momentAfter(query.cursor)
    const { connectionId = null, customerId = null, state = null, q = null, orderRef = null, articleNumber = null, locationId = null, changedAfter = null, limit } = query
    const rows = await orderPage(tx, {
      ...all,
      connectionId,
      customerId,
      state,
      q,
      orderRef,
      articleNumber,
      locationId,
      changedAfter,
      before: before === null ? null : { placedAt: before.at, id: before.id },
      limit: limit + 1,
    })
    return pageOf(rows, limit, (row) => cursorOf(row.placedAt.toISOString(), row.id), head)
  }),
  'orders.show': inCompany(async (tx, { params, deps }) => await show(tx, deps.sync, params.orderId)),
  'orders.put-back': inCompany(async (tx, { params, body, by }) => {
    if (body.lossIds !== undefined && new Set(body.lossIds).size !== body.lossIds.length) throw new Refusal('bad-input', { field: 'lossIds', reason: 'twice' })
    return { putBack: await putBackLosses(tx, { orderId: params.orderId, lossIds: body.lossIds ?? null, decision: body.decision }, by) }
  }),
  'orders.connect': byItself(async (companyId, { params, body, by, deps }) => {
    const { db } = deps.sync
    const work = (tx: Tx) => connect(tx, { orderId: params.orderId, lineRef: body.lineRef, articleId: body.articleId }, by)
    return body.preview ? await tryOut(db, companyId, work) : await db.inCompany(companyId, work)
  }),
}
