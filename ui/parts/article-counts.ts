/** Sums over how many articles are in each state towards a webshop. */
import type { ArticleState } from '../../src/web/contract/states.ts'
import { isUnticked, needsSomebody } from './article-state.tsx'

type Counts = Partial<Record<ArticleState, number>>

export const summed = (numbers: readonly number[]): number => numbers.reduce((all, n) => all + n, 0)
const over = (counts: Counts, wanted: (state: ArticleState) => boolean) => summed(Object.entries(counts).map(([state, n]) => (wanted(state as ArticleState) ? n : 0)))

/** Those ticked for it. */
export const boxedOf = (counts: Counts): number => over(counts, (state) => !isUnticked(state))
/** Those a person must do something about. */
export const actsOf = (counts: Counts): number => over(counts, needsSomebody)
