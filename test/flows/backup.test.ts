/** A backup taken while the shop sells, put back and read again; a damaged one; one company taken elsewhere. Over HTTP, as its users see it. */
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Api, askProduct } from '../../demo/ask.ts'
import { type Config, readConfig } from '../../src/config.ts'
import { copyOut, exportCompany, importCompany, restoreBackup, takeNightly } from '../../src/copies.ts'
import { verifyLedger } from '../../src/core/stock/verify-ledger.ts'
import { sql } from '../../src/db/sql.ts'
import { must } from '../../src/kit/assert.ts'
import { fakeClock } from '../../src/kit/clock.ts'
import { silentLog } from '../../src/kit/log.ts'
import { startProduct } from '../../src/main.ts'
import { type TestDatabase, testDatabase } from '../database.ts'
import { JPEG } from '../pictures.ts'
import { settingsFor, type TestProduct, testProduct } from '../product.ts'

const person = { name: 'Anna', email: 'anna@example.com', password: 'en lång lösenfras', locale: 'sv' as const }
let on: TestProduct
let folder: string
let owner: Api
let key: string
let till: Api
let articleId: number
/** A line of two million characters in the backup. */
const LARGE = Buffer.concat([JPEG.subarray(0, -2), Buffer.alloc(1_000_000, 'Skatan & Söner'), JPEG.subarray(-2)])
let imageId: number
let locationId: number
/** Refs of sales that were answered. */
const answered = new Set<string>()
/** Answered before the backup began. */
let sure: Set<string>
let backup: string
/** Another installation, in which the backup is put back first of all. */
let restored: { data: TestDatabase; config: Config }
let reader: string
let view: { viewId: number; cursor: string; versions: Map<string, number> }

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lb-backup-'))
  on = await testProduct({ role: 'web' })
  owner = askProduct(on.product.address).api
  await owner('setup.make', { body: { company: { name: 'Ull & Lin', country: 'SE' }, owner: person, location: { name: 'Odenplan' } } })
  ;({ key } = await owner('keys.make', { body: { name: 'Kassa 1', scopes: ['articles:write', 'articles:read', 'stock:write', 'stock:read', 'views:write'] } }))
  till = askProduct(on.product.address, key).api
  locationId = must((await owner('locations.list')).items[0], 'a location').id
  articleId = (await till('articles.make', { body: { number: 'TROJA-M', name: 'Tröja "M" \\ (1, ÅÄÖ)', priceMinor: 9900 } })).id
  const handed = { method: 'POST', headers: { authorization: `Bearer ${key}` }, body: LARGE }
  imageId = ((await (await fetch(`${on.product.address}/v1/products/${articleId}/images`, handed)).json()) as { id: number }).id
  await till('goods-receipts.register', { body: { ref: 'I1', locationId, lines: [{ articleId, quantity: 1000 }] } })
  await owner('connections.make', { body: { code: 'toy', name: 'Leksak' } })
  const made = await till('views.make', { body: { name: 'ERP' } })
  await till('views.resend', { params: { viewId: made.id }, body: {} })
  reader = made.key
  view = { viewId: made.id, ...(await readAll(askProduct(on.product.address, reader).api, made.id, null)) }

  let over = false
  const seller = async (name: string) => {
    for (let n = 0; !over; n++) {
      const ref = `${name}-${n}`
      await till('sales.register', { body: { ref, locationId, lines: [{ articleId, quantity: 1 }] } })
      answered.add(ref)
    }
  }
  const selling = ['A', 'B', 'C', 'D'].map(seller)
  while (answered.size < 20) await till('articles.show', { params: { articleId } })
  sure = new Set(answered)
  backup = (await copyOut(on.data.ownerAddress, { companyId: null, target: folder, name: 'test' })).file
  over = true
  await Promise.all(selling)
  restored = await elsewhere()
})
afterAll(async () => {
  await restored.data.close()
  await on.close()
  rmSync(folder, { recursive: true, force: true })
})

