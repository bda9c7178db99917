/** Garn & Gull, made through the product's own API: products with variants and pictures, and a delivery that filled the shelves. */
import { type Api, allDone } from './ask.ts'
import { makeBeside } from './beside.ts'
import { NORWEGIAN_COMPANY, NORWEGIAN_STORE, type NorwegianGoods, norwegianGoods, picture } from './norwegian-goods.ts'
import type { DemoCompany, SignIn } from './shops.ts'

/** Of the Norwegian company: the shop that shows its catalogue. */
export type CatalogueCode = 'catalogue'

const COMPANY = { company: { name: NORWEGIAN_COMPANY, country: 'NO' }, store: NORWEGIAN_STORE } as const
const SCOPES = ['articles:read', 'articles:write', 'stock:read', 'stock:write', 'orders:read', 'orders:write', 'connections:read', 'connections:write'] as const

export const garnOgGull = (neighbour: () => SignIn | null): DemoCompany<CatalogueCode> => ({
  email: 'demo@garnoggull.example',
  passwordStart: 'garn-gull',
  make: (address, owner, locale) => makeBeside(address, { ...COMPANY, owner: { name: 'Kari Solheim', ...owner, locale }, scopes: SCOPES }, neighbour()),
  fill,
  kinds,
})

async function fill(api: Api): Promise<void> {
  const { items: locations } = await api('locations.list')
  const lines: { articleNumber: string; quantity: number }[] = []
  for (const goods of norwegianGoods()) {
    const { id: productId } = await api('products.make', { body: formOf(goods) })
    for (const [n, words] of goods.pictures.entries()) await api('images.add', { params: { productId }, query: { alt: `${goods.name}, bilde ${n + 1}` }, body: picture(words) })
    for (const articleNumber of numbersOf(goods)) lines.push({ articleNumber, quantity: goods.inStock })
  }
  allDone(await api('goods-receipts.register-many', { body: { receipts: [{ ref: 'VM-1', locationId: locations[0]?.id ?? 0, lines }] } }))
}

const numbersOf = ({ option }: NorwegianGoods): string[] => (option.name === null ? [option.number] : Object.values(option.numbers))
function formOf({ name, vendor, description, option, price }: NorwegianGoods) {
  const about = { name, vendor, description }
  const priceMinor = price * 100
  if (option.name === null) return { ...about, variants: [{ number: option.number, priceMinor }] }
  const variants = Object.entries(option.numbers).map(([value, number]) => ({ number, priceMinor, optionValues: { [option.name]: value } }))
  return { ...about, options: [{ name: option.name, values: Object.keys(option.numbers) }], variants }
}

async function kinds(): ReturnType<DemoCompany<CatalogueCode>['kinds']> {
  try {
    import.meta.resolve('graphql')
  } catch {
    return null
  }
  const { catalogueShop } = await import('./norwegian-shop.ts')
  return { catalogue: catalogueShop }
}
