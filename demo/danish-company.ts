/** Uld & Linned, made through the product's own API: alone, or as a second company beside the one that stands. Its numbers come from e-conomic, so nothing is received or counted here. */
import type { Locale } from '../src/web/contract/shared.ts'
import { type Api, allDone, askProduct } from './ask.ts'
import { DANISH_COMPANY, DANISH_STORE, danishGoods } from './danish-goods.ts'
import type { DemoCompany, SignIn, SystemCode } from './shops.ts'

const KEY = { name: 'Demo', scopes: ['articles:read', 'articles:write', 'stock:read', 'stock:write', 'orders:read', 'connections:read', 'connections:write'] as const }

/** `neighbour`: who owns the company that is here already; null = nobody, it is the first. */
export const uldOgLinned = (neighbour: () => SignIn | null): DemoCompany<SystemCode> => ({
  email: 'demo@uldoglinned.example',
  passwordStart: 'uld-linned',
  make: (address, owner, locale) => make(address, { name: 'Kirsten Holm', ...owner, locale }, neighbour()),
  fill,
  kinds,
})

async function make(address: string, owner: SignIn & { name: string; locale: Locale }, neighbour: SignIn | null): Promise<string> {
  const { api } = askProduct(address)
  const company = { name: DANISH_COMPANY, country: 'DK' } as const
  const wanted = { name: KEY.name, scopes: [...KEY.scopes] }
  if (neighbour === null) {
    await api('setup.make', { body: { company, owner, location: { name: DANISH_STORE } } })
    return (await api('keys.make', { body: wanted })).key
  }
  await api('session.open', { body: { email: neighbour.email, password: neighbour.password } })
  const { keys } = await api('company.from-template', { body: { company, owner, locations: [{ name: DANISH_STORE }], keys: [wanted], vatRates: [], connections: [], views: [] } })
  return keys[0]?.key ?? ''
}

async function fill(api: Api): Promise<void> {
  const form = (ware: ReturnType<typeof danishGoods>[number]['wares'][number]) => ({ number: ware.number, name: ware.name, priceMinor: ware.price * 100 })
  const goods = danishGoods()
  for (const { name, sizes, wares } of goods.filter((each) => each.sizes.length > 0))
    await api('products.make', {
      body: { name, options: [{ name: 'Størrelse', values: sizes }], variants: wares.map((ware, n) => ({ ...form(ware), optionValues: { Størrelse: sizes[n] ?? '' } })) },
    })
  allDone(await api('articles.make-many', { body: { articles: goods.filter((each) => each.sizes.length === 0).flatMap((each) => each.wares.map(form)) } }))
}

async function kinds(): ReturnType<DemoCompany<SystemCode>['kinds']> {
  const [{ economic }, { dandomain }] = await Promise.all([import('./economic-accounts.ts'), import('./dandomain-shop.ts')])
  return { economic, dandomain }
}
