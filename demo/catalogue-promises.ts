/** What is promised of a whole catalogue in Shopify: it stands there as it is here, only what is ours is written, and what somebody did in the shop is respected as the settings say. */
import { createHash } from 'node:crypto'
import { askSim, Refused } from './ask.ts'
import { lastRequest } from './figures.ts'
import { imagesShown, priceShown, shownProducts, shownWith, toldAll, writesSince } from './norwegian-figures.ts'
import { KNOWN, NORWEGIAN_COMPANY, norwegianGoods, picture, STRANGER } from './norwegian-goods.ts'
import { Broken, type Ground, holds, type Promised } from './promise.ts'

export const cataloguePromises: readonly Promised[] = [
  { words: 'Every product stands in the shop: name, variants, price, description, pictures, stock, on sale', keep: standsWhole },
  { words: 'What the shop had already is linked by its number, and made no second time', keep: knownOnce },
  { words: 'A price that is changed here is in the shop', keep: priceGoes },
  { words: 'A new picture here is in the shop', keep: pictureGoes },
  { words: 'A price that somebody changed in the shop survives a new name here', keep: priceSurvives },
  { words: 'Where ours always goes along, the next change restores it', keep: priceRestored },
  { words: 'A run in which nothing differs writes nothing', keep: nothingWritten },
  { words: 'What the shop has is linked once: nothing is written there by it, and a second time it says that it was done', keep: linkedOnce },
  { words: 'An order that is finished here is fulfilled there within 5 s', keep: fulfilled },
  { words: 'A product of the shop that is unknown here is as it was', keep: strangerUntouched },
]

const params = ({ connectionId }: Ground) => ({ connectionId })
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

async function standsWhole(ground: Ground): Promise<void> {
  await holds(ground, async () => {
    const [shown, { levels }] = [await shownProducts(ground), await askSim<{ levels: Record<string, Record<string, { available: number }>> }>(ground.sim, 'state')]
    for (const goods of norwegianGoods()) {
      const numbers = goods.option.name === null ? [goods.option.number] : Object.values(goods.option.numbers)
      const there = shown.find((each) => each.variants.some((variant) => variant.sku === numbers[0]))
      if (there === undefined) return `${goods.name} isn't there`
      const wrong = [
        [there.title, goods.name],
        [there.status, 'ACTIVE'],
        [there.vendor, goods.vendor],
        [there.publications.length > 0, true],
        [there.variants.map((each) => `${each.sku} ${each.priceMinor} ${each.tracked}`).join(), numbers.map((number) => `${number} ${goods.price * 100} true`).join()],
        [numbers.map((number) => Object.values(levels[number] ?? {})[0]?.available).join(), numbers.map(() => goods.inStock).join()],
        [(await imagesShown(ground, numbers[0] ?? '')).map((image) => image.alt).join(), goods.pictures.map((_, n) => `${goods.name}, bilde ${n + 1}`).join()],
      ].find(([is, should]) => is !== should)
      if (wrong !== undefined) return `${goods.name}: the shop shows ${wrong[0]}, it should be ${wrong[1]}`
      if (!there.descriptionHtml.includes(goods.description.split('\n')[0] ?? '')) return `${goods.name} is described as ${there.descriptionHtml}`
    }
    return null
  })
  await toldAll(ground)
}

async function knownOnce(ground: Ground): Promise<void> {
  const with1201 = (await shownProducts(ground)).filter((each) => each.variants.some((variant) => variant.sku === KNOWN.number))
  if (with1201.length !== 1) throw new Broken(`${KNOWN.number} stands on ${with1201.length} products`)
}

async function priceGoes(ground: Ground): Promise<void> {
  await setPrice(ground, '0401', 14900)
  await shows(ground, '0401', 14900)
}

async function pictureGoes(ground: Ground): Promise<void> {
  const bytes = picture('rundpinne')
  const { productId } = await articleOf(ground, '0401')
  await ground.api('images.add', { params: { productId }, query: { alt: 'Rundpinne' }, body: bytes })
  await holds(ground, async () => {
    const there = (await imagesShown(ground, '0401')).map((image) => `${image.status} ${image.alt}`)
    return there.join() === 'READY Rundpinne' ? null : `the shop shows the pictures ${there.join(', ') || 'none'}`
  })
  if ((await imagesShown(ground, '0401'))[0]?.sha256 !== sha256(bytes)) throw new Broken('the picture is another than ours')
}

async function priceSurvives(ground: Ground): Promise<void> {
  await askSim(ground.sim, 'shop/editVariant', { sku: '0301', priceMinor: 9900 })
  await rename(ground, '0301', 'Alpakkagarn 50 gram')
  if ((await priceShown(ground, '0301')) !== 9900) throw new Broken(`the shop's price became ${await priceShown(ground, '0301')}`)
}

