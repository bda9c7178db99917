/** "What would happen?", answered by doing it and taking it back: the preview can't say anything else than the deed does. */
import type { Db, Tx } from '../db/open.ts'
import { must } from '../kit/assert.ts'

export async function tryOut<T>(db: Db, companyId: number, work: (tx: Tx) => Promise<T>): Promise<T> {
  const takeBack = new Error('only tried out')
  let answer: { value: T } | null = null
  try {
    await db.inCompany(companyId, async (tx) => {
      answer = { value: await work(tx) }
      throw takeBack
    })
  } catch (error) {
    if (error !== takeBack) throw error
  }
  return must<{ value: T }>(answer, 'what was tried').value
}
