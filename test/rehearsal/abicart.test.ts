/** npm run demo -- --once --only abicart. A shop that compares nothing is looked at twice, some seconds apart, so this takes its time beside other tests. */
import { expect, test } from 'vitest'
import { rehearsed } from '../flows/rehearsed.ts'

test('every promise with Abicart is kept', async () => {
  const { code, summary, said } = await rehearsed({ flags: { only: ['abicart'], sabotage: null }, slack: 5 })
  expect(said).not.toContain('broken:')
  expect([code, summary.ok, summary.promises.every((each) => each.result === 'kept')]).toEqual([0, true, true])
})
