/** One event of an article's history: what, when, who and from what, with the way to it; what it changed, and what there was after it. */
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { change, moment, momentExact } from '../format.ts'
import type { HistoryEvent } from '../queries.ts'
import { useCompany } from '../session.ts'
import { ReasonGiven } from './reason-given.tsx'

/** Heard of so much later than it happened is said. */
const LATE_MS = 60_000

export function EventWords({ event, said }: { event: HistoryEvent; said: { words: string; more: string[] } }) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const late = Date.parse(event.postedAt) - Date.parse(event.occurredAt) > LATE_MS
  return (
    <>
      <span className={event.sort === 'moved' ? 'strong' : undefined}>{said.words}</span> <Source event={event} />
      <ReasonGiven source={event.source} />
      {said.more.map((line) => (
        <span key={line} className="row-sub">
          {line}
        </span>
      ))}
      <span className="row-sub">
        <time dateTime={event.occurredAt} title={momentExact(event.occurredAt, timeZone)}>
          {moment(event.occurredAt, timeZone)}
        </time>
        {late && <span className="late"> · {t(event.sort === 'told' ? 'timeline.answered' : 'timeline.late', { when: moment(event.postedAt, timeZone) })}</span>}
        {event.actor.name !== null && <> · {event.actor.name}</>}
      </span>
    </>
  )
}

/** What it came from, as a link where there is a page of it. */
function Source({ event }: { event: HistoryEvent }) {
  const { t } = useTranslation()
  const { source, order, connection, bulk, undone } = event
  if (order !== null)
    return (
      <Link to="/orders/$id" params={{ id: String(order.id) }} className="row-link">
        {order.name}
      </Link>
    )
  if (bulk !== null)
    return (
      <Link to="/articles/changes/$id" params={{ id: String(bulk.id) }} className={bulk.fileName === null ? 'link small' : 'row-link'}>
        {bulk.fileName ?? t('bulk-change.one')}
      </Link>
    )
  // A document typed in here has a number nobody knows.
  const named = typeof source.ref === 'string' && !source.ref.startsWith('LB') ? source.ref : null
  if (typeof source.document === 'number')
    return (
      <Link to="/documents/$id" params={{ id: String(source.document) }} className={named === null ? 'link small' : 'row-link'}>
        {named ?? t('timeline.document')}
      </Link>
    )
  const runId = undone?.runId ?? source.run
  if (connection !== null && typeof runId === 'number')
    return (
      <Link to="/webshops/$id/runs/$runId" params={{ id: String(connection.id), runId: String(runId) }} className="link small">
        {t('timeline.run')}
      </Link>
    )
  if (connection !== null && event.sort === 'told')
    return (
      <Link to="/webshops/$id" params={{ id: String(connection.id) }} search={{ tab: 'calls', at: event.postedAt }} className="link small">
        {t('timeline.calls')}
      </Link>
    )
  if (connection !== null && event.difference !== null)
    return (
      <Link to="/webshops/$id" params={{ id: String(connection.id) }} search={{ tab: 'differences' }} className="link small">
        {t('differences.show')}
      </Link>
    )
  return named !== null && source.type !== 'late-fact' ? <span className="quiet">{named}</span> : null
}

/** On hand first; what is only promised beside it. What changed nothing has nothing here. */
export function EventChange({ event }: { event: HistoryEvent }) {
  const { t } = useTranslation()
  const { onHand, reserved, sort } = event
  if (sort !== 'moved') return null
  return (
    <>
      {(onHand !== 0 || reserved === 0) && <span className={`number strong ${onHand < 0 ? 'down' : onHand > 0 ? 'up' : 'quiet'}`}>{change(onHand)}</span>}
      {reserved !== 0 && <span className="row-sub number">{t('timeline.reserved', { change: change(reserved) })}</span>}
    </>
  )
}
