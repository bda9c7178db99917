/** A database put back from a backup, with an ERP that is master: its numbers are read anew before a shop is told any, and an order handed over since is found there (R35, R43). */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { copyOut } from '../../src/copies.ts'
import { beginEpoch } from '../../src/core/restores/begin-epoch.ts'
import { sayNothingMissing } from '../../src/core/restores/nothing-missing.ts'
import { restoreArchive } from '../../src/db/restore.ts'
import { sql } from '../../src/db/sql.ts'
import { applyWaiting } from '../../src/sync/apply.ts'
import { openConnection } from '../../src/sync/connection.ts'
import { type TestDatabase, testDatabase } from '../database.ts'
import { type EconomicStand, economicStand, MINUTE_MS, NUMBER } from './economic-stand.ts'

let s: EconomicStand
let after: TestDatabase
let folder: string
beforeAll(async () => {
  s = await economicStand({}, { orders: 'draft-invoice', customerNumber: '1000' })
  after = await testDatabase()
  folder = mkdtempSync(join(tmpdir(), 'lb-restore-erp-'))
})
afterAll(async () => {
  await s.close()
  await after.close()
  rmSync(folder, { recursive: true, force: true })
})

test('R35 R38 R43: after a restore the ERP is walked before the shop is told a number, and an order that was handed over since isn’t made there twice', async () => {
  const { file } = await copyOut(s.web.data.ownerAddress, { companyId: null, target: folder, name: 'test' }, s.web.clock)
  // Since the backup: somebody counted twenty there, and an order came that is a draft there now.
  s.erp.office.count({ productNumber: NUMBER, inStock: 20 })
  const order = s.shop.sell(NUMBER, 2)
  await s.pass(3 * MINUTE_MS)
  const drafts = () => s.erp.state().documents['draft-invoice'].map(({ other, lines }) => [other, ...lines.map((line) => line.quantity)])
  expect([s.shop.value(NUMBER), drafts()]).toEqual([18, [[order.name, 2]]])

  await restoreArchive(after.ownerAddress, file, { replace: false, said() {} })
  const { companyId } = s.owner
  const by = () => ({ actor: 'system', now: s.web.clock.now() })
  await after.db.inCompany(companyId, (tx) => beginEpoch(tx, { epoch: 400, dataUntil: s.web.clock.now() }, by()))
  const deps = { ...s.web.deps, db: after.db }
  const ids = (await after.owner.rows<{ id: number }>(sql`select id from listener where company_id = ${companyId} and kind = 'connection' order by id`)).map((row) => row.id)
  const [erp, shop] = ids.map((id) => ({ id, connection: openConnection(deps, companyId, id) }))
  const writes = () => s.shop.state.writes.filter((write) => write.op === 'set').length
  const work = async (which: (typeof erp)[], ms: number) => {
    const end = s.web.clock.now().getTime() + ms
    for (let n = 0; n < 1000 && s.web.clock.now().getTime() < end; n++) {
      let did = false
      for (const each of which) {
        if (each === undefined) continue
        const { applied } = await applyWaiting(deps, companyId, each.id)
        did = (await each.connection.step()).did || applied > 0 || did
      }
      if (!did) s.web.clock.advance(20_000)
    }
  }
  // The shop's turn alone: it is read, and told nothing, although the backup has five where it shows eighteen.
  const before = writes()
  await work([shop], 2 * MINUTE_MS)
  expect([writes(), s.shop.value(NUMBER)]).toEqual([before, 18])
  await work([erp, shop], 3 * MINUTE_MS)
  await after.db.inCompany(companyId, (tx) => sayNothingMissing(tx, null, by()))
  await work([erp, shop], 4 * MINUTE_MS)
  const { connection: ledger } = erp ?? expect.fail('no ERP')
  expect(await after.owner.rows(sql`select on_hand as "onHand", reserved from level where company_id = ${companyId}`)).toEqual([{ onHand: 20, reserved: 2 }])
  expect([s.shop.value(NUMBER), drafts()]).toEqual([18, [[order.name, 2]]])
  await ledger.letGo()
  await shop?.connection.letGo()
})
