/** Ull & Lin, made through the product's own API: stores, goods, deliveries and a few days of sales. */
import type { Locale } from '../src/web/contract/shared.ts'
import { type Api, allDone, askProduct } from './ask.ts'
import { COMPANY, catalogue, STORES, type Store } from './catalogue.ts'
import type { DemoCompany, ShopCode, SignIn } from './shops.ts'

export const ullOchLin: DemoCompany<ShopCode> = { email: 'demo@ullochlin.example', passwordStart: 'ull-lin', make, fill, kinds }

const DAY_MS = 24 * 3_600_000

/** The first run as a person does it, then a key for what comes after. */
async function make(address: string, owner: SignIn, locale: Locale): Promise<string> {
  const { api } = askProduct(address)
  const person = { name: 'Astrid Lind', ...owner, locale }
  await api('setup.make', { body: { company: { name: COMPANY, country: 'SE' }, owner: person, location: { name: STORES[0] } } })
  const { key } = await api('keys.make', {
    body: { name: 'Demo', scopes: ['articles:read', 'articles:write', 'stock:read', 'stock:write', 'orders:read', 'connections:read', 'connections:write', 'views:write'] },
  })
  return key
}

async function fill(api: Api): Promise<void> {
  for (const name of STORES.slice(1)) await api('locations.make', { body: { name } })
  const { items: locations } = await api('locations.list')
  const locationOf = (store: Store) => {
    const found = locations.find((location) => location.name === store)
    if (found === undefined) throw new Error(`no location ${store}`)
    return found.id
  }
  await makeArticles(api)
  const counted = catalogue().flatMap((product) => product.wares.flatMap((ware) => (ware.stock === null ? [] : [{ number: ware.number, stock: ware.stock }])))
  const sold = counted.filter((_, n) => n % 6 === 0)
  const at = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString()
  // What was sold since is delivered on top, so that the shelves end as the catalogue says.
  const receipts = STORES.map((store, n) => ({
    ref: `INL-${n + 1}`,
    locationId: locationOf(store),
    occurredAt: at(7),
    lines: counted.map((ware) => ({ articleNumber: ware.number, quantity: ware.stock[store] + (sold.includes(ware) ? 1 : 0) })),
  }))
  allDone(await api('goods-receipts.register-many', { body: { receipts } }))
  const sales = STORES.flatMap((store) =>
    sold.map((ware, n) => ({
      ref: `${store}-${n + 1}`,
      locationId: locationOf(store),
      occurredAt: at(6 - (n % 6)),
      lines: [{ articleNumber: ware.number, quantity: 1 }],
    })),
  )
  allDone(await api('sales.register-many', { body: { sales } }))
}

async function kinds(): ReturnType<DemoCompany<ShopCode>['kinds']> {
  try {
    import.meta.resolve('graphql')
  } catch {
    return null
  }
  const [{ shopify }, { abicart }] = await Promise.all([import('./shopify-shop.ts'), import('./abicart-shop.ts')])
  return { shopify, abicart }
}

async function makeArticles(api: Api): Promise<void> {
  const goods = catalogue()
  const form = (ware: (typeof goods)[number]['wares'][number]) => ({
    number: ware.number,
    name: ware.name,
    priceMinor: ware.priceMinor,
    stockTracked: ware.stock !== null,
    barcodes: [{ code: ware.gtin, pack: 1 }],
  })
  for (const { name, options, wares } of goods.filter((each) => each.options.length > 0))
    await api('products.make', { body: { name, options, variants: wares.map((ware) => ({ ...form(ware), optionValues: ware.values })) } })
  allDone(await api('articles.make-many', { body: { articles: goods.filter((each) => each.options.length === 0).flatMap((each) => each.wares.map(form)) } }))
}
