/** Takes a file of articles in, and what a person says of how it is to be read. Its rows are read afterwards, in parts (read-file). */
import type { Tx } from '../../db/open.ts'
import { sameText } from '../../kit/json.ts'
import type { By } from '../by.ts'
import { ownLocation } from '../locations/change-location.ts'
import { locations } from '../locations/locations.sql.ts'
import { Refusal } from '../refusal.ts'
import { bulkForUpdate, insertBulk, saveReadAs } from './bulk.sql.ts'
import { type Field, twiceChosen } from './file/fields.ts'
import type { Webshop } from './file/headings.ts'
import { look } from './file/look.ts'
import type { FileLook, ReadAs } from './file/read-as.ts'
import { headingsKey, recalled } from './file/remembered.ts'
import { fileOf, insertFile, rememberedColumns } from './files.sql.ts'
import { dropRows } from './rows.sql.ts'

/** What a person says of how it is read; undefined = as it stands. */
type Said = { [Part in keyof ReadAs]?: ReadAs[Part] | undefined }

/** Throws {Refusal} file-*: what is no table is refused before anything is kept. */
export async function takeFile(tx: Tx, file: { bytes: Uint8Array; name: string | null }, webshops: Webshop[], by: By): Promise<number> {
  const guessed = look(file.bytes, webshops)
  const known = await rememberedColumns(tx, headingsKey(guessed.headings))
  const readAs = known === null ? guessed : look(file.bytes, webshops, { columns: usable(recalled(guessed.headings, known), webshops) })
  const { id } = await insertBulk(tx, { kind: 'import', ofId: null, fileName: file.name, readAs, change: null, locationId: await onlyLocation(tx), rows: readAs.rows }, by)
  await insertFile(tx, id, file.bytes)
  return id
}

/** A connection that was disconnected since is no column's any more. */
const usable = (columns: (Field | null)[], webshops: Webshop[]) => columns.map((field) => (isField(field, webshops) ? field : null))
const isField = (field: Field | null, webshops: Webshop[]): boolean => !field?.startsWith('webshop:') || webshops.some(({ connectionId }) => field === `webshop:${connectionId}`)

/** Where there is one store there is nothing to choose. */
async function onlyLocation(tx: Tx): Promise<number | null> {
  const own = (await locations(tx)).filter((location) => location.archivedAt === null && location.masterId === null)
  return own.length === 1 ? (own[0]?.id ?? null) : null
}

/** What isn't said stays as it is. Everything is read again. Throws {Refusal} not-found, run-over, bad-input, unknown-location, erp-is-master, file-*. */
export async function readSo(tx: Tx, id: number, said: Said & { locationId?: number | null | undefined }, webshops: Webshop[]): Promise<void> {
  const bulk = await bulkForUpdate(tx, id)
  if (bulk === null) throw new Refusal('not-found')
  if (typeof said.locationId === 'number') await ownLocation(tx, said.locationId)
  if (bulk.readAs === null || (bulk.state !== 'reading' && bulk.state !== 'ready')) throw new Refusal('run-over')
  const bytes = await fileOf(tx, id)
  if (bytes === null) throw new Refusal('run-over')
  const locationId = said.locationId === undefined ? bulk.locationId : said.locationId
  const readAs = lookAgain(bytes, bulk.readAs, said, webshops)
  if (sameText(readAs) === sameText(bulk.readAs) && locationId === bulk.locationId) return
  await dropRows(tx, id)
  await saveReadAs(tx, id, readAs, locationId)
}

/** Another encoding or separator makes other headings: what was said of the columns holds while they are the same. */
function lookAgain(bytes: Uint8Array, standing: FileLook, said: Said, webshops: Webshop[]): FileLook {
  const { encoding = standing.encoding, separator = standing.separator } = said
  const raw = { encoding, separator, ...(said.decimal === undefined ? {} : { decimal: said.decimal }) }
  const anew = look(bytes, webshops, raw)
  const same = sameText(anew.headings) === sameText(standing.headings)
  const columns = said.columns ?? (same ? standing.columns : anew.columns)
  if (columns.length !== anew.headings.length) throw new Refusal('bad-input', { field: 'columns', reason: 'wrong-form' })
  if (!columns.every((field) => isField(field, webshops))) throw new Refusal('not-found')
  if (twiceChosen(columns) !== null) throw new Refusal('bad-input', { field: 'columns', reason: 'twice' })
  const decimal = said.decimal === undefined && same && said.columns === undefined ? { decimal: standing.decimal } : {}
  return look(bytes, webshops, { ...raw, ...decimal, columns })
}
