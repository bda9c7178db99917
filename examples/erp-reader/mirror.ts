/** A view's things as files, one each: `article/12.json`, `stock/12-3.json` (article and location). What is gone stays as its version without data. */
import type { Item, ReaderState } from '../../client/index.ts'
import { readJson, writeWhole } from './files.ts'

/** The version stands in the same file as the data: one can't be there without the other. */
interface Mirrored {
  version: number
  op: Item['op']
  data: Item['data']
}

export function openMirror(folder: string, say: (words: string) => void): ReaderState {
  const fileOf = ({ entity, id, locationId }: Item) => `${folder}/${entity}/${locationId === null ? id : `${id}-${locationId}`}.json`
  const before = (item: Item) => readJson<Mirrored>(fileOf(item))
  const cursorFile = `${folder}/cursor.json`
  return {
    cursor: async () => readJson<{ cursor: string | null }>(cursorFile)?.cursor ?? null,
    saveCursor: async (cursor) => writeWhole(cursorFile, { cursor }),
    version: async (item) => before(item)?.version ?? null,
    async apply(item) {
      const was = before(item)?.data ?? null
      const { version, op, data } = item
      writeWhole(fileOf(item), { version, op, data } satisfies Mirrored)
      say(lineOf(item, was))
      return null
    },
  }
}

/** As `~ stock 1001-M at 2: available 5 -> 4`. */
function lineOf(item: Item, was: Item['data']): string {
  const now = item.data
  const named = (now ?? was ?? {}) as { number?: string; name?: string }
  const what = `${item.entity} ${named.number ?? named.name ?? item.id}${item.locationId === null ? '' : ` at ${item.locationId}`}`
  if (now === null) return `- ${what} (${item.op})`
  if (was === null) return `+ ${what}`
  const old = was as unknown as Record<string, unknown>
  const changed = Object.entries(now).filter(([field, value]) => JSON.stringify(value) !== JSON.stringify(old[field]))
  return `~ ${what}${changed.length === 0 ? '' : `: ${changed.map(([field, value]) => `${field} ${JSON.stringify(old[field])} -> ${JSON.stringify(value)}`).join(', ')}`}`
}
