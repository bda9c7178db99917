/** First-time set-up with a shop that has products already, over HTTP. */
import { dropPreview, startImport, startPreview } from '../../core/imports/change-import.ts'
import type { ImportRow } from '../../core/imports/import.ts'
import { standingImport } from '../../core/imports/imports.sql.ts'
import { Refusal } from '../../core/refusal.ts'
import type { Tx } from '../../db/open.ts'
import { lineOfRow } from '../../sync/line.ts'
import type { Answered } from '../contract/routes.ts'
import { cursorOf, pageOf, rankedAfter } from '../cursors.ts'
import type { WebDeps } from '../deps.ts'
import { type Handlers, inCompany } from '../handlers.ts'
import { namedActors } from './actors.ts'
import { itemPages, thisConnection } from './connection-page.ts'
import { importCounts, importItemPage, importNotes, importTotals } from './imports.sql.ts'

type Shown = NonNullable<Answered<'imports.show'>['import']>

export const imports: Pick<Handlers, Extract<keyof Handlers, `imports.${string}`>> = {
  'imports.show': inCompany((tx, { params, deps }) => page(tx, deps, params.connectionId)),
  'imports.items': inCompany(async (tx, { params, query, deps }) => {
    const listener = await thisConnection(tx, params.connectionId)
    const row = await standingImport(tx, listener.id)
    if (row === null) return { items: [], next: null }
    const { verdict = null, code = null, cursor, limit } = query
    const rows = await importItemPage(tx, { importId: row.id, verdict, code, after: rankedAfter(cursor), limit: limit + 1 })
    const url = itemPages(deps.sync, tx.companyId, listener)
    return pageOf(
      rows,
      limit,
      (each) => cursorOf(each.n, each.position),
      ({ n: _, position: _at, ...each }) => ({ ...each, url: url(each.itemRef) }),
    )
  }),
  'imports.preview': inCompany(async (tx, { params, deps, by }) => {
    await startPreview(tx, await thisShop(tx, deps, params.connectionId), by)
    return page(tx, deps, params.connectionId)
  }),
  'imports.start': inCompany(async (tx, { params, body, deps, by }) => {
    await startImport(tx, await thisShop(tx, deps, params.connectionId), body, by)
    return page(tx, deps, params.connectionId)
  }),
  'imports.cancel': inCompany(async (tx, { params, deps, by }) => {
    await dropPreview(tx, await thisShop(tx, deps, params.connectionId), by)
    return page(tx, deps, params.connectionId)
  }),
}

/** A connection whose shop's products can be read. */
async function thisShop(tx: Tx, deps: WebDeps, connectionId: number): Promise<number> {
  const listener = await thisConnection(tx, connectionId)
  const line = lineOfRow(deps.sync, tx.companyId, listener)
  if (line === null) throw new Refusal('not-connected')
  if (line.remote.readProducts === undefined) throw new Refusal('not-ready', { missing: 'products' })
  if (listener.state !== 'active') throw new Refusal('not-ready', { missing: 'active' })
  return line.listenerId
}

async function page(tx: Tx, deps: WebDeps, connectionId: number): Promise<Answered<'imports.show'>> {
  const listener = await thisConnection(tx, connectionId)
  const row = await standingImport(tx, listener.id)
  return {
    can: lineOfRow(deps.sync, tx.companyId, listener)?.remote.readProducts !== undefined,
    import: row === null ? null : await shown(tx, row),
  }
}

async function shown(tx: Tx, row: ImportRow): Promise<Shown> {
  const totals = await importTotals(tx, row.id)
  const counts = await importCounts(tx, row.id)
  const actor = await namedActors(tx, [row.startedBy, ...(row.confirmedBy === null ? [] : [row.confirmedBy])])
  const sum = (is: (count: (typeof counts)[number]) => boolean) => counts.reduce((n, count) => n + (is(count) ? count.n : 0), 0)
  return {
    state: row.state as Shown['state'],
    products: totals.products,
    variants: totals.variants,
    progress: progressOf(row, totals),
    previewed: { link: sum((c) => c.verdict === 'link'), make: sum((c) => c.verdict === 'make'), leftOut: sum((c) => c.verdict === 'left-out') },
    became: { link: sum((c) => c.became === 'linked'), make: sum((c) => c.became === 'made'), leftOut: sum((c) => c.became === 'left-out') },
    reasons: reasonsOf(counts),
    notes: await importNotes(tx, row.id),
    images: totals.images,
    choices: row.choices,
    startedBy: actor(row.startedBy),
    startedAt: row.startedAt,
    confirmedBy: row.confirmedBy === null ? null : actor(row.confirmedBy),
    confirmedAt: row.confirmedAt,
    endedAt: row.endedAt,
  }
}

function progressOf(row: ImportRow, totals: { products: number; judged: number; done: number }): Shown['progress'] {
  if (row.state === 'reading') return { done: row.walked, of: null }
  return { done: row.state === 'judging' ? totals.judged : totals.done, of: totals.products }
}

function reasonsOf(counts: { verdict: string | null; became: string | null; code: string | null; n: number }[]): Shown['reasons'] {
  const reasons = new Map<string, number>()
  for (const { verdict, became, code, n } of counts) if (code !== null && (became ?? verdict) === 'left-out') reasons.set(code, (reasons.get(code) ?? 0) + n)
  return [...reasons].map(([code, n]) => ({ code, n })).sort((a, b) => b.n - a.n)
}
