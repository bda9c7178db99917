/** A company whose store e-conomic is master of, with a webshop beside it that is told the numbers; over HTTP and on a fake clock. */
import { type EconomicOptions, type EconomicSim, startEconomic } from '../../sim/economic/economic.ts'
import { startToy, type ToySim } from '../../sim/toy/toy.ts'
import type { Connector } from '../../src/connectors/contract.ts'
import { economic } from '../../src/connectors/economic/economic.ts'
import { toy } from '../../src/connectors/toy/toy.ts'
import { sql } from '../../src/db/sql.ts'
import { applyWaiting } from '../../src/sync/apply.ts'
import { type Connection, openConnection } from '../../src/sync/connection.ts'
import { type Owner, openWeb, type Web } from './web.ts'

export const MINUTE_MS = 60_000
/** The one article there is where nobody says otherwise, with its leading zero. */
export const NUMBER = '0571'

export interface EconomicStand {
  owner: Owner
  erp: EconomicSim
  shop: ToySim
  web: Web
  /** The ERP's connection. */
  at: { connectionId: number }
  /** By number. */
  ids: Record<string, number>
  /** Time passes, and all that is due is done, at both ends. */
  pass(ms: number): Promise<void>
  /** The next hour and minute of that kind by UTC; nobody works until then. */
  until(time: string): Promise<void>
  /** A call of a webhook that a superuser made; its status. */
  hook(body: string): Promise<number>
  /** The shop's number once a call for the article has been followed, and everything that comes of it. */
  afterHook(): Promise<number | null>
  close(): Promise<void>
}

/** Five and a half pieces of each in e-conomic. */
export async function economicStand(options: EconomicOptions & { numbers?: string[] } = {}, settings: Record<string, string> = {}): Promise<EconomicStand> {
  const web = await openWeb({ connectors: { economic: economic as Connector<unknown>, toy: toy as Connector<unknown> } })
  // Nobody but the pace sleeps here, and it need not be waited for.
  web.deps.clock = { now: web.clock.now, sleep: async (ms) => web.clock.advance(ms) }
  const erp = await startEconomic({ clock: web.clock, ...options })
  const shop = await startToy({ now: () => web.clock.now() })
  const numbers = options.numbers ?? [NUMBER]
  erp.office.addProducts(numbers.map((productNumber) => ({ productNumber, name: 'Krus', inStock: 5.5 })))
  erp.office.addCustomer({ name: 'Webshop', customerNumber: 1000 })
  for (const number of numbers) shop.addItem({ number, stock: 0 })
  const signedIn = await web.owner()
  const owner: Owner = { ...signedIn, ...(await signedIn.key()), key: signedIn.key }
  const ids: Record<string, number> = {}
  const { lines: made } = await owner.does('articles.make-many', { body: { articles: numbers.map((number) => ({ number, name: 'Krus' })) } })
  for (const line of made) if (line.outcome === 'done') ids[line.answer.number] = line.answer.id
  const open: { id: number; connection: Connection }[] = []

  async function pass(ms: number): Promise<void> {
    const end = web.clock.now().getTime() + ms
    for (let n = 0; n < 2000; n++) {
      let [moved, nextAt] = [false, end]
      for (const { id, connection } of open) {
        const { applied } = await applyWaiting(web.deps, owner.companyId, id)
        const step = await connection.step()
        moved ||= step.did || applied > 0
        nextAt = Math.min(nextAt, step.nextAt?.getTime() ?? end)
      }
      if (moved) continue
      const now = web.clock.now().getTime()
      if (now >= end) return
      web.clock.advance(Math.min(end, Math.max(now + 1, nextAt)) - now)
    }
    throw new Error('it never came to rest')
  }
  async function connect(code: string, values: Record<string, string>): Promise<{ connectionId: number }> {
    const { id } = await owner.does('connections.make', { body: { code, name: code } })
    const params = { connectionId: id }
    await owner.does('connections.settings', { params, body: { settings: values } })
    const { health } = await owner.does('connections.check', { params, body: {} })
    await owner.does('connections.places', { params, body: { places: [{ locationId: owner.locationId, placeRef: health?.places[0]?.ref ?? '' }] } })
    await owner.does('connections.activate', { params, body: {} })
    open.push({ id, connection: openConnection(web.deps, owner.companyId, id) })
    return params
  }
  async function hook(body: string): Promise<number> {
    const row = await web.data.owner.one<{ address: string }>(sql`select hook_address as address from listener where company_id = ${owner.companyId} and code = 'economic'`)
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    return (await web.app.inject({ method: 'POST', url: `/hooks/${row.address}`, headers, payload: body })).statusCode
  }

  const { appSecret, grant } = erp.credentials
  const master = await connect('economic', { appSecretToken: appSecret, agreementGrantToken: grant, address: erp.address, ...settings })
  await pass(2_000)
  const at = await connect('toy', shop.settings())
  await owner.does('runs.start', { params: at, body: { kind: 'match' } })
  await pass(2_000)
  await owner.does('connections.box', { params: at, body: { boxed: true, foundInShop: true } })
  const { id: runId } = await owner.does('runs.start', { params: at, body: { kind: 'first-sync' } })
  await pass(20_000)
  await owner.does('runs.confirm', { params: { ...at, runId }, body: {} })
  await pass(20_000)
  return {
    owner,
    erp,
    shop,
    web,
    at: master,
    ids,
    pass,
    async until(time) {
      const now = web.clock.now()
      const then = Date.parse(`${now.toISOString().slice(0, 10)}T${time}:00.000Z`)
      web.clock.advance(then - now.getTime() + (then > now.getTime() ? 0 : 24 * 60 * MINUTE_MS))
      await pass(2 * MINUTE_MS)
    },
    hook,
    async afterHook() {
      await hook(`type=stockUpdate&username=shop1&password=x&number=${NUMBER}`)
      await pass(MINUTE_MS)
      return shop.value(NUMBER)
    },
    async close() {
      for (const { connection } of open) await connection.letGo()
      await Promise.all([erp.close(), shop.close()])
      await web.close()
    },
  }
}
