/** Uld & Linned, made through the product's own API. Its numbers come from e-conomic, so nothing is received or counted here. */
import { type Api, allDone } from './ask.ts'
import { makeBeside } from './beside.ts'
import { DANISH_COMPANY, DANISH_STORE, danishGoods } from './danish-goods.ts'
import type { DemoCompany, SignIn, SystemCode } from './shops.ts'

const COMPANY = { company: { name: DANISH_COMPANY, country: 'DK' }, store: DANISH_STORE } as const
const SCOPES = ['articles:read', 'articles:write', 'stock:read', 'stock:write', 'orders:read', 'connections:read', 'connections:write'] as const

/** `neighbour`: who owns the company that is here already; null = nobody, it is the first. */
export const uldOgLinned = (neighbour: () => SignIn | null): DemoCompany<SystemCode> => ({
  email: 'demo@uldoglinned.example',
  passwordStart: 'uld-linned',
  make: (address, owner, locale) => makeBeside(address, { ...COMPANY, owner: { name: 'Kirsten Holm', ...owner, locale }, scopes: SCOPES }, neighbour()),
  fill,
  kinds,
})

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
