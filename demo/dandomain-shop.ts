/** Uld & Linned's DanDomain Webshop: the same goods as products and variants, and how it is connected once e-conomic has said its numbers. */
import { type DandomainOptions, startDandomain } from '../sim/dandomain/dandomain.ts'
import { type Api, askSim, pressIn, until } from './ask.ts'
import { connect } from './connect.ts'
import { DANISH_COMPANY, danishGoods } from './danish-goods.ts'
import type { ShopKind } from './shops.ts'

/** What the guide has a person make a webhook of. */
const TOPICS = ['orders/created', 'orders/updated', 'orders/cancelled', 'orders/fulfilled', 'orders/partially-fulfilled', 'products/updated', 'products/delete']
const NUMBERS_MS = 60_000

export const dandomain: ShopKind = {
  addressField: 'address',
  async start(options: DandomainOptions) {
    const sim = await startDandomain({ solution: { title: DANISH_COMPANY }, ...options })
    const { username, password, hookSecret } = sim.credentials
    return { sim, settings: { address: sim.address, username, password, hookSecret, lowersItself: 'placed', restores: 'yes' } }
  },
  fill,
  async connect(api, settings, hooks) {
    await numbersAreHere(api)
    const id = await connect(api, {
      code: 'dandomain',
      name: 'DanDomain Webshop',
      settings,
      manyPlaces: false,
      places: (ours, theirs) => [{ locationId: ours[0]?.id ?? 0, placeRef: theirs[0]?.ref ?? '' }],
      hooks,
    })
    if (hooks) await listen(api, id, settings.address ?? '')
    return id
  },
  listen,
}

/** Some numbers differ from e-conomic's, which the first sync puts right. */
async function fill(sim: string): Promise<void> {
  const products = danishGoods().map(({ name, sizes, wares }, n) => {
    const [first] = wares
    const shown = (inStock: number) => inStock + (n % 3 === 0 ? 3 : 0)
    if (sizes.length === 0) return { itemNumber: first?.number ?? '', title: name, price: first?.price ?? 0, stock: shown(first?.inStock ?? 0) }
    // The product's own number is nobody's: what is sold are its variants.
    const variants = wares.map((ware, size) => ({ itemNumber: ware.number, title: sizes[size] ?? '', stock: shown(ware.inStock) }))
    return { itemNumber: `FAMILIE-${n + 1}`, title: name, price: first?.price ?? 0, stock: null, variants }
  })
  await askSim(sim, 'shop/addProducts', { products })
}

/** One webhook of each kind, to our address of today. */
async function listen(api: Api, connectionId: number, sim: string): Promise<void> {
  const { hookUrl } = await api('connections.show', { params: { connectionId } })
  const { webhooks } = await askSim<{ webhooks: { id: number; topic: string; url: string }[] }>(sim, 'state')
  for (const { id } of webhooks.filter((each) => each.url !== hookUrl)) await pressIn(sim, 'admin/slet-webhook', { id: String(id) })
  const standing = webhooks.filter((each) => each.url === hookUrl).map((each) => each.topic)
  for (const topic of TOPICS.filter((each) => !standing.includes(each))) await pressIn(sim, 'admin/webhook', { emne: topic, url: hookUrl ?? '' })
}

/** Until everything e-conomic has was read once. */
async function numbersAreHere(api: Api): Promise<void> {
  const read = await until(NUMBERS_MS, async () => {
    const { items } = await api('connections.list')
    const id = items.find((each) => each.code === 'economic' && each.state === 'active')?.id
    return id !== undefined && (await api('masters.show', { params: { connectionId: id } })).walk.endedAt !== null ? true : null
  })
  if (read === null) throw new Error(`e-conomic's numbers weren't here after ${NUMBERS_MS} ms`)
}
