/** One product of a shop as it is now becomes ours: articles we have are linked, the others are made, as it was previewed. What is otherwise by now is left out, and said. */
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import { productForUpdate } from '../articles/articles.sql.ts'
import { type ArticleAsIs, putArticles, putProduct } from '../articles/put-product.ts'
import type { Option } from '../articles/variants.ts'
import type { By } from '../by.ts'
import { connectUnknownLines } from '../orders/evaluate-again.ts'
import { holdOrders } from '../orders/hold-orders.ts'
import { makeOffers } from '../prices/make-offers.ts'
import { beginAsTold, linkAsTold, settleAsTold } from './as-told.ts'
import { barcodeOf, faceOf } from './faults.ts'
import type { Choices, ImportRow, LeftOut, Note, ShopProduct, ShopVariant } from './import.ts'
import { endProduct, factsOf, type ReadAnew, saveBecame, verdictsOf } from './imports.sql.ts'
import { type Judged, judge } from './judge.ts'

/** Articles that are linked or made, for the caller to find in the shop. Throws {Refusal}: what can't be held is left out (leaveOut). */
export async function importProduct(tx: Tx, row: ImportRow, { n, body }: ReadAnew, sameCurrency: boolean, by: By): Promise<number[]> {
  const choices = must(row.choices, 'what was chosen')
  // Numbers appear: an order coming in at this moment either sees them, or waits and is seen.
  await holdOrders(tx)
  const facts = await factsOf(tx, row.listenerId, row.id, [n])
  const judged = await asPreviewed(tx, row.id, n, body, judge(facts), choices)
  const toMake = judged.filter((each) => each.verdict === 'make')
  const home = facts.find((fact) => judged.some((each) => each.itemRef === fact.itemRef && each.verdict === 'link'))?.ours?.productId ?? null
  const made = toMake.length === 0 ? null : await make(tx, row.listenerId, body, home, toMake, { ...choices, prices: choices.prices && sameCurrency }, by)
  const became = judged.map((each) => ({
    ...each,
    became: each.verdict === 'link' ? ('linked' as const) : each.verdict === 'make' ? ('made' as const) : ('left-out' as const),
    articleId: made?.articles.get(each.itemRef) ?? each.articleId,
  }))
  await saveBecame(tx, row.id, became)
  await endProduct(tx, row.id, n, made?.productId ?? home, choices.images && made !== null && home === null && body.images.length > 0)
  return became.flatMap((each) => each.articleId ?? [])
}

/** Nothing of it becomes ours. */
export async function leaveOut(tx: Tx, importId: number, n: number, code: string): Promise<void> {
  const items = await verdictsOf(tx, importId, n)
  await saveBecame(
    tx,
    importId,
    items.map((item) => ({ itemRef: item.itemRef, became: 'left-out', code: item.verdict === 'left-out' ? item.code : code, notes: [], articleId: null })),
  )
  await endProduct(tx, importId, n, null, false)
}

/** Exactly what a person saw is done. */
async function asPreviewed(tx: Tx, importId: number, n: number, body: ShopProduct, judged: Judged[], { makes }: Choices): Promise<Judged[]> {
  const seen = new Map((await verdictsOf(tx, importId, n)).map((item) => [item.itemRef, item]))
  return judged.map((now): Judged => {
    const then = must(seen.get(now.itemRef), 'the item')
    const leftOut = (code: LeftOut | null): Judged => ({ ...now, verdict: 'left-out', code, notes: [], articleId: null })
    if (!body.variants.some((variant) => variant.itemRef === now.itemRef)) return leftOut('gone-since')
    if (then.verdict === null) return leftOut(then.code ?? 'new-since')
    if (then.verdict === 'left-out') return leftOut(then.code)
    if (now.verdict !== then.verdict || now.articleId !== then.articleId) return leftOut(now.code ?? 'changed-since')
    return now.verdict === 'make' && !makes ? leftOut('not-asked') : now
  })
}

/** `home` = the product of ours that the new ones join. */
async function make(
  tx: Tx,
  listenerId: number,
  body: ShopProduct,
  home: number | null,
  toMake: Judged[],
  choices: Choices,
  by: By,
): Promise<{ productId: number; articles: Map<string, number> }> {
  const variants = body.variants.filter((variant) => toMake.some((each) => each.itemRef === variant.itemRef))
  const standing = home === null ? null : must(await productForUpdate(tx, home), 'the product')
  const product = { name: standing?.name ?? body.title, options: optionsOf(body.options, variants, standing?.options ?? []) }
  const view = await beginAsTold(tx, listenerId)
  const productId = await putProduct(tx, home, { ...product, ...(home === null ? faceOf(body) : {}) }, by)
  // Linked before it has articles: they join the view because their product is there.
  if (home === null) await linkAsTold(tx, view, 'product', productId, body.productRef, by)
  const articles = variants.map((variant) => articleOf(body.options, variant, notesOf(toMake, variant), choices))
  const ids = (await putArticles(tx, productId, { ...product, articles, missing: 'keep' }, by)).map((put) => put.id)
  const made = variants.map((variant, at) => ({ variant, id: must(ids[at], 'the article') }))
  for (const { variant, id } of made) await connectUnknownLines(tx, id, variant.articleNumber ?? '', by)
  if (choices.prices) await onOffer(tx, made, by)
  for (const { variant, id } of made) await linkAsTold(tx, view, 'article', id, variant.itemRef, by)
  await settleAsTold(tx, view, productId, by)
  return { productId, articles: new Map(made.map(({ variant, id }) => [variant.itemRef, id])) }
}

const notesOf = (judged: Judged[], { itemRef }: ShopVariant): Note[] =>
  must(
    judged.find((each) => each.itemRef === itemRef),
    'the verdict',
  ).notes

/** Values in the order they are met, behind those that stand. */
function optionsOf(names: string[], variants: ShopVariant[], standing: Option[]): Option[] {
  return names.map((name, n) => ({
    name,
    values: [...new Set([...(standing.find((option) => option.name === name)?.values ?? []), ...variants.map((variant) => variant.optionValues[n] ?? '')])],
  }))
}

function articleOf(options: string[], variant: ShopVariant, notes: Note[], { prices }: Choices): ArticleAsIs {
  const { articleNumber, barcode, tracked, optionValues } = variant
  return {
    number: articleNumber ?? '',
    optionValues: Object.fromEntries(options.map((name, n) => [name, optionValues[n] ?? ''])),
    priceMinor: prices ? regularOf(variant) : null,
    stockTracked: tracked ?? true,
    barcodes: barcode === null || barcodeOf(variant) === null || notes.includes('barcode-twice') ? [] : [{ code: barcode, pack: 1 }],
  }
}

const isLowered = ({ priceMinor, regularMinor }: ShopVariant): boolean => priceMinor !== null && regularMinor !== null && regularMinor > priceMinor
const regularOf = (variant: ShopVariant): number | null => (isLowered(variant) ? variant.regularMinor : variant.priceMinor)

/** A price that the shop shows as lowered is an offer here, until somebody ends it. */
async function onOffer(tx: Tx, made: { variant: ShopVariant; id: number }[], by: By): Promise<void> {
  const lines = made.flatMap(({ variant, id }) => (isLowered(variant) ? [{ articleId: id, priceMinor: variant.priceMinor ?? 0 }] : []))
  if (lines.length > 0) await makeOffers(tx, { lines, locationId: null, campaign: null, validFrom: null, validTo: null }, by)
}
