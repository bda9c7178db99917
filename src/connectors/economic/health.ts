/** What check() tells: which agreement this is, whether it keeps stock and who keeps it, and what orders need there. */
import type { z } from 'zod'
import { type Health, RemoteError } from '../contract.ts'
import { layout, pageOf, product, self, terms } from './answers.ts'
import type { Client } from './client.ts'
import { listPath } from './filters.ts'
import { PLACE } from './refs.ts'
import { countsFrom, type EconomicSettings } from './settings.ts'

/** What the module is called depends on the agreement's language. */
const STOCK_MODULE = /lager|inventory|stock/i
const RACKBEAT = /rackbeat/i
/** So many products are looked at for stock, where no module is named as we know it. */
const LOOKED_AT = 100

export async function check(client: Client, settings: EconomicSettings): Promise<Health> {
  const about = await client.get(self, '/self', 'live')
  if (about === null) throw new RemoteError('denied', 'economic-address-wrong', 'e-conomic has no /self', { executed: 'no' })
  const modules = (about.modules ?? []).flatMap(({ name }) => (name === null ? [] : [name]))
  const rackbeat = settings.rackbeat || modules.some((name) => RACKBEAT.test(name))
  const keepsStock = modules.some((name) => STOCK_MODULE.test(name)) || (await anyStock(client))
  const name = about.company?.name ?? `Aftale ${about.agreementNumber}`
  const wantsStock = settings.stock !== 'no'
  return {
    account: { ref: String(about.agreementNumber), name, address: settings.origin, currency: about.settings?.baseCurrency ?? null },
    places: [{ ref: PLACE, name, active: true, unusable: null }],
    rights: [
      { feature: 'agreement', scope: 'X-AgreementGrantToken', granted: true, needed: true },
      { feature: 'stock', scope: rackbeat ? 'Lager (Rackbeat)' : 'Lager', granted: keepsStock && !rackbeat, needed: wantsStock && !rackbeat, stops: ['articles'] },
      ...(settings.orders === 'none' ? [] : await orderRights(client)),
    ],
    version: { asked: 'rest', answered: null, deprecated: null },
    learned: {
      ...(modules.length === 0 ? {} : { modules: modules.join(', ').slice(0, 200) }),
      rackbeat: rackbeat ? 'yes' : 'no',
      'keeps-stock': keepsStock ? 'yes' : 'no',
      'erp-number': settings.number,
      'erp-counts': countsFrom(settings),
    },
  }
}

async function anyStock(client: Client): Promise<boolean> {
  const shown = await client.get(pageOf(product), listPath('products', { size: LOOKED_AT }), 'live')
  return (shown?.collection ?? []).some((each) => each.inventory && each.productGroup?.inventoryEnabled === true)
}

/** A document can't be made without a layout and terms. */
async function orderRights(client: Client): Promise<Health['rights']> {
  const there = async (shape: z.ZodType<unknown>, collection: string) => ((await client.get(pageOf(shape), listPath(collection, { size: 1 }), 'live'))?.collection.length ?? 0) > 0
  return [
    { feature: 'orders', scope: 'Layouts', granted: await there(layout, 'layouts'), needed: true, stops: [] },
    { feature: 'orders', scope: 'Betalingsbetingelser', granted: await there(terms, 'payment-terms'), needed: true, stops: [] },
  ]
}
