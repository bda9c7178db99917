/**
 * S1-S4, S7, S9 and L1, L3 over random histories in every world the rules know. A failing history prints its seed and its trace;
 * `HISTORY=world:seed npx vitest run --project property test/model/sync` plays it again.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../database.ts'
import { history } from './history.ts'
import { WORLDS } from './worlds.ts'

const EACH = Number(process.env['HISTORIES'] ?? 14)
const again = process.env['HISTORY']?.split(':')

const total: Record<string, number> = {}
let on: TestDatabase
beforeAll(async () => {
  on = await testDatabase()
})
afterAll(async () => {
  await on.close()
  console.log(`what the histories met: ${JSON.stringify(Object.fromEntries(Object.entries(total).sort()))}`)
})

describe('S1 S2 S3 S4 S7 S9 L1 L3: histories', () => {
  for (const [name, world] of Object.entries(WORLDS)) {
    if (again !== undefined && again[0] !== name) continue
    const seeds = again?.[1] !== undefined ? [Number(again[1])] : Array.from({ length: EACH }, (_, n) => n + 1)
    test(`S1 S7: nothing lost, nothing doubled, no sale erased: ${name}`, { timeout: 120_000 }, async () => {
      for (const seed of seeds) {
        const { bad, trace, hits } = await history(on, world, seed)
        for (const [what, n] of Object.entries(hits)) total[what] = (total[what] ?? 0) + n
        expect(bad, `HISTORY=${name}:${seed}\n${trace.join('\n')}`).toEqual([])
      }
    })
  }
})
