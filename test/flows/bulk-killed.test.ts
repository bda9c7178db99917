/** A bulk change whose process is killed, or whose line to the database is cut, in the middle of anything: it goes on where it was, and what comes of it is what comes of one that nobody disturbed. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { goOnWithBulk } from '../../src/core/bulk/go-on.ts'
import type { Db, Queryable, Tx } from '../../src/db/open.ts'
import { type BulkStand, bulkStand } from './bulk-stand.ts'

const stands: BulkStand[] = []
const children: ChildProcess[] = []
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const stand of stands.splice(0)) await stand.close()
})

const ROWS = 60
const LISTED = Array.from({ length: ROWS }, (_, n) => String(n).padStart(3, '0'))
/** Every third was here before, with its pieces counted; a webshop and a reader hear of everything. */
async function stand(): Promise<{ b: BulkStand; bulkId: number }> {
  const b = await bulkStand()
  stands.push(b)
  const here = LISTED.filter((_, n) => n % 3 === 0)
  for (const number of here) await b.make({ number, name: `Vara ${number}`, priceMinor: 1_000 })
  const lines = here.map((articleNumber) => ({ articleNumber, counted: 5 }))
  await b.owner.does('counts.register', { body: { ref: 'start', locationId: b.owner.locationId, lines } })
  await b.owner.does('connections.make', { body: { code: 'toy', name: 'Webben' } })
  await b.owner.does('views.make', { body: { name: 'Affärssystemet', joinsProducts: true } })
  const rows = LISTED.map((number, n) => `${number};Vara ${number}, ny;${n % 7 === 6 ? '1,005' : '20,00'};${n};ja`)
  const { id } = await b.file(`Artikelnummer;Benämning;Pris;Lagersaldo;Webshop\n${rows.join('\n')}\n`)
  return { b, bulkId: id }
}
const start = ({ b, bulkId }: { b: BulkStand; bulkId: number }) => b.owner.does('bulk.start', { params: { bulkId }, body: {} })

/** All that came of it: rows, history, ledger, and how often each listener was told that something is new. */
async function cameOf({ b, bulkId }: { b: BulkStand; bulkId: number }): Promise<unknown> {
  const { counts, state } = await b.owner.does('bulk.show', { params: { bulkId } })
  const values = [b.owner.companyId]
  const ledger = await b.web.data.owner.one({
    text: `select (select count(*) from article where company_id = $1) as articles, (select count(*) from price_change where company_id = $1) as prices, (select count(*) from document where company_id = $1) as documents,
      (select count(*) from movement where company_id = $1) as movements, (select sum(on_hand) from level where company_id = $1) as pieces,
      (select count(*) from level v where company_id = $1 and on_hand <> (select sum(on_hand_delta) from movement m where m.company_id = $1 and m.article_id = v.article_id and m.location_id = v.location_id)) as "notSums"`,
    values,
  })
  const told = await b.web.data.owner.rows({
    text: 'select listener_id as listener, kind, count(*) as rows, sum(wanted) as wanted from told where company_id = $1 group by 1, 2 order by 1, 2',
    values,
  })
  const boxes = await b.web.data.owner.rows({ text: 'select what, count(*) as n from told_event where company_id = $1 group by 1 order by 1', values })
  return { state, counts, ledger, told, boxes }
}
async function undisturbed(): Promise<unknown> {
  const s = await stand()
  await s.b.done(s.bulkId)
  const came = await cameOf(s)
  expect(came).toMatchObject({ state: 'done', counts: { done: 52, fault: 8, failed: 0 }, ledger: { notSums: 0 } })
  return came
}

/** The same database, through lines that are cut before a statement now and then, ever more seldom: so seldom in the end that a part comes through whole. */
function cutLines({ db }: BulkStand['web']['deps'], owner: Queryable, first: number): Db {
  let left = first
  let apart = first
  const cut = async (tx: Tx): Promise<void> => {
    if (--left > 0) return
    apart += first
    left = apart
    const { pid } = await tx.one<{ pid: number }>({ text: 'select pg_backend_pid() as pid', values: [] })
    await owner.one({ text: 'select pg_terminate_backend($1, 5000)', values: [pid] })
  }
  const through = (tx: Tx): Tx => ({
    ...tx,
    rows: async (s) => cut(tx).then(() => tx.rows(s)),
    maybe: async (s) => cut(tx).then(() => tx.maybe(s)),
    one: async (s) => cut(tx).then(() => tx.one(s)),
    run: async (s) => cut(tx).then(() => tx.run(s)),
  })
  return { ...db, inCompany: (companyId, work, size) => db.inCompany(companyId, (tx) => work(through(tx)), size) }
}

test('B4: its line to the database is cut again and again, while it is read and while it is carried out: nothing is lost, nothing is double, nothing is called our fault', async () => {
  const whole = await undisturbed()
  for (const first of [13, 29, 67]) {
    const s = await stand()
    const { deps, data, clock } = s.b.web
    const desk = { db: cutLines(deps, data.owner, first), log: deps.log, now: () => clock.now() }
    let cuts = 0
    const work = async () => {
      for (let more = true; more; )
        more = await goOnWithBulk(desk, s.b.owner.companyId).catch(() => {
          if (++cuts > 200) throw new Error('it never comes to an end')
          return true
        })
    }
    await work()
    await start(s)
    await work()
    expect(cuts).toBeGreaterThan(0)
    expect(await cameOf(s)).toEqual(whole)
  }
}, 120_000)

/** A worker in a process of its own, on the test's time: it does what waits, once. */
async function worker({ b }: { b: BulkStand }): Promise<ChildProcess> {
  const script = join(import.meta.dirname, 'worker-process.ts')
  const said = { address: b.web.data.address, key: '00'.repeat(32), chores: { companyId: b.owner.companyId, at: b.web.clock.now().toISOString() } }
  const child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(said)], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  await once(child.stdout as NonNullable<typeof child.stdout>, 'data')
  return child
}

test('B4: its process is killed in the middle of a transaction, and another goes on', async () => {
  const whole = await undisturbed()
  const s = await stand()
  await s.b.judged(s.bulkId)
  await start(s)
  const blocked = async () =>
    Number(
      (
        await s.b.web.data.owner.one<{ n: string }>({
          text: "select count(*) as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
          values: [],
        })
      ).n,
    )
  const article = await s.b.idOf('045')
  // Of the second part everything is written but its count, which waits for somebody who holds a level.
  await s.b.web.deps.db.inCompany(s.b.owner.companyId, async (tx) => {
    await tx.rows({ text: 'select from level where company_id = $1 and article_id = $2 for update', values: [tx.companyId, article] })
    const first = await worker(s)
    await vi.waitFor(async () => expect(await blocked()).toBe(1), { timeout: 30_000, interval: 25 })
    first.kill('SIGKILL')
    await once(first, 'exit')
  })
  expect(await s.b.owner.does('bulk.show', { params: { bulkId: s.bulkId } })).toMatchObject({ state: 'working', counts: { done: 25 } })
  await worker(s)
  await vi.waitFor(async () => expect(await cameOf(s)).toEqual(whole), { timeout: 30_000, interval: 100 })
}, 120_000)
