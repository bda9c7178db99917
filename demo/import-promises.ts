/** What is promised of a file of articles: what is wrong in it is named, the rest goes in when a person says so, and all of it can be taken back. */
import { type Api, allPages } from './ask.ts'
import type { Store } from './catalogue.ts'
import { ours } from './figures.ts'
import { Broken, holds, type Promised } from './promise.ts'

export interface ImportGround {
  api: Api
  patienceMs: number
  /** What one promise leaves for those after it. */
  file: { id: number; before: Map<string, string | number> }
}
const STORE: Store = 'Odenplan'
/** Sold between the import and its undo. */
const SOLD = '2005'
const MADE = ['05002', '5001']

/** As the Excel of a Swedish shop saves it. The rows with something wrong stand last, each with what it is. */
const HEADINGS = 'Artikelnummer;Benämning;Försäljningspris (inkl. moms);Moms;Lagersaldo'
const GOOD = [
  '00123;Cederkulor mot mal, 12 st;89,00;25 %;60',
  '2003;Kökshandduk i halvlinne;189,00;25 %;',
  '2005;Raggsockor;249,00;25 %;25',
  '5001;Ullpläd Åre;1 295,00;25 %;12',
  '05002;Sjalnål;79,00;25 %;40',
]
const WRONG: [row: string, code: string][] = [
  [';Utan nummer;49,00;25 %;3', 'number-missing'],
  ['5001;Ullpläd Åre, igen;1 295,00;25 %;12', 'number-twice'],
  ['5003;Sytråd;19,905;25 %;100', 'price-decimals'],
  ['5004;Fingerborg;39,00;17 %;8', 'vat-nobody-has'],
  ['5005;Band, metervara;25,00;25 %;7,5', 'stock-part'],
]
const windows1252 = (): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from([HEADINGS, ...GOOD, ...WRONG.map(([row]) => row), ''].join('\r\n'), 'latin1'))

export const importPromises: readonly Promised<ImportGround>[] = [
  { words: 'A file from Excel is understood as it is: Windows-1252, semicolons, decimal commas, Swedish headings', keep: isUnderstood },
  { words: 'Every row with something wrong is named with its reason, and nothing has been changed yet', keep: namesWhatIsWrong },
  { words: 'Carried out, every other row is in, and 05002 keeps its zero', keep: putsTheRestIn },
  { words: 'Undone, all is as it was: what it made is put away, and what was sold meanwhile stays sold', keep: isUndone },
]

async function isUnderstood({ api, file }: ImportGround): Promise<void> {
  file.before = await asItStands(api)
  const taken = await api('bulk.file', { query: { name: 'artiklar.csv' }, body: windows1252() })
  file.id = taken.id
  const { encoding, separator, decimal, columns } = taken.readAs ?? {}
  const read = [encoding, separator, decimal, ...(columns ?? [])].join(' ')
  if (read !== 'windows-1252 ; , number name price vat stock') throw new Broken(`it was read as ${read}`)
  await api('bulk.columns', { params: { bulkId: file.id }, body: { locationId: await storeId(api) } })
}

async function namesWhatIsWrong(ground: ImportGround): Promise<void> {
  const { api, file } = ground
  await reaches(ground, file.id, 'ready')
  const { items } = await api('bulk.rows', { params: { bulkId: file.id }, query: { verdict: 'fault' } })
  const named = items.map((row) => `row ${row.n}: ${row.faults.map((fault) => fault.code).join()}`).join('; ')
  const should = WRONG.map(([, code], at) => `row ${GOOD.length + at + 2}: ${code}`).join('; ')
  if (named !== should) throw new Broken(`it names ${named || 'nothing'}; wrong are ${should}`)
  const { counts } = await api('bulk.show', { params: { bulkId: file.id } })
  if (counts.make !== MADE.length || counts.make + counts.change !== GOOD.length) throw new Broken(`${counts.make} articles would be made and ${counts.change} changed`)
  mustBe(await asItStands(api), file.before)
}

async function putsTheRestIn(ground: ImportGround): Promise<void> {
  const { api, file } = ground
  await api('bulk.start', { params: { bulkId: file.id }, body: {} })
  await reaches(ground, file.id, 'done')
  const { counts } = await api('bulk.show', { params: { bulkId: file.id } })
  if (counts.done !== GOOD.length || counts.failed > 0) throw new Broken(`${counts.done} rows are in, ${counts.failed} failed`)
  for (const row of GOOD) {
    const [number = '', name = '', price = ''] = row.split(';')
    const article = (await api('articles.list', { query: { number } })).items[0]
    const priceMinor = Number(price.replace(/\D/g, ''))
    if (article?.number !== number || article.name !== name || article.priceMinor !== priceMinor) throw new Broken(`${number} is ${article?.name} for ${article?.priceMinor}`)
  }
}

async function isUndone(ground: ImportGround): Promise<void> {
  const { api, file } = ground
  await api('sales.register', { body: { ref: 'FIL-1', locationId: await storeId(api), lines: [{ articleNumber: SOLD, quantity: 1 }] } })
  const undo = await api('bulk.undo', { params: { bulkId: file.id }, body: {} })
  await reaches(ground, undo.id, 'ready')
  await api('bulk.start', { params: { bulkId: undo.id }, body: {} })
  await reaches(ground, undo.id, 'done')
  const sold = `${SOLD} @ ${STORE}`
  mustBe(await asItStands(api), new Map(file.before).set(sold, Number(file.before.get(sold)) - 1))
  const { items } = await api('articles.list', { query: { archived: 'true' } })
  const away = items.map((article) => article.number).toSorted()
  if (away.join() !== MADE.join()) throw new Broken(`put away are ${away.join(', ') || 'none'}`)
}

const storeId = async (api: Api): Promise<number> => (await api('locations.list')).items.find((location) => location.name === STORE)?.id ?? 0

const reaches = ({ api, patienceMs }: ImportGround, bulkId: number, wanted: 'ready' | 'done'): Promise<void> =>
  holds({ patienceMs }, async () => {
    const { state } = await api('bulk.show', { params: { bulkId } })
    return state === wanted ? null : `it is ${state}, and should be ${wanted}`
  })

/** Every article that isn't put away with its name, price and VAT, and its pieces in each store where somebody stated them. */
async function asItStands(api: Api): Promise<Map<string, string | number>> {
  const articles = await allPages((cursor) => api('articles.list', { query: cursor === null ? {} : { cursor } }))
  const levels = await ours({ api })
  return new Map<string, string | number>([
    ...articles.map(({ number, name, priceMinor, vatClass }) => [number, `${name}, ${priceMinor}, ${vatClass}`] as const),
    ...[...levels].map(([cell, { onHand }]) => [cell, onHand] as const),
  ])
}

function mustBe(is: ReadonlyMap<string, unknown>, should: ReadonlyMap<string, unknown>): void {
  const wrong = [...new Set([...is.keys(), ...should.keys()])].filter((key) => is.get(key) !== should.get(key))
  if (wrong.length > 0)
    throw new Broken(
      `${wrong.length} things differ: ${wrong
        .slice(0, 3)
        .map((key) => `${key} is ${is.get(key)}, and should be ${should.get(key)}`)
        .join('; ')}`,
    )
}
