/** An ERP's calls to /webhooks.php: how many a second are stored and answered, that each is a row of the log, and that however many name a number it is read once and told once. */
import { type Child, start } from './children.ts'
import { bareHttp, bareInsert } from './floors.ts'
import { drive, ticks, until } from './load.ts'
import { type Figure, median } from './report.ts'
import { callCount, confirmFirstSync, connect, connectMaster, openStand, type Stand, waiting } from './stand.ts'

const CLIENTS = 64
/** Calls for each number: 100,000 for 5,000. */
const EACH = 20
const MOST_MS = 1_800_000

export async function calls(scale: number): Promise<Figure[]> {
  const numbers = Math.ceil(5_000 * scale)
  const stand = await openStand(numbers)
  const [shop, erp] = [await start({ run: 'toy', places: ['Odenplan'] }), await start({ run: 'economic', places: [] })]
  try {
    const all = stand.articles.map((article) => article.number)
    await shop.ask({ kind: 'items', numbers: all, place: 'Odenplan', quantity: 1 })
    await erp.ask({ kind: 'items', numbers: all, place: '', quantity: 1000 })
    const shopId = await connect(stand, 'toy', shop, true)
    await stand.call('POST', `/v1/connections/${shopId}/box`, { boxed: true, foundInShop: true })
    await confirmFirstSync(stand, shopId)
    const erpId = await connectMaster(stand, erp)
    const { code } = (await stand.call('POST', `/v1/connections/${erpId}/code`, {})) as { code: string }
    const call = (n: number) => `type=stockUpdate&username=shop${erpId}&password=${code}&number=${all[(n * 7919) % numbers]}`
    return await measured({ stand, shop, erp, shopId, erpId, numbers, all, call })
  } finally {
    await stand.close()
    await shop.stop()
    await erp.stop()
  }
}

interface Desk {
  stand: Stand
  shop: Child
  erp: Child
  shopId: number
  erpId: number
  numbers: number
  all: string[]
  call(n: number): string
}

async function measured(desk: Desk): Promise<Figure[]> {
  const { stand, erp, numbers, all, call } = desk
  const count = numbers * EACH
  const send = () =>
    drive(CLIENTS, count, async (n) => {
      const { status, body } = await stand.web.send('POST', '/webhooks.php?', { 'content-type': 'application/x-www-form-urlencoded' }, call(n))
      if (status !== 200 || body !== 'Success') throw new Error(`a call was answered ${status} ${body}`)
    })
  // Taken in alone: nobody works them off.
  await quiet(desk)
  await erp.ask({ kind: 'count', numbers: all, quantity: 900 })
  await stand.restart('web')
  const intake = await send()
  const rows = await logged(desk)
  const size = Buffer.byteLength(call(0))
  const http = await bareHttp(CLIENTS, Math.min(count, 20_000), Buffer.alloc(size, 32))
  const inserts = await bareInsert(stand, 10, Math.min(count, 20_000), size)
  // Worked off alone: one drain.
  const before = await requests(desk)
  const from = ticks()
  await stand.restart('all')
  await quiet(desk)
  const drained = (ticks() - from) / 1000
  const spent = (await requests(desk)) - before
  // Both at once.
  await erp.ask({ kind: 'count', numbers: all, quantity: 800 })
  const beforeBoth = await requests(desk)
  const together = await send()
  await quiet(desk)
  const spentBoth = (await requests(desk)) - beforeBoth
  const request = median((await bareHttp(1, 200, Buffer.alloc(200, 32))).ms)
  return [
    {
      name: `calls to /webhooks.php alone, ${count} for ${numbers} numbers, ${CLIENTS} connections`,
      value: intake.perSecond,
      unit: '/s',
      floor: { what: 'a bare server that says 200', value: http.perSecond },
      note: `p50 ${median(intake.ms).toFixed(1)} ms each`,
    },
    { name: 'the same', value: intake.perSecond, unit: '/s', floor: { what: 'a bare insert of the body, 10 connections', value: inserts.perSecond } },
    { name: 'accepted and not in the log', value: count - rows, unit: 'calls', aim: { atMost: 0 }, note: `${rows} rows` },
    {
      name: 'reads and writes of one drain, every number another',
      value: spent,
      unit: 'requests',
      floor: { what: 'one write a number', value: numbers },
      aim: { atMost: 2 * numbers },
    },
    {
      name: `${numbers} numbers that were called for, read and told`,
      value: drained,
      unit: 's',
      floor: { what: 'as many bare requests', value: (spent * request) / 1000 },
      note: 'with the process’s own start',
    },
    { name: 'calls while the same process works them off', value: together.perSecond, unit: '/s', floor: { what: 'alone', value: intake.perSecond } },
    { name: 'reads and writes then, over all drains', value: spentBoth, unit: 'requests', floor: { what: 'one write a number', value: numbers } },
  ]
}

/** Nothing is called for and not looked at, nothing waits to be told. */
async function quiet({ stand, shopId, erpId }: Desk): Promise<void> {
  const open = async () => Number((await stand.superuser.query("select count(*) as n from called where listener_id = $1 and result = 'waiting'", [erpId])).rows[0].n)
  await until('every call is worked off', async () => (await open()) === 0 && (await waiting(stand, shopId)) === 0, MOST_MS, 100)
}
const logged = async ({ stand, erpId }: Desk): Promise<number> =>
  Number((await stand.superuser.query('select count(*) as n from called where listener_id = $1', [erpId])).rows[0].n)
const requests = async ({ shop, erp }: Desk): Promise<number> => (await callCount(shop)) + (await callCount(erp))
