/** Bulk changes over HTTP. */
import { type BulkChangeRow, bulkById, bulkPage, undoOf } from '../../core/bulk/bulk.sql.ts'
import { cancelBulk, startBulk, undoBulk } from '../../core/bulk/change-bulk.ts'
import type { Field } from '../../core/bulk/file/fields.ts'
import type { Webshop } from '../../core/bulk/file/headings.ts'
import { makeEdit } from '../../core/bulk/make-edit.ts'
import { readSo, takeFile } from '../../core/bulk/take-file.ts'
import { type Tallies, talliesOf } from '../../core/bulk/tallies.sql.ts'
import { livingListeners } from '../../core/listeners/listeners.sql.ts'
import { Refusal } from '../../core/refusal.ts'
import { asksTwice } from '../../core/runs/flags.ts'
import { paceOf } from '../../core/runs/pace.ts'
import type { Tx } from '../../db/open.ts'
import { mayDo } from '../auth.ts'
import type { Answered, Asked } from '../contract/routes.ts'
import { cursorOf, idAfter, pageOf } from '../cursors.ts'
import type { WebDeps } from '../deps.ts'
import { type Ask, found, type Handlers, inCompany } from '../handlers.ts'
import { namedActors } from './actors.ts'
import { articlePage } from './articles.sql.ts'
import { ourArticles } from './boxes.ts'
import { bulkRowPage } from './bulk.sql.ts'
import { roleOf, thisWebshop } from './connection-page.ts'

type Shown = Answered<'bulk.show'>
/** More than any shop of ours has; beyond it a filter is to be narrowed. */
const MOST_EDITED = 50_000

export const bulk: Pick<Handlers, Extract<keyof Handlers, `bulk.${string}`>> = {
  'bulk.list': inCompany(async (tx, { query, by }) => {
    const rows = await bulkPage(tx, { kind: query.kind ?? null, beforeId: idAfter(query.cursor), limit: query.limit + 1 })
    const shown = new Map<number, Shown>()
    for (const row of rows.slice(0, query.limit)) shown.set(row.id, await whole(tx, row, by.now))
    return pageOf(
      rows,
      query.limit,
      (row) => cursorOf(row.id),
      (row) => found(shown.get(row.id)),
    )
  }),
  'bulk.show': inCompany((tx, { params, by }) => show(tx, params.bulkId, by.now)),
  'bulk.rows': inCompany(async (tx, { params, query }) => {
    found(await bulkById(tx, params.bulkId))
    const { verdict = null, flag = null, flagged = null, state = null, code = null, cursor, limit } = query
    const rows = await bulkRowPage(tx, { bulkId: params.bulkId, verdict, flag, flagged, state, code, after: idAfter(cursor), limit: limit + 1 })
    return pageOf(
      rows,
      limit,
      (row) => cursorOf(row.n),
      (row) => row,
    )
  }),
  'bulk.edit': inCompany(async (tx, { body, by, deps }) => {
    if (body.change.boxed !== undefined) await thisWebshop(tx, deps.sync, body.change.boxed.connectionId)
    const id = await makeEdit(tx, await chosen(tx, body, by.now), body.change, by)
    return show(tx, id, by.now)
  }),
  'bulk.file': inCompany(async (tx, { query, body, by, deps }) => {
    const id = await takeFile(tx, { bytes: body, name: query.name ?? null }, await webshops(tx, deps), by)
    return show(tx, id, by.now)
  }),
  'bulk.columns': inCompany(async (tx, { params, body, by, deps }) => {
    await readSo(tx, params.bulkId, { ...body, columns: body.columns as (Field | null)[] | undefined }, await webshops(tx, deps))
    return show(tx, params.bulkId, by.now)
  }),
  'bulk.start': inCompany(async (tx, ask) => {
    const { params, by } = ask
    await mayChangeSo(tx, params.bulkId, ask)
    await startBulk(tx, params.bulkId, by)
    return show(tx, params.bulkId, by.now)
  }),
  'bulk.cancel': inCompany(async (tx, { params, by }) => {
    await cancelBulk(tx, params.bulkId, by)
    return show(tx, params.bulkId, by.now)
  }),
  'bulk.undo': inCompany(async (tx, { params, by }) => {
    const { id, repeated } = await undoBulk(tx, params.bulkId, by)
    return { ...(await show(tx, id, by.now)), repeated }
  }),
}

/** Those that have a box to tick: an ERP has none. */
const webshops = async (tx: Tx, deps: WebDeps): Promise<Webshop[]> =>
  (await livingListeners(tx)).flatMap(({ id, name, code }) => (roleOf(deps.sync.connectors[code]) === 'webshop' ? [{ connectionId: id, name }] : []))

