/** Differences over HTTP: the list, how many per day, and the two things a person can decide at once. */
import { companyById } from '../../core/companies/companies.sql.ts'
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import { canCorrect, correctOurs, sendOurs } from '../../sync/differences.ts'
import type { Answered } from '../contract/routes.ts'
import { cursorOf, pageOf, rankedAfter } from '../cursors.ts'
import { found, type Handlers, inCompany } from '../handlers.ts'
import { type Actor, namedActors } from './actors.ts'
import { thisConnection } from './connection-page.ts'
import { type DifferenceShown, differenceDays, differencePage } from './differences.sql.ts'

type Shown = Answered<'differences.list'>['items'][number]
const DAYS = 30
const DAY_MS = 86_400_000

function actionsOf(row: DifferenceShown): Shown['actions'] {
  const actions: Shown['actions'] = []
  if (row.state === 'open' && row.reason !== 'number-twice') actions.push('send')
  if (row.state === 'open' && row.reason !== 'number-twice' && row.reason !== 'unseen-order') actions.push('take-over')
  if (canCorrect(row)) actions.push('correct')
  return actions
}

const shown = ({ orderId, orderName, ...row }: DifferenceShown, actor: (actor: string) => Actor): Shown => ({
  ...row,
  order: orderId === null || orderName === null ? null : { id: orderId, name: orderName },
  settledBy: row.settledBy === null ? null : actor(row.settledBy),
  actions: actionsOf({ ...row, orderId, orderName }),
})

async function thisDifference(tx: Tx, listenerId: number, id: number): Promise<Shown> {
  const row = found((await differencePage(tx, { listenerId, id, state: null, reason: null, after: null, limit: 1 }))[0])
  return shown(row, await namedActors(tx, row.settledBy === null ? [] : [row.settledBy]))
}

export const differences: Pick<Handlers, Extract<keyof Handlers, `differences.${string}`>> = {
  'differences.list': inCompany(async (tx, { params, query }) => {
    const { id } = await thisConnection(tx, params.connectionId)
    const asked = { listenerId: id, id: null, state: query.state ?? null, reason: query.reason ?? null, after: rankedAfter(query.cursor), limit: query.limit + 1 }
    const rows = await differencePage(tx, asked)
    const actor = await namedActors(
      tx,
      rows.flatMap((row) => row.settledBy ?? []),
    )
    return pageOf(
      rows,
      query.limit,
      (row) => cursorOf(row.state === 'open' ? 1 : 0, row.id),
      (row) => shown(row, actor),
    )
  }),
  'differences.days': inCompany(async (tx, { params, by }) => {
    const { id } = await thisConnection(tx, params.connectionId)
    const { timeZone } = must(await companyById(tx, tx.companyId), 'the company')
    // sv-SE writes a date as 2026-11-02.
    const dateOf = (at: Date) => new Intl.DateTimeFormat('sv-SE', { timeZone }).format(at)
    const from = new Date(Date.parse(dateOf(by.now)) - (DAYS - 1) * DAY_MS).toISOString().slice(0, 10)
    return { items: await differenceDays(tx, id, { from, today: dateOf(by.now), timeZone }) }
  }),
  'differences.send': inCompany(async (tx, { params, by }) => {
    const { id } = await thisConnection(tx, params.connectionId)
    await sendOurs(tx, id, params.differenceId, by)
    return await thisDifference(tx, id, params.differenceId)
  }),
  'differences.correct': inCompany(async (tx, { params, by }) => {
    const { id } = await thisConnection(tx, params.connectionId)
    await correctOurs(tx, id, params.differenceId, by)
    return await thisDifference(tx, id, params.differenceId)
  }),
}
