/** Finds articles by their number among products and variants. The shop's own comparison is a suggestion only: the exact text decides here (S10). */
import type { Match } from '../contract.ts'
import { carriersOf, refOf } from './articles.ts'
import type { Client } from './client.ts'
import { numberRef } from './refs.ts'
import type { DandomainSettings } from './settings.ts'

export async function match(client: Client, { sameNumber }: DandomainSettings, articleNumbers: string[]): Promise<Match[]> {
  const found = new Map<string, string[]>()
  for (const number of new Set(articleNumbers)) {
    const things = number === '' ? [] : await carriersOf(client, number, 'live')
    const isOne = sameNumber === 'same' && things.some((thing) => !thing.hasVariants)
    found.set(number, isOne ? [numberRef(number)] : things.map(refOf))
  }
  return articleNumbers.map((articleNumber) => ({ articleNumber, itemRefs: found.get(articleNumber) ?? [] }))
}
