/** Why a cell of a run was left out or refused, in words. */
import type { i18n } from 'i18next'
import { articleState } from '../../src/web/contract/states.ts'

/** Reasons that belong to runs alone; all others are states an article can be in. */
const OF_RUNS = ['cancelled', 'not-shown', 'store-not-mapped', 'counted-since', 'edited-in-shop', 'sent-again', 'shop-is-master', 'shows-nothing', 'undone-already'] as const
type OfRuns = (typeof OF_RUNS)[number]

/** Its name, and what it means with what to do. */
export function codeOf({ t }: i18n, code: string): { name: string; words: string } {
  const own = OF_RUNS.find((each): each is OfRuns => each === code)
  if (own !== undefined) return { name: t(`run-code.${own}.name`), words: t(`run-code.${own}.words`) }
  const { data: state } = articleState.safeParse(code)
  if (state === undefined) return { name: code, words: '' }
  return { name: t(`states.${state}.name`), words: t(`states.${state}.words`) }
}
