/** A company with one of everything, planted straight into its tables where no short way leads there. */
import { noEffects } from '../../src/core/orders/effects.ts'
import type { Snapshot } from '../../src/core/orders/order.ts'
import { GIF } from '../pictures.ts'
import type { Ids } from './samples.ts'
import type { Owner, Web } from './web.ts'

/** Every name carries `mark`, so that it can be looked for in what others are answered. */
export async function everything(web: Web, owner: Owner, mark: string): Promise<Ids> {
  const { companyId, locationId } = owner
  const now = web.clock.now()
  const insert = async (table: string, row: Record<string, unknown>, returning = 'id'): Promise<number> => {
    const names = ['company_id', ...Object.keys(row)]
    const values = [companyId, ...Object.values(row)]
    const text = `insert into ${table} (${names.join(', ')}) values (${names.map((_, n) => `$${n + 1}`).join(', ')}) returning ${returning}`
    return (await web.data.owner.one<Record<string, number>>({ text, values }))[returning] ?? 0
  }
  const article = await owner.does('articles.make', { body: { number: `${mark}-1`, name: mark, barcodes: [{ code: '7350053850019' }] } })
  await owner.does('goods-receipts.register', { body: { ref: mark, locationId, lines: [{ articleId: article.id, quantity: 10 }] } })
  const reservation = await owner.does('reservations.claim', { body: { key: mark, locationId, articleId: article.id, quantity: 1 } })
  const [document] = (await owner.does('documents.list')).items
  const key = await owner.does('keys.make', { body: { name: mark, scopes: ['articles:read'] } })
  const [offer] = (await owner.does('offers.make', { body: { campaign: mark, validFrom: '2036-11-27T08:00', lines: [{ articleId: article.id, priceMinor: 100 }] } })).items
  const connection = await owner.does('connections.make', { body: { code: 'toy', name: mark } })
  const listener = { listener_id: connection.id }
  await insert('link', { ...listener, article_id: article.id, item_ref: mark, state: 'matched' }, 'article_id')
  await insert('listing', { ...listener, item_ref: mark, number: mark, seen_at: now }, 'listener_id')
  const line = { lineRef: '1', articleNumber: null, itemRef: null, title: mark, ordered: 1, unitPriceMinor: null }
  const stamp = now.toISOString()
  const snapshot: Snapshot = {
    ...{ orderRef: mark, name: mark, stamp, placedAt: stamp, cancelledAt: null, paid: false, currency: 'SEK', complete: true, doubtful: false },
    ...{ lines: [line], shipments: [], withdrawals: [], routing: 'unknown' },
  }
  await web.data.owner.run({ text: 'update listener set default_location_id = $1 where id = $2', values: [locationId, connection.id] })
  // Before the order, so that the order and its invoice join it.
  const view = await owner.does('views.make', { body: { name: mark } })
  const order = await insert('web_order', {
    ...listener,
    order_ref: mark,
    name: mark,
    stamp: '1',
    snapshot: JSON.stringify(snapshot),
    effects: JSON.stringify(noEffects),
    customer: `{"name":"${mark}"}`,
    state: 'open',
    placed_at: now,
    taken_from: 'read',
    taken_at: now,
  })
  await insert('web_order_line', { order_id: order, line_ref: '1', title: mark, ordered: 1, open: 1, shipped: 0, restocked: 0, lost: 0, returned: 0 }, 'order_id')
  const image = await owner.does('images.add', { params: { productId: article.productId }, query: { alt: mark }, body: GIF })
  const customer = await owner.does('customers.make', { body: { name: mark } })
  const request = await insert('privacy_request', { ...listener, ask: 'data', customer_id: customer.id, asked_at: now })
  const call = await insert('call', { ...listener, direction: 'out', label: mark, at: now, duration_ms: 1 })
  const message = await insert('inbox', { ...listener, source: 'hook', delivery_key: mark, topic: mark, body: Buffer.from('{}'), received_at: now, state: 'listed' })
  const run = await insert('run', { ...listener, kind: 'sync-all', state: 'ready', started_by: 'system', started_at: now })
  await insert('run_item', { run_id: run, article_id: article.id, location_id: locationId, state: 'send' }, 'run_id')
  await owner.does('views.link', { params: { viewId: view.id }, body: { products: [article.productId] } })
  const resend = await owner.does('views.resend', { params: { viewId: view.id }, body: {} })
  const invoice = await insert('erp_document', {
    ...listener,
    ...{
      document_ref: mark,
      stage: 'booked',
      credit: false,
      invoice_number: mark,
      order_id: order,
      linked_by: 'reference',
      currency: 'SEK',
      booked_at: now,
      stamp: '1',
      seen_at: now,
    },
  })
  await insert('invoice_pdf', { document_id: invoice, wanted_at: now, found: 'there', sha256: mark, size_bytes: 5, fetched_at: now }, 'document_id')
  await insert('invoice_file', { document_id: invoice, bytes: Buffer.from('%PDF-') }, 'document_id')
  await insert('run_link', { run_id: run, article_id: article.id, verdict: 'same', was_ref: mark, now_ref: mark, carriers: 1 }, 'run_id')
  const bulk = await owner.does('bulk.edit', { body: { articleIds: [article.id], change: { priceMinor: 100 } } })
  const difference = await insert('difference', { ...listener, article_id: article.id, location_id: locationId, theirs: 1, ours: 2, seen_at: now, state: 'open' })
  return {
    company: companyId,
    article: article.id,
    product: article.productId,
    location: locationId,
    connection: connection.id,
    order,
    run,
    difference,
    call,
    message,
    key: key.id,
    reservation: reservation.id,
    document: document?.id ?? 0,
    view: view.id,
    resend: resend.id,
    customer: customer.id,
    image: image.id,
    offer: offer?.id ?? 0,
    request,
    invoice,
    bulk: bulk.id,
  }
}
