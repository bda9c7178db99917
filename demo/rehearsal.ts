/** The product's promises kept one after the other on a running shop, over HTTP alone; each is timed and told in a table. */
import { abicartPromises } from './abicart-promises.ts'
import { Broken, type Promised } from './promise.ts'
import { shopifyPromises } from './shopify-promises.ts'
import type { ShopCode } from './shops.ts'

export interface Told {
  part: string
  promise: string
  result: 'kept' | 'broken' | 'not tried'
  ms: number
  why: string | null
}

/** One part for each webshop, and one for an outside system that polls. */
export const SHOP_PARTS: Record<ShopCode, readonly Promised[]> = { shopify: shopifyPromises, abicart: abicartPromises }

const PART_MS = 60_000

/** One promise stands on the one before: after a broken one the rest of its part isn't tried. */
export async function rehearse<G extends { patienceMs: number }>(part: string, promises: readonly Promised<G>[], ground: G): Promise<Told[]> {
  const end = performance.now() + PART_MS
  const told: Told[] = []
  for (const promised of promises) {
    const left = end - performance.now()
    const isOver = told.some((each) => each.result === 'broken') || left <= 0
    told.push({
      part,
      promise: promised.words,
      ...(isOver ? { result: 'not tried', ms: 0, why: null } : await tryOne(promised, { ...ground, patienceMs: Math.min(ground.patienceMs, left) })),
    })
  }
  return told
}

async function tryOne<G>(promised: Promised<G>, ground: G): Promise<Pick<Told, 'result' | 'ms' | 'why'>> {
  const began = performance.now()
  const ms = () => Math.round(performance.now() - began)
  try {
    await promised.keep(ground)
    return { result: 'kept', ms: ms(), why: null }
  } catch (error) {
    return { result: 'broken', ms: ms(), why: error instanceof Broken ? error.message : String(error) }
  }
}

export function table(told: readonly Told[]): string {
  const rows = [['promise', 'result', 'ms'], ...told.map((each) => [each.promise, each.result, each.result === 'not tried' ? '' : String(each.ms)])]
  const widths = [0, 1, 2].map((n) => Math.max(...rows.map((row) => row[n]?.length ?? 0)))
  const lines = rows.map(([promise = '', result = '', ms = '']) => `${promise.padEnd(widths[0] ?? 0)}  ${result.padEnd(widths[1] ?? 0)}  ${ms.padStart(widths[2] ?? 0)}`.trimEnd())
  const why = told.flatMap((each) => (each.why === null ? [] : ['', `broken: ${each.promise}`, `  ${each.why}`]))
  return [...lines.slice(0, 1), '-'.repeat(widths.reduce((sum, width) => sum + width, 4)), ...lines.slice(1), ...why].join('\n')
}
