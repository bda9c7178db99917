/** Opens the database and hands out transactions. One company per transaction: the wall is set before the first statement. */
import pg from 'pg'
import { assert, must } from '../kit/assert.ts'
import type { Log } from '../kit/log.ts'
import { openCourtesy, type Size } from './courtesy.ts'
import type { Sql } from './sql.ts'

// Our ids and counts are bigint in the database and safe integers here; quantities beyond 2^53 are refused long before.
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const n = Number(text)
  assert(Number.isSafeInteger(n), `integer ${text} fits`)
  return n
})

/** Anything statements can be asked of. */
export interface Queryable {
  /** All rows. */
  rows<T extends object>(statement: Sql): Promise<T[]>
  /** The row, or null. More than one is our bug. */
  maybe<T extends object>(statement: Sql): Promise<T | null>
  /** The row, which must be there. */
  one<T extends object>(statement: Sql): Promise<T>
  /** How many rows were touched. */
  run(statement: Sql): Promise<number>
}

/** A transaction inside one company's wall. Commands take it first; they never begin, commit or call the network. */
export interface Tx extends Queryable {
  readonly companyId: number
  /** "This listener has something to hear or to apply": rung once after the commit, never after a rollback. */
  ring(listenerId: number): void
  /** "What this listener's page shows is another": said after the commit to whoever watches. Nobody works because of it. */
  show(listenerId: number): void
  /** Between two parts of work on a great many rows: what others have in hand goes first, for a moment (db/courtesy.ts). */
  giveWay(): Promise<void>
}

/** Wakes whoever works for a listener, in this process and in others (db/bell.ts). */
export interface Bell {
  ring(companyId: number, listenerId: number): void
  show(companyId: number, listenerId: number): void
}
/** For whoever watches a page (web/live.ts). */
export interface Ears {
  /** Calls back for every ring and every show, of every process. Returns the way to stop. */
  onShow(callback: (companyId: number, listenerId: number) => void): () => void
  /** False while other processes can't be heard. */
  alive(): boolean
}
export const noBell: Bell & Ears = { ring() {}, show() {}, onShow: () => () => {}, alive: () => true }

export interface Db {
  /** One transaction that sees one company's rows only. `size` 'big' = about hundreds of rows: it takes turns with other big ones and lets small ones go first (S12). */
  inCompany<T>(companyId: number, work: (tx: Tx) => Promise<T>, size?: Size): Promise<T>
  /** One transaction over the few tables outside the wall (sign-in, key look-up, hook addresses, turns). */
  outsideWall<T>(work: (q: Queryable) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** How to reach a database: what pg.Pool takes, and the role to step down to when the login isn't the app's own. */
export interface DbAddress {
  config: pg.PoolConfig
  setRole: string | null
}

/** Connections that are always there for sign-in, keys and turns. */
const KEPT_FREE = 2

export function openDb(address: DbAddress, log: Log, bell: Bell = noBell, size = 10): Db {
  // Kept for good: a fresh connection plans everything anew, and the first sale after a quiet minute would wait for it.
  const pool = new pg.Pool({ ...address.config, max: size, allowExitOnIdle: false, idleTimeoutMillis: 0 })
  pool.on('error', (error) => log.warn({ code: (error as { code?: string }).code ?? 'unknown' }, 'an idle database connection broke'))
  // What ends between two statements is told by the next one; unheard, it would end the process.
  pool.on('connect', (client) => client.on('error', () => {}))
  const courtesy = openCourtesy(Math.max(1, size - KEPT_FREE))
  const role = address.setRole
  const prepared = new WeakSet<pg.PoolClient>()

  async function transaction<T>(companyId: number | null, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await pool.connect()
    let broken = false
    try {
      if (role !== null && !prepared.has(client)) {
        await client.query(`set role ${pg.escapeIdentifier(role)}`)
        prepared.add(client)
      }
      if (companyId === null) await client.query('begin')
      else {
        assert(Number.isSafeInteger(companyId), 'a company id')
        await client.query(`begin; select set_config('app.company', '${companyId}', true)`)
      }
      const result = await work(client)
      await client.query('commit')
      return result
    } catch (error) {
      await client.query('rollback').catch(() => {
        broken = true
      })
      // A newer program's migration changed what a statement prepared here gives back: this connection is no use any more.
      if ((error as { code?: string }).code === CACHED_PLAN_CHANGED) broken = true
      throw error
    } finally {
      client.release(broken)
    }
  }

  return {
    async inCompany(companyId, work, size = 'small') {
      const rung = new Set<number>()
      const shown = new Set<number>()
      const place = await courtesy.enter(companyId, size)
      const tx = (client: pg.PoolClient): Tx => ({
        companyId,
        ...queryable(client),
        ring: (listenerId) => void rung.add(listenerId),
        show: (listenerId) => void shown.add(listenerId),
        giveWay: place.giveWay,
      })
      const result = await transaction(companyId, (client) => work(tx(client))).finally(place.leave)
      for (const listenerId of rung) bell.ring(companyId, listenerId)
      for (const listenerId of shown) if (!rung.has(listenerId)) bell.show(companyId, listenerId)
      return result
    },
    outsideWall: (work) => transaction(null, (client) => work(queryable(client))),
    close: () => pool.end(),
  }
}

const CACHED_PLAN_CHANGED = '0A000'
const MOST_NAMES = 2_000
const names = new Map<string, string>()
/** Our texts are constants, a few hundred in all. Named, a connection reads and plans each only once: that was half of every short transaction. */
function named(text: string): { name?: string } {
  const known = names.get(text)
  if (known !== undefined) return { name: known }
  if (names.size >= MOST_NAMES) return {}
  const name = `s${names.size}`
  names.set(text, name)
  return { name }
}

/** From here on a statement is about many rows: what planning costs is nothing beside them, and a plan kept from when its tables were small costs seconds. */
const MANY_VALUES = 20
const LONG_TEXT = 8_000
const aboutMany = ({ values }: Sql): boolean => values.some((v) => (Array.isArray(v) && v.length > MANY_VALUES) || (typeof v === 'string' && v.length > LONG_TEXT))

/** The four questions, asked of a client or a pool. */
export function queryable(client: { query(config: pg.QueryConfig): Promise<pg.QueryResult> }): Queryable {
  const ask = (s: Sql) => client.query({ ...(aboutMany(s) ? {} : named(s.text)), text: s.text, values: s.values as unknown[] })
  const maybe = async <T extends object>(s: Sql): Promise<T | null> => {
    const { rows } = await ask(s)
    assert(rows.length <= 1, `at most one row from: ${s.text.slice(0, 80)}`)
    return (rows[0] as T | undefined) ?? null
  }
  return {
    rows: async <T extends object>(s: Sql) => (await ask(s)).rows as T[],
    maybe,
    one: async <T extends object>(s: Sql) => must(await maybe<T>(s), 'the row'),
    run: async (s) => (await ask(s)).rowCount ?? 0,
  }
}