/** The articles named, all of the list with that filter, or those of the one that are in the other. */
async function chosen(tx: Tx, { articleIds, filter }: Asked<'bulk.edit', 'body'>, now: Date): Promise<number[]> {
  if (articleIds === undefined && filter === undefined) throw new Refusal('bad-input', { field: 'articleIds', reason: 'missing' })
  const ids = articleIds === undefined ? null : await ourArticles(tx, articleIds)
  if (ids !== null && filter === undefined) return ids
  const { q = null, connectionId = null, state = null, stock = null, archived = false } = filter ?? {}
  if (state !== null && connectionId === null) throw new Refusal('bad-input', { field: 'filter.connectionId', reason: 'missing' })
  const asked = { q, ids, connectionId, state, stock, archived, productId: null, changedAfter: null, afterNumber: null, limit: MOST_EDITED }
  return (await articlePage(tx, asked, now)).map((row) => row.id)
}

/** Stock and boxes have rights of their own. */
async function mayChangeSo(tx: Tx, id: number, { caller, by }: Ask<'bulk.start'>): Promise<void> {
  const { marks } = await standing(tx, found(await bulkById(tx, id)))
  const fields = new Set(marks.flatMap(({ kind, code }) => (kind === 'field' ? [code] : [])))
  const scopes = [...(fields.has('onHand') ? (['stock:write'] as const) : []), ...(fields.has('boxed') ? (['connections:write'] as const) : [])]
  for (const scope of scopes) await mayDo(tx, found(caller), { auth: 'session-or-key', scope }, by)
}

const show = async (tx: Tx, id: number, now: Date): Promise<Shown> => whole(tx, found(await bulkById(tx, id)), now)

/** Counted anew only while its rows move. */
const standing = async (tx: Tx, row: BulkChangeRow): Promise<Tallies> =>
  row.tallies !== null && (row.state === 'ready' || row.state === 'done' || row.state === 'cancelled') ? row.tallies : await talliesOf(tx, row.id)

async function whole(tx: Tx, row: BulkChangeRow, now: Date): Promise<Shown> {
  const { rows: counted, marks: tallies } = await standing(tx, row)
  const sum = (of: (c: (typeof counted)[number]) => boolean) => counted.filter(of).reduce((total, { n }) => total + n, 0)
  const by = (part: 'verdict' | 'state', word: string) => sum((c) => c[part] === word)
  const tally = (kind: string) => tallies.flatMap((t) => (t.kind === kind ? [{ code: t.code, n: t.n }] : []))
  const flagged = tallies.find(({ kind }) => kind === 'flagged')?.n ?? 0
  const actor = await namedActors(tx, [row.startedBy, ...(row.confirmedBy === null ? [] : [row.confirmedBy])])
  const over = row.state === 'done' || row.state === 'cancelled' || row.state === 'failed'
  const done = by('state', 'done')
  const toDo = sum((c) => c.verdict === 'make' || c.verdict === 'change')
  const left = sum((c) => (c.verdict === 'make' || c.verdict === 'change') && c.state === 'waiting')
  const progress = row.state === 'reading' ? { done: sum((c) => c.verdict !== null), of: row.rows ?? sum(() => true) } : { done: toDo - left, of: toDo }
  const pace = row.state !== 'working' || row.confirmedAt === null ? null : paceOf({ told: toDo - left, left, from: row.confirmedAt, now })
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    of: row.ofId,
    undoneBy: await undoOf(tx, row.id),
    canUndo: over && row.kind !== 'undo' && done > 0 && row.hasRows,
    fileName: row.fileName,
    readAs: row.readAs,
    locationId: row.locationId,
    counts: {
      rows: row.rows ?? sum(() => true),
      make: by('verdict', 'make'),
      change: by('verdict', 'change'),
      same: by('verdict', 'same'),
      fault: by('verdict', 'fault'),
      done,
      failed: by('state', 'failed'),
      kept: by('state', 'kept'),
    },
    flags: tally('flag'),
    flagged,
    asksTwice: asksTwice(flagged, toDo),
    faults: tally('fault'),
    notes: tally('note'),
    codes: tally('code'),
    fields: tally('field').map(({ code, n }) => ({ field: code, n })),
    progress,
    minutesLeft: pace === null ? null : Math.ceil(pace.leftMs / 60_000),
    code: row.code,
    startedBy: actor(row.startedBy),
    startedAt: row.startedAt,
    confirmedBy: row.confirmedBy === null ? null : actor(row.confirmedBy),
    confirmedAt: row.confirmedAt,
    endedAt: row.endedAt,
  }
}
