/** Stock nobody ever counted is unknown, not zero, and nothing is written to a shop before a person has seen what. */
import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startToy, type ToySim } from '../../sim/toy/toy.ts'
import * as connectors from '../../src/connectors/index.ts'
import type { MovementKind } from '../../src/core/stock/post-movements.ts'
import { postMovements } from '../../src/core/stock/post-movements.ts'
import { tickBox } from '../../src/core/told/tick-box.ts'
import { sql } from '../../src/db/sql.ts'
import { fakeClock } from '../../src/kit/clock.ts'
import { openHttp } from '../../src/kit/http.ts'
import { silentLog } from '../../src/kit/log.ts'
import { secretBox } from '../../src/kit/secret-box.ts'
import { openConnection } from '../../src/sync/connection.ts'
import { confirmRun, startRun } from '../../src/sync/runs.ts'
import { type TestDatabase, testDatabase } from '../database.ts'
import { COMPARES, type Planted, plant } from '../plant.ts'

let on: TestDatabase
let sim: ToySim
let it: Planted
const clock = fakeClock()
const box = secretBox(randomBytes(32))
const deps = () => ({ db: on.db, clock, log: silentLog, box, http: openHttp({ allowLoopback: true }), connectors, publicAddress: null })
const by = () => ({ actor: 'system', now: clock.now() })

beforeEach(async () => {
  on = await testDatabase()
  sim = await startToy({ places: ['D'], now: () => clock.now() })
  const { ref } = sim.addItem({ number: 'TROJA-M', stock: 7 })
  it = await plant(on, { box, code: 'toy', settings: sim.settings(), manners: COMPARES, number: 'TROJA-M', itemRef: ref, places: ['D'], start: 5, now: clock.now() })
})
afterEach(async () => {
  await sim.close()
  await on.close()
})

async function work(): Promise<void> {
  const connection = openConnection(deps(), it.companyId, it.listenerId)
  for (let n = 0; n < 60; n++) if (!(await connection.step()).did) break
  await connection.letGo()
}

test('L7: a sale or a reservation alone leaves the number unknown and the shop untouched', async () => {
  const { ref } = sim.addItem({ number: 'NY', stock: 3 })
  const made = await on.owner.one<{ id: number }>(sql`
    insert into article (company_id, product_id, number, name, created_at, changed_at) select company_id, product_id, 'NY', 'Ny', created_at, created_at from article where company_id = ${it.companyId} returning id`)
  const move = (kind: MovementKind, onHand: number, reserved = 0) =>
    on.db.inCompany(it.companyId, (tx) =>
      postMovements(
        tx,
        [{ key: `${kind}:${onHand}`, articleId: made.id, locationId: it.locationIds[0] as number, kind, onHand, reserved, at: clock.now(), source: {}, actor: 'system' }],
        clock.now(),
      ),
    )
  const rows = async () => (await on.owner.one<{ n: number }>(sql`select count(*)::int as n from told where entity_id = ${made.id}`)).n
  await on.db.inCompany(it.companyId, (tx) => tickBox(tx, it.listenerId, [made.id], by()))
  await on.owner.run(sql`update link set state = 'matched', item_ref = ${ref} where article_id = ${made.id}`)
  await move('sale', -1)
  await move('web-reserve', 0, 2)
  await work()
  expect(await rows()).toBe(0)
  expect(sim.value('NY')).toBe(3)
  await move('count', 6)
  await work()
  expect(await rows()).toBe(1)
  expect(sim.value('NY')).toBe(3)
})

test('S5: before the first dry run was confirmed the shop is read and never written', async () => {
  await on.owner.run(sql`update listener set first_synced_at = null where company_id = ${it.companyId}`)
  await work()
  expect(sim.state.writes).toHaveLength(0)
  const run = await startRun(deps(), it.companyId, it.listenerId, 'sync-all', by())
  await work()
  const preview = await on.owner.rows(sql`select was, target, state from run_item where run_id = ${run.id}`)
  expect(preview).toEqual([{ was: 7, target: 5, state: 'send' }])
  expect(sim.state.writes).toHaveLength(0)
  await confirmRun(deps(), it.companyId, run.id, by())
  await work()
  expect(sim.value('TROJA-M')).toBe(5)
  expect((await on.owner.one<{ state: string }>(sql`select state from run where id = ${run.id}`)).state).toBe('done')
})
