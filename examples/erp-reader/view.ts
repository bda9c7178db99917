/** The view of this folder: made once, its id and key kept in view.json for this user's eyes only. */
import { randomBytes } from 'node:crypto'
import { type Access, call } from '../../client/index.ts'
import { readJson, writeWhole } from './files.ts'

interface Kept {
  address: string
  /** Chosen before the view is made: a program that dies in between finds its view again by it. */
  name: string
  viewId: number | null
  key: string | null
  /** All products were asked for. */
  filled: boolean
}
const fileOf = (folder: string) => `${folder}/view.json`
const ONLY_ME = 0o600

/** The way to the view with the view's own key. `settings` are needed until it is made. */
export async function connect(settings: Record<string, string | undefined>, folder: string, say: (words: string) => void): Promise<{ access: Access; viewId: number }> {
  const kept = readJson<Kept>(fileOf(folder)) ?? {
    address: needed(settings, 'LAGERBRO_ADDRESS'),
    name: `ERP ${randomBytes(4).toString('hex')}`,
    viewId: null,
    key: null,
    filled: false,
  }
  if (kept.viewId === null || kept.key === null) {
    writeWhole(fileOf(folder), kept, ONLY_ME)
    Object.assign(kept, await makeView({ address: kept.address, key: needed(settings, 'LAGERBRO_KEY') }, kept.name))
    writeWhole(fileOf(folder), kept, ONLY_ME)
    say(`view ${kept.viewId} "${kept.name}" is made`)
  }
  return { access: { address: kept.address, key: String(kept.key) }, viewId: Number(kept.viewId) }
}

async function makeView(admin: Access, name: string): Promise<{ viewId: number; key: string }> {
  const { items } = await call<{ items: { id: number; name: string }[] }>(admin, 'GET', '/v1/sync-views')
  const mine = items.find((view) => view.name === name)
  if (mine !== undefined) return { viewId: mine.id, ...(await call<{ key: string }>(admin, 'POST', `/v1/sync-views/${mine.id}/keys`, { body: {} })) }
  const { id, key } = await call<{ id: number; key: string }>(admin, 'POST', '/v1/sync-views', { body: { name } })
  return { viewId: id, key }
}

/** Once per folder. Asked while one is going on it is the same run; afterwards every change comes by itself. */
export async function askForAll(access: Access, viewId: number, folder: string, say: (words: string) => void): Promise<void> {
  const kept = readJson<Kept>(fileOf(folder))
  if (kept === null || kept.filled) return
  const run = await call<{ id: number; expected: number; repeated: boolean }>(access, 'POST', `/v1/sync-views/${viewId}/resync`, { body: {} })
  writeWhole(fileOf(folder), { ...kept, filled: true }, ONLY_ME)
  say(`run ${run.id}: ${run.expected} items are asked for${run.repeated ? ' already' : ''}`)
}

function needed(settings: Record<string, string | undefined>, name: string): string {
  const value = settings[name]
  if (value === undefined || value === '') throw new Error(`${name} is missing: the address as https://lager.example.se, the key as made under Settings · API > API keys.`)
  return value
}
