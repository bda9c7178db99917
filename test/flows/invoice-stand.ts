/** A company between e-conomic, which is master of its store, and a DanDomain shop; over HTTP and on a fake clock. */
import { type DandomainSim, startDandomain } from '../../sim/dandomain/dandomain.ts'
import { type EconomicSim, startEconomic } from '../../sim/economic/economic.ts'
import type { Connector } from '../../src/connectors/contract.ts'
import { dandomain } from '../../src/connectors/dandomain/dandomain.ts'
import { economic } from '../../src/connectors/economic/economic.ts'
import { applyWaiting } from '../../src/sync/apply.ts'
import { type Connection, openConnection } from '../../src/sync/connection.ts'
import { type Owner, openWeb, type Web } from './web.ts'

export const MINUTE_MS = 60_000
/** The one article there is, with its leading zero. */
export const NUMBER = '0571527051'

export interface InvoiceStand {
  web: Web
  owner: Owner
  /** The owner's, for what isn't JSON. */
  key: string
  erp: EconomicSim
  shop: DandomainSim
  erpId: number
  shopId: number
  before: { id: number }
  bookedBefore: number
  /** Time passes, and all that is due is done, at both ends. */
  pass(ms: number): Promise<void>
  /** Other settings of a connection than it has. */
  set(connectionId: number, settings: Record<string, string>): Promise<void>
  close(): Promise<void>
}

/** Fifty pieces in e-conomic. The shop has one order from before e-conomic was connected, with an invoice booked then. */
export async function invoiceStand(): Promise<InvoiceStand> {
  const web = await openWeb({ connectors: { economic: economic as Connector<unknown>, dandomain: dandomain as Connector<unknown> } })
  // Nobody but the pace sleeps here, and it need not be waited for.
  web.deps.clock = { now: web.clock.now, sleep: async (ms) => web.clock.advance(ms) }
  const erp = await startEconomic({ clock: web.clock })
  const shop = await startDandomain({ clock: web.clock })
  erp.office.addProducts([{ productNumber: NUMBER, name: 'Hårbørste', inStock: 50 }])
  shop.shop.addProducts([{ itemNumber: NUMBER, title: 'Hårbørste', stock: 9 }])
  const before = shop.shop.placeOrder({ lines: [{ itemNumber: NUMBER, amount: 1 }] })
  const { number: draft } = erp.office.makeInvoice({ lines: [{ productNumber: NUMBER, quantity: 1 }], other: String(before.id) })
  const { number: bookedBefore } = erp.office.book({ draft })
  web.clock.advance(2 * 86_400_000)
  const signedIn = await web.owner()
  const { key, ...byKey } = await signedIn.key()
  const owner: Owner = { ...signedIn, ...byKey, key: signedIn.key }
  await owner.does('articles.make', { body: { number: NUMBER, name: 'Hårbørste' } })
  const open = new Map<number, Connection>()

  async function pass(ms: number): Promise<void> {
    const end = web.clock.now().getTime() + ms
    for (let n = 0; n < 2000; n++) {
      let [moved, nextAt] = [false, end]
      for (const [id, connection] of open) {
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
  const set = async (connectionId: number, settings: Record<string, string>) => void (await owner.does('connections.settings', { params: { connectionId }, body: { settings } }))
  async function connect(code: string, settings: Record<string, string>): Promise<number> {
    const { id } = await owner.does('connections.make', { body: { code, name: code } })
    const params = { connectionId: id }
    await set(id, settings)
    const { health } = await owner.does('connections.check', { params, body: {} })
    await owner.does('connections.places', { params, body: { places: [{ locationId: owner.locationId, placeRef: health?.places[0]?.ref ?? '' }] } })
    await owner.does('connections.activate', { params, body: {} })
    open.set(id, openConnection(web.deps, owner.companyId, id))
    return id
  }

  const erpId = await connect('economic', { appSecretToken: erp.credentials.appSecret, agreementGrantToken: erp.credentials.grant, address: erp.address })
  await pass(2_000)
  const shopId = await connect('dandomain', { ...shop.credentials, address: shop.endpoint })
  const params = { connectionId: shopId }
  await owner.does('runs.start', { params, body: { kind: 'match' } })
  await pass(MINUTE_MS)
  await owner.does('connections.box', { params, body: { boxed: true, foundInShop: true } })
  const { id: runId } = await owner.does('runs.start', { params, body: { kind: 'first-sync' } })
  await pass(MINUTE_MS)
  await owner.does('runs.confirm', { params: { ...params, runId }, body: {} })
  await pass(MINUTE_MS)
  return {
    ...{ web, owner, erp, shop, erpId, shopId, pass, set, before, bookedBefore, key },
    async close() {
      for (const connection of open.values()) await connection.letGo()
      await Promise.all([erp.close(), shop.close()])
      await web.close()
    },
  }
}
