/** e-conomic as master: a count there until the shop has the new number in its hands, by its own webhook; and ten thousand items read for the first time. */
import { start } from './children.ts'
import { bareHttp, bareInsert } from './floors.ts'
import { pause, ticks, until } from './load.ts'
import { type Figure, median, percentile } from './report.ts'
import { callCount, confirmFirstSync, connect, connectMaster, openStand, waiting } from './stand.ts'

/** Between two counts: both ends are idle again, and DanDomain's calls of a second are free. */
const REST_MS = 1_500
/** What e-conomic is asked for one number: documents, the number, documents. */
const READS = 3

export async function erp(scale: number): Promise<Figure[]> {
  const changes = Math.ceil(100 * scale)
  return [...(await changeToShop('toy', changes)), ...(await changeToShop('dandomain', changes)), ...(await firstSync(Math.ceil(10_000 * scale)))]
}

async function changeToShop(code: 'toy' | 'dandomain', changes: number): Promise<Figure[]> {
  const stand = await openStand(50)
  const [shop, accounts] = [await start({ run: code, places: ['Odenplan'] }), await start({ run: 'economic', places: [] })]
  try {
    const all = stand.articles.map((article) => article.number)
    await shop.ask({ kind: 'items', numbers: all, place: 'Odenplan', quantity: 1 })
    await accounts.ask({ kind: 'items', numbers: all, place: '', quantity: 1000 })
    const shopId = await connect(stand, code, shop, code === 'toy')
    await stand.call('POST', `/v1/connections/${shopId}/box`, { boxed: true, foundInShop: true })
    await confirmFirstSync(stand, shopId)
    const erpId = await connectMaster(stand, accounts)
    const { code: password } = (await stand.call('POST', `/v1/connections/${erpId}/code`, {})) as { code: string }
    const postData = `type=stockUpdate&username=shop${erpId}&password=${password}&number=[NUMBER]`
    await accounts.ask({ kind: 'webhook', type: 'Varelager opdateret', url: `${stand.product.address}/webhooks.php?`, postData })
    const seen: number[] = []
    for (let n = -3; n < changes; n++) {
      await until('all is told', async () => (await waiting(stand, shopId)) === 0, 120_000)
      await pause(REST_MS)
      const arrived = new Promise<number>((resolve) => shop.onWrite(resolve))
      const began = ticks()
      await accounts.ask({ kind: 'count', numbers: [all[(n + 3) % all.length] ?? ''], quantity: 900 - n })
      const at = await arrived
      shop.onWrite(null)
      if (n >= 0) seen.push(at - began)
    }
    const commit = median((await bareInsert(stand, 1, 200)).ms)
    const request = median((await bareHttp(1, 200, Buffer.alloc(200, 32))).ms)
    const name = `a count in e-conomic -> written in ${code === 'toy' ? 'the toy shop' : 'DanDomain'}`
    const floor = { what: `4 bare inserts + ${READS + 3} bare requests`, value: 4 * commit + (READS + 3) * request }
    return [
      { name: `${name}, p50`, value: median(seen), unit: 'ms', floor, note: `${seen.length} counts` },
      { name: `${name}, p99`, value: percentile(seen, 99), unit: 'ms' },
    ]
  } finally {
    await stand.close()
    await shop.stop()
    await accounts.stop()
  }
}

async function firstSync(items: number): Promise<Figure[]> {
  const stand = await openStand(items)
  const accounts = await start({ run: 'economic', places: [] })
  try {
    await accounts.ask({
      kind: 'items',
      numbers: stand.articles.map((article) => article.number),
      place: '',
      quantity: 7,
    })
    const before = await callCount(accounts)
    const from = ticks()
    await connectMaster(stand, accounts)
    const seconds = (ticks() - from) / 1000
    const calls = (await callCount(accounts)) - before
    const points = Number(await accounts.ask({ kind: 'budget' }))
    const request = median((await bareHttp(1, 200, Buffer.alloc(200, 32))).ms)
    const rows = await bareInsert(stand, 1, 200)
    return [
      {
        name: `${items} items of e-conomic connected and read for the first time`,
        value: seconds,
        unit: 's',
        floor: { what: 'its calls bare, and one insert for each item’s movement', value: (calls * request + (items / rows.perSecond) * 1000) / 1000 },
        note: `${calls} calls, ${points} points of the minute’s 10,000`,
      },
    ]
  } finally {
    await stand.close()
    await accounts.stop()
  }
}
