/** Nothing waits unseen: each cause is in the list when it arises, counts what there is, and is gone by itself when it is mended. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CAUSES as OURS } from '../../src/core/notices/causes.ts'
import { CAUSES, type Cause } from '../../src/web/contract/attention.ts'
import { ARTICLE_STATES } from '../../src/web/contract/states.ts'
import { type ToyStand, toyStand } from './toy-stand.ts'

const MINUTE_MS = 60_000
let s: ToyStand
beforeAll(async () => {
  s = await toyStand(['100', '200', '300'])
})
afterAll(() => s.close())

const groups = async () => (await s.owner.does('attention.show')).groups
/** Of each cause how many. */
const counts = async () => Object.fromEntries((await groups()).map(({ cause, count }) => [cause, count]))
const items = async (cause: Cause) => (await s.owner.does('attention.items', { query: { cause } })).items

test('the causes are the same in the house and in the contract, in the same order; every state of an article that needs somebody is one', () => {
  expect(Object.keys(CAUSES)).toEqual([...OURS])
  const byThemselves = ['stocking', 'looking', 'checking', 'waiting', 'in-sync', 'left-out', 'not-boxed']
  // What waits for the first sync is said once, of the link.
  const needing = ARTICLE_STATES.filter((state) => !byThemselves.includes(state) && state !== 'not-synced-yet')
  expect(needing.filter((state) => !Object.keys(CAUSES).includes(state))).toEqual([])
})

test('a company whose shop is in step waits for nothing', async () => {
  expect(await counts()).toEqual({})
})
