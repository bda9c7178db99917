/** The shop's own admin, for a person in the demo: GET shows it, and each button is a form that does one thing and comes back. */
import type { SimAnswer, SimRequest } from '../kit.ts'
import { adminPage } from './admin-page.ts'
import type { Storefront } from './storefront.ts'
import type { World } from './world.ts'

/** Null when the request isn't for the admin. */
export function admin(world: World, front: Storefront, request: SimRequest): SimAnswer | null {
  if (request.path === '/' && request.method === 'GET') return html(adminPage(world, front, { find: request.query.get('q') ?? '', said: request.query.get('fejl') }))
  const invoice = /^\/admin\/faktura\/(\d+)\/(\d+)\.pdf$/.exec(request.path)
  if (invoice !== null && request.method === 'GET') return pdf(world, Number(invoice[1]), Number(invoice[2]))
  if (request.method !== 'POST' || !request.path.startsWith('/admin/')) return null
  const fields = new URLSearchParams(request.raw.toString('utf8'))
  const back = new URLSearchParams({ q: fields.get('q') ?? '' })
  try {
    if (!act(world, front, request.path.slice('/admin/'.length), fields)) return null
  } catch (error) {
    back.set('fejl', error instanceof Error ? error.message : String(error))
  }
  return { status: 303, headers: { location: `/?${back}` } }
}

function act(world: World, front: Storefront, what: string, fields: URLSearchParams): boolean {
  const order = fields.get('order') ?? ''
  const amount = Number(fields.get('antal') ?? 1)
  const cell = fields.get('cell') ?? ''
  const location = fields.get('lokation')
  switch (what) {
    case 'koeb':
      front.placeOrder({ lines: [{ cell, amount }] })
      return true
    case 'lager':
      front.handEdit({ cell, stock: amount, ...(location === null ? {} : { location: Number(location) }) })
      return true
    case 'ret':
      front.edit({ order, lines: [{ cell, amount }] })
      return true
    case 'status':
      front.setStatus({ order, status: Number(fields.get('status')) })
      return true
    case 'kreditnota':
      front.creditNote({ order })
      return true
    case 'webhook':
      front.addWebhook({ topic: fields.get('emne') ?? '', url: fields.get('url') ?? '' })
      return true
    case 'slet-webhook':
      front.dropWebhook({ id: Number(fields.get('id')) })
      return true
    case 'noegle':
      world.solution.hookSecret = fields.get('noegle') ?? ''
      return true
    default:
      return false
  }
}

function pdf(world: World, orderId: number, n: number): SimAnswer | null {
  const upload = world.orders.get(orderId)?.uploads[n]
  if (upload === undefined) return null
  return {
    status: 200,
    headers: { 'content-type': 'application/pdf', 'content-disposition': `inline; filename="faktura-${orderId}.pdf"` },
    body: Buffer.from(upload.file, 'base64'),
  }
}

const html = (body: string): SimAnswer => ({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }, body })
