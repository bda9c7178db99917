/** The demo shop's Abicart: the same goods, plain ones and ones with customer's choices ("kundens val"), and how it is connected. */
import { type AbicartOptions, startAbicart } from '../sim/abicart/abicart.ts'
import type { ArticleInput } from '../sim/abicart/goods.ts'
import { askSim } from './ask.ts'
import { COMPANY, catalogue, type Store } from './catalogue.ts'
import { connect } from './connect.ts'
import type { ShopKind } from './shops.ts'

/** Abicart has one stock: this store's. */
export const ABICART_STORE: Store = 'Odenplan'
const SHOP_ID = 49_251

export const abicart: ShopKind = {
  addressField: 'address',
  async start(options: AbicartOptions) {
    const sim = await startAbicart({ shops: [{ webshop: SHOP_ID, name: COMPANY }], ...options })
    return { sim, settings: { address: sim.address, apiKey: sim.credentials.key, shopId: sim.credentials.webshop } }
  },
  fill,
  connect: (api, settings, hooks) =>
    connect(api, {
      code: 'abicart',
      name: 'Abicart',
      settings,
      manyPlaces: false,
      places: (ours, theirs) =>
        ours.flatMap((location) => (location.name === ABICART_STORE && theirs[0] !== undefined ? [{ locationId: location.id, placeRef: theirs[0].ref }] : [])),
      hooks,
    }),
}

/** Some numbers differ from the shelf, which the first sync puts right. */
async function fill(sim: string): Promise<void> {
  let n = 0
  const shown = (stock: number | undefined) => (stock ?? 0) + (n++ % 4 === 0 ? 3 : 0)
  const articles = catalogue().flatMap(({ name, options, wares }): ArticleInput[] => {
    const [first] = wares
    if (first === undefined || !first.online) return []
    const price = first.priceMinor / 100
    if (options.length === 0) return [{ articleNumber: first.number, name, price, ean: first.gtin, stock: shown(first.stock?.[ABICART_STORE]) }]
    const choices = Object.fromEntries(options.map((option) => [option.name, option.values]))
    const variants = wares.map((ware) => ({
      options: options.map((option) => ware.values[option.name] ?? ''),
      articleNumber: ware.number,
      stock: shown(ware.stock?.[ABICART_STORE]),
    }))
    // The product's own number is nobody's here: what is sold are its variants.
    return [{ articleNumber: first.number.split('-')[0] ?? null, name, price, choices, variants }]
  })
  await askSim(sim, 'shop/addArticles', articles)
}
