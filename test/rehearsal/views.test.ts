/** npm run demo -- --once --only views: an outside system of its own process makes its view, is filled, follows, hands in, is killed and goes on. */
import { expect, test } from 'vitest'
import { viewPromises } from '../../demo/view-promises.ts'
import { rehearsed } from '../flows/rehearsed.ts'

test('every promise to an outside system is kept', async () => {
  const { code, summary, said } = await rehearsed({ flags: { only: ['views'], sabotage: null }, patienceMs: 30_000 })
  expect(said).not.toContain('broken:')
  expect([code, summary.ok, summary.promises.map((each) => each.result)]).toEqual([0, true, viewPromises.map(() => 'kept')])
})
