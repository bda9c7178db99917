/**
 * S1-S4, S7, S9 and L1, L3 over random histories in every world the rules know. A failing history prints its seed and its trace;
 * `HISTORY=world:seed npx vitest run --project property test/model/sync` plays it again.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../database.ts'
import { history } from './history.ts'
import { MUST_BE_MET, WORLDS } from './worlds.ts'

const EACH = Number(process.env.HISTORIES ?? 12)
const again = process.env.HISTORY?.split(':')
/** At once: most of a history is waiting for its own requests. */
const LANES = 3

const met: Record<string, number> = {}
let on: TestDatabase
beforeAll(async () => {
  on = await testDatabase()
})
afterAll(() => on.close())

describe('S1 S2 S3 S4 S7 S9 L1 L3 R47: histories', () => {
  for (const [name, world] of Object.entries(WORLDS)) {
    if (again !== undefined && again[0] !== name) continue
    const seeds = again?.[1] !== undefined ? [Number(again[1])] : Array.from({ length: EACH }, (_, n) => n + 1)
    test(`S1 S7: nothing lost, nothing doubled, no sale erased: ${name}`, { timeout: 120_000 }, async () => {
      const left = [...seeds]
      const lane = async () => {
        for (let seed = left.shift(); seed !== undefined; seed = left.shift()) {
          const { bad, trace, hits } = await history(on, world, seed)
          for (const [what, n] of Object.entries(hits)) met[what] = (met[what] ?? 0) + n
          expect(bad, `HISTORY=${name}:${seed}\n${trace.join('\n')}`).toEqual([])
        }
      }
      await Promise.all(Array.from({ length: LANES }, lane))
    })
  }

  test.runIf(again === undefined && EACH >= 12)('every fault and every state was met', () => {
    console.log(`what the histories met: ${JSON.stringify(Object.fromEntries(Object.entries(met).sort()))}`)
    expect(MUST_BE_MET.filter((what) => !met[what])).toEqual([])
  })
})
