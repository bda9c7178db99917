/** The shop's own admin, for a person in the demo: GET shows it, and each button is a form that does one thing and comes back. */
import type { SimAnswer, SimRequest } from '../kit.ts'
import { adminPage } from './admin-page.ts'
import { RpcError } from './errors.ts'
import type { Storefront } from './storefront.ts'
import type { Shop, World } from './world.ts'

/** Null when the request isn't for the admin. */
export function admin(world: World, front: Storefront, request: SimRequest): SimAnswer | null {
  const asked = request.query.get('butik')
  const shop = asked === null ? [...world.shops.values()][0] : world.shops.get(Number(asked))
  if (shop === undefined || !/^\/(admin\/[a-z-]+)?$/.test(request.path)) return null
  if (request.path === '/' && request.method === 'GET') return html(adminPage(world, shop, { find: request.query.get('q') ?? '', said: request.query.get('fel') }))
  if (request.method !== 'POST') return null
  const fields = new URLSearchParams(request.raw.toString('utf8'))
  const back = new URLSearchParams({ butik: String(shop.webshop), q: fields.get('q') ?? '' })
  try {
    if (!act(front, shop, request.path.slice('/admin/'.length), fields)) return null
  } catch (error) {
    back.set('fel', error instanceof RpcError && typeof error.data === 'string' ? error.data : error instanceof RpcError ? 'Det går inte i den här butiken.' : String(error))
  }
  return { status: 303, headers: { location: `/?${back}` } }
}

function act(front: Storefront, { webshop }: Shop, what: string, fields: URLSearchParams): boolean {
  const order = fields.get('order') ?? ''
  const quantity = Number(fields.get('antal') ?? 1)
  const cell = fields.get('cell') ?? ''
  switch (what) {
    case 'kop':
      front.placeOrder({ webshop, lines: [{ cell, quantity }], paid: fields.get('betald') !== 'nej' })
      return true
    case 'lager':
      front.handEdit({ webshop, cell, stock: quantity })
      return true
    case 'andra':
      front.edit({ webshop, order, lines: [{ cell, quantity }] })
      return true
    case 'betald':
      front.pay({ webshop, order })
      return true
    case 'skickad':
      front.send({ webshop, order })
      return true
    case 'makulera':
      front.discard({ webshop, order })
      return true
    case 'angra':
      front.undiscard({ webshop, order })
      return true
    default:
      return false
  }
}

const html = (body: string): SimAnswer => ({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }, body })