/** All there is to read, acknowledged. */
async function readAll(api: Api, viewId: number, after: string | null): Promise<{ cursor: string; versions: Map<string, number> }> {
  const versions = new Map<string, number>()
  for (let cursor = after; ; ) {
    const page = await api('views.changes', { params: { viewId }, query: cursor === null ? {} : { after: cursor } })
    for (const item of page.items) versions.set(`${item.entity} ${item.id} ${item.locationId}`, item.version)
    if (page.items.length > 0) await api('views.ack', { params: { viewId }, body: { cursor: page.nextCursor } })
    if (page.items.length === 0 && !page.hasMore) return { cursor: page.nextCursor, versions }
    cursor = page.nextCursor
  }
}
/** Another machine, empty, with a copy of the first one's key file. */
async function elsewhere(): Promise<{ data: TestDatabase; config: Config }> {
  const data = await testDatabase()
  const config = readConfig(settingsFor(data, mkdtempSync(join(folder, 'elsewhere-'))))
  copyFileSync(on.config.keyFile, config.keyFile)
  return { data, config }
}
const quiet = { replace: false, said() {} }

test('a backup is refused over what is there, damaged, of a newer program, without its key, and beside a Lagerbro that runs', async () => {
  const { data, config } = restored
  const said: string[] = []
  await restoreBackup(config, backup, { replace: false, said: (words) => said.push(words) })
  expect(said.join('\n')).toContain('Ull & Lin')
  await expect(restoreBackup(config, backup, quiet)).rejects.toThrow('holds 1 company already')
  await restoreBackup(config, backup, { ...quiet, replace: true })
  const bytes = readFileSync(backup)
  const damaged = join(folder, 'damaged')
  writeFileSync(damaged, bytes.subarray(0, bytes.length - 100))
  await expect(restoreBackup(config, damaged, { ...quiet, replace: true })).rejects.toThrow('is damaged')
  writeFileSync(damaged, 'anything')
  await expect(restoreBackup(config, damaged, { ...quiet, replace: true })).rejects.toThrow('is damaged')
  const other = { ...config, keyFile: join(folder, 'nobodys-key') }
  await expect(restoreBackup(other, backup, { ...quiet, replace: true })).rejects.toThrow(/sealed with key [0-9a-f]{8}, which the key file/)
  await data.db.outsideWall((q) => q.rows(sql`select 1`))
  await expect(restoreBackup(config, backup, { ...quiet, replace: true })).rejects.toThrow('Stop every Lagerbro first')
  expect(await data.owner.one(sql`select count(*)::int as n from company`)).toEqual({ n: 1 })
  // T2: neither the key nor anything it opens.
  const text = gunzipSync(bytes).toString()
  expect(text).not.toContain(readFileSync(on.config.keyFile, 'utf8').trim())
})

test('R35: everything that was answered before the backup began is in it, and readers are told to begin anew', async () => {
  const { data, config } = restored
  const product = await startProduct(config, { log: silentLog, role: 'web' })
  const refs = new Set((await data.owner.rows<{ ref: string }>(sql`select ref from document where type = 'sale'`)).map((row) => row.ref))
  expect([...sure].filter((ref) => !refs.has(ref))).toEqual([])
  expect([...refs].filter((ref) => !answered.has(ref)).length).toBeLessThanOrEqual(4)
  const { id: companyId } = await data.owner.one<{ id: number }>(sql`select id from company`)
  expect((await data.db.inCompany(companyId, verifyLedger)).faults).toEqual([])

  const again = askProduct(product.address, key).api
  expect((await again('articles.show', { params: { articleId } })).name).toBe('Tröja "M" \\ (1, ÅÄÖ)')
  const picture = await fetch(`${product.address}/v1/images/${imageId}`, { headers: { authorization: `Bearer ${key}` } })
  expect(Buffer.from(await picture.arrayBuffer()).equals(LARGE)).toBe(true)
  const reads = askProduct(product.address, reader).api
  // The reader's old cursor means nothing any more; from the start everything comes again, newer than all it had.
  await expect(reads('views.changes', { params: { viewId: view.viewId }, query: { after: view.cursor } })).rejects.toThrow('epoch-changed')
  const anew = await readAll(reads, view.viewId, null)
  expect([...anew.versions.keys()].sort()).toEqual([...view.versions.keys()].sort())
  expect([...anew.versions].filter(([what, version]) => version <= (view.versions.get(what) ?? 0))).toEqual([])
  // What is made now gets ids that were never given out.
  expect((await again('articles.make', { body: { number: 'NY', name: 'Ny' } })).id).toBeGreaterThan(1_000_000)

  // R36: the till says that it has sent again, and nobody else is waited for.
  expect(await again('restore.show')).toMatchObject({ restored: { keys: [{ name: 'Kassa 1', resentAt: null }] } })
  for (const ref of answered) await again('sales.register', { body: { ref, locationId, lines: [{ articleId, quantity: 1 }] } })
  expect(await data.owner.one(sql`select on_hand from level where article_id = ${articleId}`)).toEqual({ on_hand: 1000 - answered.size })
  expect(await again('restore.nothing-missing', { body: {} })).toEqual({ restored: null })
  await product.close()
})

