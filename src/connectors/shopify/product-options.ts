/** How what our variants differ in and what those in the shop differ in go together. Pure. */
import type { OutgoingProduct } from '../contract.ts'
import type { ShopifyProduct, ShopifyVariant } from './product-answers.ts'
import { NO_CHOICE, NO_OPTION } from './product-limits.ts'

/**
 * same = the names are the same, in any order · grows = it has some of ours and nobody else's variants, so the others can be added ·
 * part = ours has nothing to choose, there it is one of several · other = it has other names, or strangers that would have to be given a choice.
 */
export type Fit = { kind: 'same' | 'part' | 'other' } | { kind: 'grows'; added: { name: string; value: string }[] }

export function fitOf(product: OutgoingProduct, there: ShopifyProduct, standing: ReadonlyMap<string, ShopifyVariant>): Fit {
  const theirs = hasNoOptions(there) ? [] : there.options.map((option) => option.name)
  if (product.options.length === 0) return { kind: theirs.length === 0 ? 'same' : 'part' }
  const lacks = product.options.filter((name) => !theirs.includes(name))
  if (theirs.some((name) => !product.options.includes(name))) return { kind: 'other' }
  if (lacks.length === 0) return { kind: 'same' }
  const ours = new Set([...standing.values()].map((variant) => variant.id))
  const first = [...standing].find(([, variant]) => variant.id === there.variants.nodes[0]?.id)?.[0]
  const values = product.variants.find((variant) => variant.articleNumber === first)?.optionValues
  if (values === undefined || there.variants.nodes.some((variant) => !ours.has(variant.id))) return { kind: 'other' }
  return { kind: 'grows', added: lacks.map((name) => ({ name, value: values[product.options.indexOf(name)] ?? '' })) }
}

/** Shopify says "there is nothing to choose" by one option of its own. */
const hasNoOptions = (there: ShopifyProduct): boolean =>
  there.options.length === 1 &&
  there.options[0]?.name === NO_OPTION &&
  there.variants.nodes.every(({ selectedOptions }) => selectedOptions.every(({ value }) => value === NO_CHOICE))

/** By the names of ours; `added` = what those that stand there get with a new option. */
export const shownChoices = (options: string[], variant: ShopifyVariant, added: { name: string; value: string }[]): string[] =>
  options.map((name) => (variant.selectedOptions.find((each) => each.name === name) ?? added.find((each) => each.name === name))?.value ?? '')

/** As both kinds of variant inputs want them; a product without options has Shopify's own. */
export const choiceInput = (options: string[], values: string[]): { optionName: string; name: string }[] =>
  options.length === 0 ? [{ optionName: NO_OPTION, name: NO_CHOICE }] : options.map((optionName, n) => ({ optionName, name: values[n] ?? '' }))

/** What a product is made with: every value that its first variants choose. Those of the others come with them. */
export const choicesInUse = (options: string[], variants: { optionValues: string[] }[]): { name: string; values: { name: string }[] }[] =>
  (options.length === 0 ? [NO_OPTION] : options).map((name, n) => ({
    name,
    values: [...new Set(variants.map(({ optionValues }) => (options.length === 0 ? NO_CHOICE : (optionValues[n] ?? ''))))].map((value) => ({ name: value })),
  }))
