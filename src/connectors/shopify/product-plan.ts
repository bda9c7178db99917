/** What is to be written of a product that stands in the shop: of what is ours what differs, and nothing else. Pure. */
import { must } from '../../kit/assert.ts'
import type { OutgoingProduct, OutgoingVariant } from '../contract.ts'
import type { ShopifyProduct, ShopifyVariant } from './product-answers.ts'
import { choicesOf, MOST_VARIANTS, refused } from './product-limits.ts'
import { choiceInput, type Fit, fitOf, shownChoices } from './product-options.ts'
import { descriptionHtml, isAmount, money } from './product-texts.ts'

/** In the words of Shopify's inputs. */
export type Input = Record<string, unknown>
export interface Plan {
  /** Which variant there each of ours is, by our number. */
  standing: Map<string, ShopifyVariant>
  /** Null = nothing of it differs. */
  head: Input | null
  /** What every variant that stands there gets of each is its one value. */
  options: { name: string; values: { name: string }[] }[]
  changes: Input[]
  additions: Input[]
  remarks: string[]
}

export function planOf(product: OutgoingProduct, there: ShopifyProduct): Plan {
  const standing = whoIsWho(product, there)
  const fit = fitOf(product, there, standing)
  const missing = product.variants.filter(({ articleNumber }) => !standing.has(articleNumber))
  const made = missing.filter(isPriced)
  if (made.length > 0) mustHaveRoom(product, there, standing, fit, made)
  const details = product.write.includes('details')
  const added = fit.kind === 'grows' && (details || made.length > 0) ? fit.added : []
  return {
    standing,
    // The head of a product that holds more than ours is somebody else's to name.
    head: fit.kind === 'part' ? null : headOf(product, there),
    options: added.map(({ name, value }) => ({ name, values: [{ name: value }] })),
    changes: [...standing].map(([number, shown]) => changeOf(product, number, shown, fit)).filter((change) => change !== null),
    additions: made.map((variant) => variantInput(variant, product.options)),
    remarks: [
      ...(details && fit.kind === 'part' ? ['part-of-product'] : []),
      ...(details && fit.kind === 'other' ? ['options-kept'] : []),
      ...(details && product.active && there.status === 'ARCHIVED' ? ['archived-there'] : []),
      ...(missing.length > made.length ? ['price-missing'] : []),
    ],
  }
}

/** Shopify gives away what has no price, so it isn't made before it has one. */
export const isPriced = (variant: OutgoingVariant): boolean => variant.priceMinor !== null

/** By what is known, else by its number, to the letter. A number that stands elsewhere than where it was is left to a person. */
function whoIsWho(product: OutgoingProduct, there: ShopifyProduct): Map<string, ShopifyVariant> {
  const known = new Map(
    product.variants.flatMap(({ articleNumber, itemRef }) => there.variants.nodes.filter((v) => v.inventoryItem.id === itemRef).map((v) => [articleNumber, v] as const)),
  )
  const claimed = new Set([...known.values()].map((variant) => variant.id))
  const found = new Map<string, ShopifyVariant>()
  for (const { articleNumber } of product.variants) {
    const [carries, ...others] = there.variants.nodes.filter((v) => v.inventoryItem.sku === articleNumber && !claimed.has(v.id))
    const mine = known.get(articleNumber)
    if (mine === undefined ? others.length > 0 : carries !== undefined && mine.inventoryItem.sku !== articleNumber) throw refused('ambiguous', articleNumber)
    const variant = mine ?? carries
    if (variant !== undefined) found.set(articleNumber, variant)
  }
  return found
}

function mustHaveRoom(product: OutgoingProduct, there: ShopifyProduct, standing: ReadonlyMap<string, ShopifyVariant>, fit: Fit, made: OutgoingVariant[]): void {
  if (fit.kind === 'part' || fit.kind === 'other') throw refused('options-differ', there.options.map((option) => option.name).join(', '))
  const all = there.variants.nodes.length + made.length
  if (all > MOST_VARIANTS) throw refused('too-many-variants', String(all))
  const ours = new Set([...standing.values()].map((variant) => variant.id))
  const taken = new Set(there.variants.nodes.filter((v) => !ours.has(v.id)).map((v) => choicesOf(shownChoices(product.options, v, []))))
  const clash = made.find(({ optionValues }) => taken.has(choicesOf(optionValues)))
  if (clash !== undefined) throw refused('variant-there', clash.articleNumber)
}

/** What is empty here empties nothing there: a shop's own supplier or text isn't lost because ours has none. */
function headOf(product: OutgoingProduct, there: ShopifyProduct): Input | null {
  const html = product.description === null ? null : descriptionHtml(product.description)
  const status = statusOf(product.active, there.status)
  const head = {
    ...(!product.write.includes('details')
      ? {}
      : {
          ...(product.name === there.title ? {} : { title: product.name }),
          ...(product.vendor === null || product.vendor === there.vendor ? {} : { vendor: product.vendor }),
          ...(status === there.status ? {} : { status }),
        }),
    ...(product.write.includes('description') && html !== null && html !== there.descriptionHtml ? { descriptionHtml: html } : {}),
  }
  return Object.keys(head).length === 0 ? null : head
}

/** We hide by DRAFT alone, so what is archived there was put away by somebody; and one that is sold by its address only stays so. */
function statusOf(active: boolean, shown: string): string {
  if (shown === 'ARCHIVED' || (active && shown === 'UNLISTED')) return shown
  return active ? 'ACTIVE' : 'DRAFT'
}

function changeOf(product: OutgoingProduct, number: string, shown: ShopifyVariant, fit: Fit): Input | null {
  const ours = must(
    product.variants.find((variant) => variant.articleNumber === number),
    'one of ours',
  )
  const change = {
    ...(product.write.includes('details') ? detailsThatDiffer(product, ours, shown, fit) : {}),
    ...(product.write.includes('price') && isPriced(ours) && !(isAmount(shown.price, ours.priceMinor) && isAmount(shown.compareAtPrice, ours.regularMinor)) ? pricesOf(ours) : {}),
  }
  return Object.keys(change).length === 0 ? null : { id: shown.id, ...change }
}

function detailsThatDiffer({ options }: OutgoingProduct, ours: OutgoingVariant, shown: ShopifyVariant, fit: Fit): Input {
  const item = {
    ...(shown.inventoryItem.sku === ours.articleNumber ? {} : { sku: ours.articleNumber }),
    ...(shown.inventoryItem.tracked === ours.stockTracked ? {} : { tracked: ours.stockTracked }),
  }
  const moves = (fit.kind === 'same' || fit.kind === 'grows') && options.length > 0
  const choices = shownChoices(options, shown, fit.kind === 'grows' ? fit.added : [])
  return {
    ...(Object.keys(item).length === 0 ? {} : { inventoryItem: item }),
    ...(ours.barcode === null || ours.barcode === shown.barcode ? {} : { barcode: ours.barcode }),
    ...(!moves || options.every((_, n) => choices[n] === ours.optionValues[n]) ? {} : { optionValues: choiceInput(options, ours.optionValues) }),
  }
}

const pricesOf = ({ priceMinor, regularMinor }: OutgoingVariant): Input => ({ price: money(priceMinor), compareAtPrice: money(regularMinor) })

/** One that is made, whole; the same for a product's first variants and for those added later. */
export const variantInput = (variant: OutgoingVariant, options: string[]): Input => ({
  optionValues: choiceInput(options, variant.optionValues),
  ...(variant.barcode === null ? {} : { barcode: variant.barcode }),
  ...pricesOf(variant),
  inventoryItem: { sku: variant.articleNumber, tracked: variant.stockTracked },
})
