/** Uld & Linned's e-conomic: its goods and what is on the shelf, and how it is connected as the one that decides. */
import { type EconomicOptions, startEconomic } from '../sim/economic/economic.ts'
import { type Api, askSim, pressIn } from './ask.ts'
import { activate } from './connect.ts'
import { danishGoods } from './danish-goods.ts'
import type { ShopKind } from './shops.ts'

/** A webhook as its own page shows it. */
interface Pasted {
  id: number
  type: string
  name: string
  url: string
  postData: string
}
const SAVE = 'indstillinger/webhooks/gem'
/** The customer that orders from the webshop go to. */
const COLLECTIVE = 1

export const economic: ShopKind = {
  addressField: 'address',
  async start(options: EconomicOptions) {
    const sim = await startEconomic(options)
    const { appSecret, grant } = sim.credentials
    return { sim, settings: { address: sim.address, appSecretToken: appSecret, agreementGrantToken: grant } }
  },
  async fill(sim) {
    const wares = danishGoods().flatMap((each) => each.wares)
    // Accounts keep their prices without VAT.
    await askSim(
      sim,
      'office/addProducts',
      wares.map(({ number, name, price, inStock }) => ({ productNumber: number, name, salesPrice: price / 1.25, inStock })),
    )
    await askSim(sim, 'office/addCustomer', { customerNumber: COLLECTIVE, name: 'Webkunder' })
  },
  async connect(api, settings, hooks) {
    const id = await activate(api, {
      code: 'economic',
      name: 'e-conomic',
      settings: {
        ...settings,
        rackbeat: 'no',
        stock: hooks ? 'webhook' : 'yes',
        number: 'inStock',
        orders: 'draft-invoice',
        customers: 'collective',
        customerNumber: String(COLLECTIVE),
      },
      manyPlaces: false,
      places: (ours, theirs) => [{ locationId: ours[0]?.id ?? 0, placeRef: theirs[0]?.ref ?? '' }],
      hooks,
    })
    if (hooks) await pasteLines(api, id, settings.address ?? '')
    return id
  },
  /** The code stands in the data and stays; only our address may have become another. */
  async listen(api, connectionId, sim) {
    const { called } = await api('masters.show', { params: { connectionId } })
    const { webhooks } = await askSim<{ webhooks: Pasted[] }>(sim, 'state')
    for (const { id, type, name, url, postData } of webhooks)
      if (url !== called?.address) await pressIn(sim, SAVE, { id: String(id), type, navn: name, url: called?.address ?? '', data: postData })
  },
}

/** As a superuser does: the page's two strings into Indstillinger > Udvidelser > Webhooks > Nyt webhook, and then the test in the browser's address bar. */
async function pasteLines(api: Api, connectionId: number, sim: string): Promise<void> {
  const { address, lines } = await api('masters.make-code', { params: { connectionId }, body: {} })
  for (const { type, title, data } of lines) await pressIn(sim, SAVE, { type, navn: title.da, url: address ?? '', data })
  const [number] = danishGoods().flatMap((each) => each.wares.map((ware) => ware.number))
  for (const { placeholder, data } of lines.slice(0, 1)) {
    const said = await (await fetch(`${address}${data.replace(placeholder, number ?? '')}`)).text()
    if (said !== 'Success') throw new Error(`the webhook's test in the browser shows ${said}`)
  }
}