test('R35: a database that is older than its witness begins a new epoch, and one that only starts again does not', async () => {
  const { data, config } = restored
  const epochAfter = async () => {
    const product = await startProduct(config, { log: silentLog, role: 'web' })
    await product.close()
    return (await data.owner.one<{ epoch: number }>(sql`select epoch from installation`)).epoch
  }
  const first = await epochAfter()
  expect(await epochAfter()).toBe(first)
  // As after a copied folder: it beats where it had beaten long ago.
  await data.owner.run(sql`update installation set beat = 0`)
  expect(await epochAfter()).toBe(first + 1)
})

test('one company is taken into an installation that has its own, and what points at people points at the same people', async () => {
  const { file } = await exportCompany(on.config, 1, folder)
  const { data, config } = await elsewhere()
  const product = await startProduct(config, { log: silentLog, role: 'web' })
  const their = askProduct(product.address).api
  await their('setup.make', { body: { company: { name: 'Glas & Trä', country: 'NO' }, owner: { ...person, email: 'bo@example.com', name: 'Bo' }, location: { name: 'Lager' } } })
  await product.close()
  const id = await importCompany(config, file, { withoutSecrets: false, said() {} })
  await expect(importCompany(config, file, { withoutSecrets: false, said() {} })).rejects.toThrow('is here already')
  const again = await startProduct(config, { log: silentLog, role: 'web' })
  expect(await data.owner.rows(sql`select name from company order by id`)).toEqual([{ name: 'Glas & Trä' }, { name: 'Ull & Lin' }])
  expect((await data.db.inCompany(id, verifyLedger)).faults).toEqual([])
  const api = askProduct(again.address, key).api
  expect((await api('articles.show', { params: { articleId } })).levels[0]?.onHand).toBe(1000 - answered.size)
  const made = await data.owner.rows<{ name: string }>(sql`select p.name from membership m join person p on p.id = m.person_id where m.company_id = ${id}`)
  expect(made).toEqual([{ name: 'Anna' }])
  const by = await data.owner.rows(sql`select distinct p.name from api_key k join person p on 'person:' || p.id = k.created_by where k.company_id = ${id}`)
  expect(by).toEqual([{ name: 'Anna' }])
  await again.close()
  await data.close()
})

test('a backup is taken each night, once, and the oldest go', async () => {
  const clock = fakeClock('2026-11-02T12:00:00.000Z')
  const to = { dir: join(folder, 'nightly'), keep: 2 }
  const taken: (string | null)[] = []
  for (const hours of [0, 1, 24, 24]) {
    clock.advance(hours * 3_600_000)
    taken.push(await takeNightly(on.data.ownerAddress, to, clock))
  }
  expect(taken.map((file) => file !== null)).toEqual([true, false, true, true])
  expect(readdirSync(to.dir).sort()).toEqual(taken.slice(2).map((file) => basename(file ?? '')))
})
