/** A burst of calls to /webhooks.php: each is stored and answered, and however many name a number, it is read once and told once. In full: npm run bench -- hooks. */
import { expect, test } from 'vitest'
import { sql } from '../../src/db/sql.ts'
import { economicStand, MINUTE_MS } from '../flows/economic-stand.ts'

const [CALLS, NUMBERS, AT_ONCE] = [5_000, 250, 100]

test('S8 R40: five thousand calls for 250 numbers are 5,000 rows of the log, and no more than two requests for each number', { timeout: 180_000 }, async () => {
  const numbers = Array.from({ length: NUMBERS }, (_, n) => `0${1000 + n}`)
  const s = await economicStand({ numbers })
  try {
    const { code } = await s.owner.does('masters.make-code', { params: s.at, body: {} })
    for (const [n, productNumber] of numbers.entries()) s.erp.office.count({ productNumber, inStock: 10 + n })
    const [read, written] = [s.erp.log.length, s.shop.state.writes.length]
    const answers = new Map<string, number>()
    for (let from = 0; from < CALLS; from += AT_ONCE)
      await Promise.all(
        Array.from({ length: AT_ONCE }, async (_, n) => {
          const number = numbers[((from + n) * 37) % NUMBERS] ?? ''
          const payload = `type=stockUpdate&username=shop${s.at.connectionId}&password=${code}&number=${number}`
          const headers = { 'content-type': 'application/x-www-form-urlencoded' }
          const { body } = await s.web.app.inject({ method: 'POST', url: '/webhooks.php?', headers, payload })
          answers.set(body, (answers.get(body) ?? 0) + 1)
        }),
      )
    const stored = async () =>
      await s.web.data.owner.rows<{ result: string; n: number }>(sql`select result, count(*)::integer as n from called where company_id = ${s.owner.companyId} group by 1`)
    expect([...answers]).toEqual([['Success', CALLS]])
    expect(await stored()).toEqual([{ result: 'waiting', n: CALLS }])
    await s.pass(2 * MINUTE_MS)
    expect(await stored()).toEqual([{ result: 'changed', n: CALLS }])
    expect(numbers.filter((number, n) => s.shop.value(number) !== 10 + n)).toEqual([])
    // Reads at both ends and writes, by their own logs.
    const reads = s.erp.log.length - read
    const writes = s.shop.state.writes.length - written
    expect(writes).toBe(NUMBERS)
    expect(reads + writes).toBeLessThanOrEqual(2 * NUMBERS)
  } finally {
    await s.close()
  }
})
