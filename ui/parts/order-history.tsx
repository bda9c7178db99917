/** What an order did to the stock, and how it changed after it was placed; both in order of time. */
import { Paper, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { change, moment } from '../format.ts'
import type { Order } from '../queries.ts'
import { useCompany } from '../session.ts'
import { useKindWords } from './history-words.ts'

export function OrderEffects({ order }: { order: Order }) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const kindWords = useKindWords()
  return (
    <Paper component="section" aria-labelledby="effects">
      <Title order={2} id="effects" mb="sm">
        {t('order.effects')}
      </Title>
      {order.movements.length === 0 ? (
        <Text c="dimmed">{t('order.no-effects')}</Text>
      ) : (
        <ol className="timeline timeline-two">
          {order.movements.map((row) => (
            <li key={row.id}>
              <span className="timeline-main">
                <span className="strong">{kindWords(row.kind)}</span>
                <Link to="/articles/$id" params={{ id: String(row.articleId) }} className="row-link block">
                  {row.articleName}
                </Link>
                <span className="row-sub">
                  <time dateTime={row.occurredAt}>{moment(row.occurredAt, timeZone)}</time> · {row.locationName}
                </span>
              </span>
              <span className="timeline-change">
                {row.onHand !== 0 && <span className={row.onHand < 0 ? 'number down' : 'number up'}>{change(row.onHand)}</span>}
                {row.reserved !== 0 && <span className="number quiet">{t('timeline.reserved', { change: change(row.reserved) })}</span>}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Paper>
  )
}

export function OrderEdits({ order, nameOf }: { order: Order; nameOf: (locationId: number | null) => string }) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  return (
    <Paper component="section" aria-labelledby="edits">
      <Title order={2} id="edits" mb="sm">
        {t('order.edits')}
      </Title>
      {order.edits.length === 0 ? (
        <Text c="dimmed">{t('order.no-edits')}</Text>
      ) : (
        <ol className="timeline timeline-two">
          {order.edits.map((edit) => (
            <li key={`${edit.at} ${edit.lines.length} ${edit.moved.length}`}>
              <span className="timeline-main">
                {edit.cancelled !== null && <span className="block strong">{t(edit.cancelled ? 'order.cancelled' : 'order.taken-up')}</span>}
                {edit.lines.map((line) => (
                  <span key={`${line.lineRef} ${line.what}`} className="block">
                    {t(`order.edit.${line.what}`, line)}
                  </span>
                ))}
                {edit.moved.map((line) => (
                  <span key={line.lineRef} className="block">
                    {t('order.moved', { title: line.title, stores: line.to.map(nameOf).join(', ') })}
                  </span>
                ))}
                <span className="row-sub">
                  <time dateTime={edit.at}>{moment(edit.at, timeZone)}</time>
                </span>
              </span>
            </li>
          ))}
        </ol>
      )}
    </Paper>
  )
}
