/** npm run demo -- --once --only import: a file with faults in it is taken in, and taken back. */
import { expect, test } from 'vitest'
import { importPromises } from '../../demo/import-promises.ts'
import { rehearsed } from '../flows/rehearsed.ts'

test('every promise of a file of articles is kept', async () => {
  const { code, summary, said } = await rehearsed({ flags: { only: ['import'], sabotage: null }, patienceMs: 30_000 })
  expect(said).not.toContain('broken:')
  expect([code, summary.ok, summary.promises.map((each) => each.result)]).toEqual([0, true, importPromises.map(() => 'kept')])
})
