/** npm run demo -- --once --only catalogue: a Norwegian shop whose whole catalogue is in Shopify. */
import { expect, test } from 'vitest'
import { cataloguePromises } from '../../demo/catalogue-promises.ts'
import { rehearsed } from '../flows/rehearsed.ts'

test('every promise of a whole catalogue in Shopify is kept', async () => {
  const { code, summary, said } = await rehearsed({ flags: { only: ['catalogue'], sabotage: null } })
  expect(said).not.toContain('broken:')
  expect([code, summary.ok, summary.promises.map((each) => each.result)]).toEqual([0, true, cataloguePromises.map(() => 'kept')])
})
