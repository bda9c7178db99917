/** Variants by the words of their SKU, so that a search in a shop of many thousands needn't walk them all. */
import { compareIds } from './ids.ts'
import { type Term, wordsIn } from './search.ts'
import type { Item, State } from './state.ts'

/** Never taken away: whoever is found here is asked again what the search index knows of it. */
export function noteSku({ skuWords }: State, item: Item): void {
  for (const word of wordsIn(item.sku ?? '')) {
    const items = skuWords.get(word)
    if (items === undefined) skuWords.set(word, new Set([item]))
    else items.add(item)
  }
}

/** Every variant the query may find, in the order of their ids. */
export function itemsToAsk(state: State, query: Term[][]): Iterable<Item> {
  const words = query.map((terms) => terms.map(wordSought).find((word) => word !== null) ?? null)
  if (words.length === 0 || words.includes(null)) return state.items.values()
  const found = new Set(words.flatMap((word) => [...(state.skuWords.get(word ?? '') ?? [])]))
  return [...found].filter((item) => state.items.get(item.id) === item).sort((a, b) => compareIds(a.id, b.id))
}

/** A word that a SKU must hold whole. */
function wordSought({ field, not, value }: Term): string | null {
  const words = wordsIn(value)
  return field === 'sku' && !not && (words.length > 1 || !value.endsWith('*')) ? (words[0] ?? null) : null
}