async function priceRestored(ground: Ground): Promise<void> {
  await ground.api('catalogues.set', { params: params(ground), body: { priceWhenChanged: false } })
  await rename(ground, '0301', 'Alpakkagarn 50 g')
  await shows(ground, '0301', 10900)
}

async function nothingWritten(ground: Ground): Promise<void> {
  await toldAll(ground)
  await ground.api('catalogues.set', { params: params(ground), body: { priceWhenChanged: true } })
  const from = await lastRequest(ground)
  const run = await ground.api('catalogues.tell', { params: params(ground), body: { mode: 'verify' } })
  await holds(ground, async () => {
    const { run: latest } = await ground.api('catalogues.show', { params: params(ground) })
    return latest?.id === run.id && latest.endedAt !== null ? null : `the run is ${latest?.state}`
  })
  const written = await writesSince(ground, from)
  if (written.length > 0) throw new Broken(`${written.length} calls wrote: ${[...new Set(written)].join(', ')}`)
}

async function linkedOnce(ground: Ground): Promise<void> {
  const asking = { params: params(ground), body: {} }
  const reaches = (state: 'ready' | 'done') =>
    holds(ground, async () => {
      const at = (await ground.api('imports.show', { params: params(ground) })).import?.state
      return at === state ? null : `it is ${at}, and should be ${state}`
    })
  const from = await lastRequest(ground)
  await ground.api('imports.preview', asking)
  await reaches('ready')
  await ground.api('imports.start', { params: params(ground), body: { makes: false, images: false, prices: false, stock: false, boxes: true } })
  await reaches('done')
  const written = await writesSince(ground, from)
  if (written.length > 0) throw new Broken(`it wrote ${written.join(', ')}`)
  const again = await ground.api('imports.preview', asking).then(
    () => 'began',
    (error: unknown) => (error instanceof Refused ? error.code : String(error)),
  )
  if (again !== 'import-done') throw new Broken(`the second time it ${again}`)
}

/** Five seconds from when it is said here; the order itself may take its time to come. */
const FULFILLED_MS = 5_000

async function fulfilled(ground: Ground): Promise<void> {
  const { name } = await askSim<{ name: string }>(ground.sim, 'shop/placeOrder', { lines: [{ sku: '0302', quantity: 2 }] })
  let orderId: number | null = null
  await holds(ground, async () => {
    orderId = (await ground.api('orders.list', { query: { q: name } })).items.find((each) => each.name === name)?.id ?? null
    return orderId === null ? `${name} isn't here` : null
  })
  const { items: locations } = await ground.api('locations.list')
  await ground.api('orders.ship', { params: { orderId: orderId ?? 0 }, body: { ref: `ship-${name}`, locationId: locations[0]?.id ?? 0 } })
  await holds({ patienceMs: FULFILLED_MS * (ground.slack ?? 1) }, async () => {
    const { lines } = await askSim<{ lines: { unfulfilled: number }[] }>(ground.sim, 'shop/order', { order: name })
    const open = lines.reduce((sum, line) => sum + line.unfulfilled, 0)
    return open === 0 ? null : `${open} of ${name} are unfulfilled there`
  })
}

async function strangerUntouched(ground: Ground): Promise<void> {
  const there = await shownWith(ground, STRANGER.numbers[0] ?? '')
  const now = there?.variants.map((each) => `${each.sku} ${each.priceMinor}`).join()
  const then = STRANGER.numbers.map((number) => `${number} ${STRANGER.priceMinor}`).join()
  // Whatever a shop's own goods have for a vendor, it isn't us.
  if (there === null || there.title !== STRANGER.product || now !== then)
    throw new Broken(`${STRANGER.product} is now ${there?.title ?? 'gone'} with ${now}, of ${NORWEGIAN_COMPANY}`)
}

async function articleOf({ api }: Ground, number: string): Promise<{ id: number; productId: number }> {
  const { items } = await api('articles.list', { query: { q: number, limit: '200' } })
  const found = items.find((each) => each.number === number)
  if (found === undefined) throw new Error(`no article ${number}`)
  return found
}

async function setPrice(ground: Ground, number: string, priceMinor: number): Promise<void> {
  const { id: articleId } = await articleOf(ground, number)
  await ground.api('articles.change', { params: { articleId }, body: { priceMinor } })
}

async function rename(ground: Ground, number: string, name: string): Promise<void> {
  const { productId } = await articleOf(ground, number)
  await ground.api('products.change', { params: { productId }, body: { name } })
  await holds(ground, async () => {
    const there = await shownWith(ground, number)
    return there?.title === name ? null : `the shop calls it ${there?.title}`
  })
  await toldAll(ground)
}

const shows = (ground: Ground, number: string, priceMinor: number): Promise<void> =>
  holds(ground, async () => {
    const there = await priceShown(ground, number)
    return there === priceMinor ? null : `the shop asks ${there} for ${number}, it should be ${priceMinor}`
  })
