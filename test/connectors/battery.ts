/** One battery for every connector: it tests exactly what `carries` declares, against the connector's simulator with its faults on, in every switch position. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CHANGE_KINDS, FEEDS, type Locale, RemoteError, SettingsError, type Words } from '../../src/connectors/contract.ts'
import { articleTests } from './battery-articles.ts'
import { hookTests } from './battery-hooks.ts'
import { orderTests } from './battery-orders.ts'
import { stockTests } from './battery-stock.ts'
import { anyCall, BENCH_FAULTS, type Bench, failing, type Position, type Stand, stand, type Use, writes } from './bench.ts'

export function battery<S>(position: Position<S>): void {
  describe(position.name, () => {
    let bench: Bench<S> | null = null
    let here: Stand<S> | null = null
    beforeEach(async () => {
      bench = await position.start()
      here = stand(position, bench)
    })
    afterEach(async () => bench?.stop())
    const use: Use = () => (here ?? expect.fail('no bench')) as Stand<unknown>
    const { carries } = position.connector

    test('its switches say what they are', () => {
      expect(use().manners).toMatchObject(position.manners)
    })
    paperTests(use)
    accountTests(use)
    articleTests(use)
    if (carries.in.includes('orders')) orderTests(use)
    if (carries.hooks && carries.in.includes('orders')) hookTests(use)
    if (carries.out.includes('stock')) stockTests(use)
  })
}

/** What can be judged without calling anybody. */
function paperTests(use: Use): void {
  const LOCALES: Locale[] = ['sv', 'nb', 'da', 'en']
  const said = (words: Words) => LOCALES.every((locale) => words[locale].trim() !== '')

  test('carries only what the contract knows, and has limits', () => {
    const { connector } = use()
    for (const kind of connector.carries.out) expect(CHANGE_KINDS).toContain(kind)
    for (const feed of connector.carries.in) expect(FEEDS).toContain(feed)
    expect(connector.limits.batch).toBeGreaterThan(0)
    expect(connector.limits.look).toBeGreaterThan(0)
    expect(connector.code).toMatch(/^[a-z-]+$/)
  })
  test('speaks four languages in its settings and its guide, and the guide asks for every field', () => {
    const { connector } = use()
    for (const field of connector.settings.fields) {
      expect(said(field.label), `label of ${field.name}`).toBe(true)
      for (const option of field.options ?? []) expect(said(option.label), `${field.name} ${option.value}`).toBe(true)
    }
    for (const step of connector.guide) {
      expect(said(step.title) && said(step.words) && (step.menuPath === null || said(step.menuPath)), `step ${step.code}`).toBe(true)
      expect(step.doneWhen.length, `step ${step.code} is ticked by something`).toBeGreaterThan(0)
    }
    const asked = connector.guide.flatMap((step) => step.fields)
    expect([...new Set(asked)].toSorted()).toEqual(connector.settings.fields.map((f) => f.name).toSorted())
  })
  test('a wrong setting is refused by the name of its field', () => {
    const { connector, bench } = use()
    expect(bench.badSettings.length).toBeGreaterThan(0)
    for (const { change, field } of bench.badSettings) {
      let thrown: unknown = null
      try {
        connector.settings.parse({ ...bench.raw, ...change })
      } catch (error) {
        thrown = error
      }
      expect(thrown, `settings with ${Object.keys(change).join()} changed`).toBeInstanceOf(SettingsError)
      expect((thrown as SettingsError).field).toBe(field)
      expect((thrown as SettingsError).code).toMatch(/^[a-z-]+$/)
      for (const secret of bench.secrets) expect(String(thrown)).not.toContain(secret)
    }
  })
}

function accountTests(use: Use): void {
  test('check says who we are, and lists places and rights', async () => {
    const { bench, open } = use()
    const health = await open().check()
    expect(health.account.ref).not.toBe('')
    expect(health.account.name).not.toBe('')
    expect(health.places.find((p) => p.ref === bench.placeRef)).toMatchObject({ active: true, unusable: null })
    expect(health.rights.filter((r) => r.needed).length).toBeGreaterThan(0)
    expect(health.rights.filter((r) => r.needed && !r.granted)).toEqual([])
    for (const secret of bench.secrets) expect(JSON.stringify(health)).not.toContain(secret)
  })
  test('check says which right is missing', async (context) => {
    const { bench, open } = use()
    const scope = bench.revoke()
    if (scope === null) return context.skip('rights are all or nothing here')
    const health = await open().check()
    expect(health.rights.filter((r) => !r.granted).map((r) => r.scope)).toContain(scope)
  })
  test('a wrong key is denied', async () => {
    const here = use()
    const error = await failing(here, here.open(here.connector.settings.parse({ ...here.bench.raw, ...here.bench.wrongKey })).check())
    expect(error).toMatchObject({ kind: 'denied', executed: 'no' })
  })
  test('busy says so, for how long, and that nothing was executed', async (context) => {
    const here = use()
    const item = here.bench.addItem({ number: 'A-1', stock: 3 })
    const remote = here.open()
    const cant = here.bench.fault('busy', writes(here) ? 'write' : 'any')
    if (cant !== null) return context.skip(cant)
    const error = await failing(here, anyCall(here, remote, item, 'A-1'))
    expect(error).toMatchObject({ kind: 'busy', executed: 'no' })
    expect(error.retryAfterMs).toBeGreaterThan(0)
    expect(here.bench.value(item)).toBe(3)
  })
  test('a frozen shop and a withdrawn key are denied', async () => {
    const here = use()
    const remote = here.open()
    for (const fault of ['denied', 'frozen'] as const) {
      if (here.bench.fault(fault, 'any') !== null) continue
      expect(await failing(here, remote.check()), fault).toMatchObject({ kind: 'denied' })
    }
  })
  test('nobody at home: certainly not executed', async () => {
    const here = use()
    const item = here.bench.addItem({ number: 'A-1', stock: 3 })
    await here.bench.stop()
    const error = await failing(here, anyCall(here, here.open(), item, 'A-1'))
    expect(error.executed).toBe('no')
  })
  test('T2: nothing secret in anything that is thrown', async () => {
    const here = use()
    expect(here.bench.secrets.length).toBeGreaterThan(0)
    const item = here.bench.addItem({ number: 'A-1', stock: 3 })
    const remote = here.open()
    let thrown = 0
    for (const fault of BENCH_FAULTS) {
      if (here.bench.fault(fault, writes(here) ? 'write' : 'any') !== null) continue
      const outcome = await anyCall(here, remote, item, 'A-1').catch((error: unknown) => error)
      if (!(outcome instanceof Error)) continue
      expect(outcome).toBeInstanceOf(RemoteError)
      await failing(here, Promise.reject(outcome))
      thrown++
    }
    expect(thrown).toBeGreaterThan(0)
  })
}
