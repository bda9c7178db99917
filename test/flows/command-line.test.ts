/** The `lagerbro` command as its operator uses it: one process after the other on one database. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sealFields } from '../../src/core/listeners/sealed.ts'
import { sql } from '../../src/db/sql.ts'
import { openKeyFile } from '../../src/kit/key-file.ts'
import { type TestDatabase, testDatabase } from '../database.ts'
import { settingsFor } from '../product.ts'

const root = join(import.meta.dirname, '..', '..')
let data: TestDatabase
let folder: string
let env: Record<string, string>
beforeAll(async () => {
  data = await testDatabase()
  folder = mkdtempSync(join(tmpdir(), 'lb-'))
  env = settingsFor(data, folder)
})
afterAll(async () => {
  await data.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Ran {
  code: number | null
  said: string
}
function start(args: string[], settings = env): { child: ChildProcess; over: Promise<Ran>; says(words: string): Promise<void> } {
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'src', 'cli.ts'), ...args], { cwd: root, env: { PATH: process.env.PATH ?? '', HOME: folder, ...settings } })
  let said = ''
  const heard = new Set<() => void>()
  for (const pipe of [child.stdout, child.stderr]) {
    pipe?.on('data', (text: Buffer) => {
      said += text
      for (const tell of heard) tell()
    })
  }
  const over = new Promise<Ran>((done) => child.once('close', (code) => done({ code, said })))
  const says = (words: string) =>
    new Promise<void>((done, fail) => {
      const look = () => said.includes(words) && done()
      heard.add(look)
      look()
      void over.then((ran) => fail(new Error(`ended ${ran.code} before it said ${words}: ${ran.said}`)))
    })
  return { child, over, says }
}
function run(args: string[], input = '', settings = env): Promise<Ran> {
  const { child, over } = start(args, settings)
  child.stdin?.end(input)
  return over
}

test('help lists the commands, and a wrong one says so', async () => {
  expect(await run(['help'])).toMatchObject({ code: 0, said: expect.stringContaining('verify-ledger') })
  expect(await run(['strat'])).toMatchObject({ code: 1, said: expect.stringContaining('There is no command "strat"') })
  expect(await run(['start'], '', { ...env, LAGERBRO_PORT: 'many' })).toMatchObject({ code: 1, said: expect.stringMatching(/^LAGERBRO_PORT is "many"; it must be a port number/) })
  const { DATABASE_URL: _, DATABASE_APP_URL: __, ...bundled } = env
  expect(await run(['worker'], '', bundled)).toMatchObject({ code: 1, said: expect.stringContaining('"worker" alone needs DATABASE_URL') })
})

test('a company, its owner and a new password are made by hand', async () => {
  expect((await run(['migrate'])).said).toContain('up to date')
  expect((await run(['create-company', 'Handel AB', 'SE', 'Odenplan'])).said).toContain('Company 1: Handel AB')
  expect(await run(['create-person', '1', 'Anna@example.com', 'Anna'], 'short\n')).toMatchObject({ code: 1, said: expect.stringContaining('password-weak') })
  expect(await run(['create-person', '1', 'Anna@example.com', 'Anna'], 'en lång lösenfras\n')).toMatchObject({ code: 0 })
  expect(await run(['create-person', '7', 'b@example.com', 'Bo'], 'en lång lösenfras\n')).toMatchObject({ code: 1, said: expect.stringContaining('no company 7') })
  expect(await run(['reset-password', 'anna@example.com'], 'en annan lösenfras\n')).toMatchObject({ code: 0 })
  expect(await run(['reset-password', 'nobody@example.com'], 'en annan lösenfras\n')).toMatchObject({ code: 1 })
})

test('L1: verify-ledger says that the ledger holds, and finds the level that does not', async () => {
  expect(await run(['verify-ledger'])).toMatchObject({ code: 0, said: expect.stringContaining('The ledger holds') })
  await data.owner.run(sql`insert into product (company_id, name, created_at) values (1, 'Tröja', '2026-11-01')`)
  await data.owner.run(
    sql`insert into article (company_id, product_id, number, name, created_at, changed_at) select 1, id, '007', 'Tröja', '2026-11-01', '2026-11-01' from product`,
  )
  await data.owner.run(
    sql`insert into level (company_id, article_id, location_id, on_hand, version, changed_at) select 1, a.id, l.id, 5, 1, '2026-11-01' from article a, location l`,
  )
  expect(await run(['verify-ledger'])).toMatchObject({ code: 1, said: expect.stringContaining('1 of 1 levels are not the sum of their movements') })
  await data.owner.run(sql`delete from level where company_id = 1`)
})

test('a port somebody has is said in words', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const ran = await run(['start'], '', { ...env, LAGERBRO_PORT: String(port) })
  expect(ran).toMatchObject({ code: 1, said: expect.stringContaining(`Port ${port} is taken, by another Lagerbro or another program.`) })
  expect(ran.said).not.toContain(' at ')
  other.close()
})

test('start answers, and a stop asked for ends it in order', async () => {
  const { child, over, says } = start(['start'])
  await says('Lagerbro: http')
  child.kill('SIGTERM')
  const { code, said } = await over
  expect(code).toBe(0)
  expect(said).toContain('Stopping')
  const lines = said.split('\n').filter((line) => line.startsWith('{'))
  expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toContain('Lagerbro is ready')
})

test('T2: the key is made 0600, exchanged by rotate-key, and a wrong one refuses to start', async () => {
  const keyFile = String(env.LAGERBRO_KEY_FILE)
  expect(statSync(keyFile).mode & 0o777).toBe(0o600)
  const before = openKeyFile(keyFile)
  const sealed = sealFields(before, 1, 'settings', 'hook-1', { token: 'hemligt' })
  await data.owner.run(
    sql`insert into listener (company_id, kind, code, name, settings, hook_address, created_at) values (1, 'connection', 'toy', 'Leksak', ${sealed}, 'hook-1', '2026-11-01')`,
  )

  expect(await run(['rotate-key'])).toMatchObject({ code: 0, said: expect.stringMatching(/Key [0-9a-f]{8} seals 1 connections now/) })
  const after = openKeyFile(keyFile)
  expect(after.keyId).not.toBe(before.keyId)
  expect(readFileSync(keyFile, 'utf8').trim().split('\n')).toHaveLength(1)
  const { settings } = await data.owner.one<{ settings: Buffer }>(sql`select settings from listener`)
  expect(JSON.parse(after.open(settings, 'company:1:settings:hook-1'))).toEqual({ token: 'hemligt' })

  const wrong = await run(['start'], '', { ...env, LAGERBRO_KEY_FILE: join(folder, 'another-key') })
  expect(wrong).toMatchObject({ code: 1, said: expect.stringContaining(`secrets in the database were sealed with key ${after.keyId}`) })
})

test('a company with all that belongs to it is made from a template, its secrets piped in; a template that is wrong says where', async () => {
  const file = join(folder, 'shop.json')
  const owner = { name: 'Bo', email: 'bo@example.com', locale: 'sv' }
  writeFileSync(file, JSON.stringify({ company: { name: 'Kund AB', country: 'DK' }, owner, locations: [{ name: 'Strøget' }], keys: [{ name: 'Kassa', scopes: ['stock:read'] }] }))
  const { code, said } = await run(['create-company', '--template', file], JSON.stringify({ owner: { password: 'en lång lösenfras' } }))
  expect(code, said).toBe(0)
  expect(JSON.parse(said)).toMatchObject({ company: { name: 'Kund AB', currency: 'DKK' }, locations: [{ name: 'Strøget' }], keys: [{ key: expect.stringMatching(/^lb_/) }] })
  writeFileSync(file, JSON.stringify({ company: { name: 'Kund AB', country: 'UK' }, locations: [{}] }))
  const wrong = await run(['create-company', '--template', file])
  expect(wrong.code).toBe(1)
  expect(wrong.said).toMatch(/nothing was made[\s\S]*company\.country[\s\S]*locations\[0\]\.name/)
})
