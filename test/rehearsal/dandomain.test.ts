/** npm run demo -- --once --only dandomain: e-conomic decides, a DanDomain Webshop follows; and a webshop that is broken is noticed. */
import { describe, expect, test } from 'vitest'
import { dandomainPromises } from '../../demo/dandomain-promises.ts'
import { rehearsed } from '../flows/rehearsed.ts'

describe.concurrent('e-conomic and a DanDomain Webshop', () => {
  test('every promise is kept', async () => {
    const { code, summary, said } = await rehearsed({ flags: { only: ['dandomain'], sabotage: null } })
    expect(said).not.toContain('broken:')
    expect([code, summary.ok, summary.promises.map((each) => each.result)]).toEqual([0, true, dandomainPromises.map(() => 'kept')])
  })

  test.each([
    ['lost-writes', 'A count in e-conomic is in the webshop, on a product and on a variant'],
    ['no-orders', 'An order of one at five: the shop shows four, also when a call with the old five comes, and still four once it is booked'],
  ] as const)('sabotaged with %s it is noticed', async (sabotage, promise) => {
    const { code, summary } = await rehearsed({ flags: { only: ['dandomain'], sabotage }, patienceMs: 8_000 })
    expect([code, summary.ok, summary.promises.find((each) => each.result === 'broken')?.promise]).toEqual([1, false, promise])
  })
})
