/** An opened connection: the row, its settings parsed, and the remote behind the journal. */
import { type Connector, type Remote, SettingsError, type StockManners, type Tools } from '../connectors/contract.ts'
import type { ListenerRow } from '../core/listeners/listener.ts'
import { keepForUpdate, listenerById, updateKeep } from '../core/listeners/listeners.sql.ts'
import { type Fields, openFields, sealFields } from '../core/listeners/sealed.ts'
import { must } from '../kit/assert.ts'
import { journaled } from './calls.ts'
import type { SyncDeps } from './deps.ts'
import { notePulse } from './measure.ts'

export interface Line {
  companyId: number
  listenerId: number
  connector: Connector<unknown>
  settings: unknown
  manners: StockManners
  /** Every call through it is journaled, redacted. */
  remote: Remote
  listener: ListenerRow
}

interface Opened {
  /** The row as it was last read; what the connector keeps is in it. */
  row: { latest: ListenerRow }
  sealed: string
  connector: Connector<unknown>
  settings: unknown
  manners: StockManners
  remote: Remote
}
/** A remote paces itself by what it has been told, so it lives as long as its settings do. */
const open = new WeakMap<SyncDeps['db'], Map<string, Opened>>()

/** Null when there is no such connection, it is disconnected, its settings aren't filled in, or its connector isn't in this program. Calls nobody. */
export async function openLine(deps: SyncDeps, companyId: number, listenerId: number): Promise<Line | null> {
  return lineOfRow(deps, companyId, await deps.db.inCompany(companyId, (tx) => listenerById(tx, listenerId)))
}

/** The same from a row that was just read. */
export function lineOfRow(deps: SyncDeps, companyId: number, listener: ListenerRow | null): Line | null {
  if (listener === null || listener.state === 'gone' || listener.kind !== 'connection') return null
  const connector = deps.connectors[listener.code]
  if (connector === undefined) return null
  try {
    const { settings, manners, remote } = opened(deps, companyId, listener, connector)
    return { companyId, listenerId: listener.id, connector, settings, manners, remote, listener }
  } catch (error) {
    if (error instanceof SettingsError) return null
    throw error
  }
}

function opened(deps: SyncDeps, companyId: number, listener: ListenerRow, connector: Connector<unknown>): Opened {
  const lines = open.get(deps.db) ?? new Map<string, Opened>()
  open.set(deps.db, lines)
  const name = `${companyId}:${listener.id}`
  const sealed = listener.settings.toString('base64')
  const standing = lines.get(name)
  if (standing?.sealed === sealed && standing.connector === connector) {
    standing.row.latest = listener
    return standing
  }
  const row = { latest: listener }
  const raw = openFields(deps.box, companyId, 'settings', must(listener.hookAddress, 'hook address'), listener.settings)
  const settings = connector.settings.parse(raw)
  const made = { row, sealed, connector, settings, manners: connector.manners(settings), remote: openRemote(deps, companyId, row, connector, settings, raw) }
  lines.set(name, made)
  return made
}

/** `raw` tells which texts are secret, so that the journal never holds one even where a remote echoes it. */
function openRemote(deps: SyncDeps, companyId: number, row: Opened['row'], connector: Connector<unknown>, settings: unknown, raw: Fields): Remote {
  const listenerId = row.latest.id
  const secrets = new Set(connector.settings.fields.flatMap((f) => (f.secret === true && raw[f.name] ? [raw[f.name] as string] : [])))
  return connector.open(settings, {
    http: journaled(deps, companyId, listenerId, secrets),
    clock: { now: () => deps.clock.now(), sleep: (ms) => deps.clock.sleep(ms) },
    log: deps.log.child({ company: companyId, listener: listenerId }),
    paced: (points) => notePulse(deps, companyId, { listenerId, pace: { ...points, at: deps.clock.now().toISOString() } }),
    keep: keepOf(deps, companyId, row, secrets),
  })
}

/** The connector's own small store, sealed in the listener's row. Read from the row as the line last saw it, at the start of every step: two processes share it with no question of its own. */
function keepOf(deps: SyncDeps, companyId: number, row: Opened['row'], secrets: Set<string>): Tools['keep'] {
  const values = (keep: Buffer | null): Fields => (keep === null ? {} : openFields(deps.box, companyId, 'keep', must(row.latest.hookAddress, 'hook address'), keep))
  return {
    async get(name) {
      const value = values(row.latest.keep)[name] ?? null
      if (value !== null && value.length >= 12) secrets.add(value)
      return value
    },
    async set(name, value) {
      if (value.length >= 12) secrets.add(value)
      const listenerId = row.latest.id
      const keep = await deps.db.inCompany(companyId, async (tx) => {
        const standing = must(await keepForUpdate(tx, listenerId), 'the listener')
        const sealed = sealFields(deps.box, companyId, 'keep', must(standing.hookAddress, 'hook address'), { ...values(standing.keep), [name]: value })
        await updateKeep(tx, listenerId, sealed)
        return sealed
      })
      row.latest = { ...row.latest, keep }
    },
  }
}
