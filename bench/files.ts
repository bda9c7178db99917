/** Fifty thousand articles with their stock from one file, as a Swedish Excel saves it: handed in, held beside what is here, carried out, and the preview of taking it all back. */
import { bareInsert } from './floors.ts'
import { type Hurried, openHurried } from './hurried.ts'
import { ticks } from './load.ts'
import { type Figure, median } from './report.ts'

const HEADING = 'Artikelnummer;Benämning;Försäljningspris (inkl. moms);Moms;Lagersaldo'

export async function files(scale: number): Promise<Figure[]> {
  const rows = Math.ceil(50_000 * scale)
  const stand = await openHurried('Butiken')
  try {
    const commit = median((await bareInsert(stand, 1, 200)).ms)
    const lines = Array.from({ length: rows }, (_, at) => `${String(at + 1).padStart(6, '0')};Kopp å ${at};100,00;25 %;7`)
    const body = Buffer.from(`${[HEADING, ...lines].join('\r\n')}\r\n`, 'latin1')
    let bulkId = 0
    const handedIn = await seconds(async () => {
      bulkId = (await stand.does('bulk.file', { query: { name: 'artiklar.csv' }, body, headers: { 'content-type': 'text/csv' } })).id
    })
    const read = await seconds(() => stand.chore('bulk'))
    await stand.does('bulk.start', { params: { bulkId }, body: {} })
    const done = await seconds(() => stand.chore('bulk'))
    const { counts } = await stand.does('bulk.show', { params: { bulkId } })
    if (counts.done !== rows) throw new Error(`${counts.done} articles went in, not ${rows}`)
    const undo = await undone(stand, bulkId)
    const floor = { what: 'a bare insert a row', value: (rows * commit) / 1000 }
    return [
      { name: `a file of ${rows} articles handed in, and looked at`, value: handedIn, unit: 's' },
      { name: '... held beside what is here', value: read, unit: 's', floor },
      { name: '... carried out', value: done, unit: 's', floor, note: `${Math.round(process.memoryUsage().rss / 1e6)} MB in the end` },
      { name: '... its undo previewed', value: undo, unit: 's', floor },
    ]
  } finally {
    await stand.close()
  }
}

const undone = (stand: Hurried, bulkId: number) =>
  seconds(async () => {
    await stand.does('bulk.undo', { params: { bulkId }, body: {} })
    await stand.chore('bulk')
  })

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const from = ticks()
  await work()
  return (ticks() - from) / 1000
}
