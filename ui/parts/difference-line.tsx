/** One difference: the article, both numbers, why, what became of it, and what can be pressed. */
import { Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type Answer, api } from '../api.ts'
import { data } from '../data.ts'
import { change, moment, pieces } from '../format.ts'
import { locationsQuery } from '../queries.ts'
import { useCompany } from '../session.ts'
import { Cell } from './cells.tsx'
import { Icon } from './icons.tsx'
import { LinkButton } from './link-button.tsx'
import { Failure } from './states.tsx'
import { TakeOver } from './take-over.tsx'

export type Difference = Answer<'differences.list'>['items'][number]
interface Props {
  row: Difference
  connectionId: number
  narrow: boolean
}

export function DifferenceLine({ row, connectionId, narrow }: Props) {
  const { t } = useTranslation()
  const locations = useQuery(locationsQuery)
  const store = locations.data?.find((each) => each.id === row.locationId)?.name
  const article = (
    <>
      <Link to="/articles/$id" params={{ id: String(row.articleId) }} className="row-link">
        {row.articleName}
      </Link>
      <span className="row-sub">
        <span className="mono">{row.articleNumber}</span>
        {store !== undefined && ` · ${store}`}
      </span>
    </>
  )
  if (narrow)
    return (
      <Cell className="row-main difference-narrow">
        {article}
        <span>
          {t('differences.theirs')} <b>{pieces(row.theirs)}</b> · {t('differences.ours')} <b>{pieces(row.ours)}</b>
        </span>
        <Why row={row} />
        <Press row={row} connectionId={connectionId} />
      </Cell>
    )
  return (
    <>
      <Cell className="row-main">{article}</Cell>
      <Cell className="number strong">{pieces(row.theirs)}</Cell>
      <Cell className="number">{pieces(row.ours)}</Cell>
      <Cell className="difference-why">
        <Why row={row} />
      </Cell>
      <Cell>
        <Press row={row} connectionId={connectionId} />
      </Cell>
    </>
  )
}

function Why({ row }: { row: Difference }) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const reason = row.reason ?? 'checking'
  const settled = row.settledHow === null ? null : t(`differences.how.${row.settledHow}`)
  const who = row.settledBy?.name ?? null
  return (
    <>
      <span className={`tag tag-${row.state === 'settled' ? 'good' : row.reason === null ? 'wait' : 'act'}`} title={t(`differences.reasons.${reason}.words`)}>
        <Icon name={row.state === 'settled' ? 'check' : row.reason === null ? 'wait' : 'alert'} size={14} />
        {t(`differences.reasons.${reason}.name`)}
      </span>
      <span className="row-sub">{row.state === 'open' ? t(`differences.reasons.${reason}.words`) : [settled, who].filter((part) => part !== null).join(' · ')}</span>
      <span className="row-sub">
        <time dateTime={row.seenAt}>{t('differences.seen-at', { at: moment(row.seenAt, timeZone) })}</time>
      </span>
    </>
  )
}

function Press({ row, connectionId }: { row: Difference; connectionId: number }) {
  const { t } = useTranslation()
  const params = { connectionId, differenceId: row.id }
  const pressed = (words: string) => () => {
    notifications.show({ message: words, closeButtonProps: { 'aria-label': t('common.close') } })
    void data.invalidateQueries()
  }
  const send = useMutation({ mutationFn: () => api('differences.send', { params, body: {} }), onSuccess: pressed(t('differences.sent')) })
  const correct = useMutation({ mutationFn: () => api('differences.correct', { params, body: {} }), onSuccess: pressed(t('differences.corrected')) })
  const looks = { size: 'xs', variant: 'light' } as const
  const error = send.error ?? correct.error
  return (
    <Group gap={6}>
      {row.actions.includes('send') && (
        <Button {...looks} loading={send.isPending} onClick={() => send.mutate()}>
          {t('differences.send')}
        </Button>
      )}
      {row.actions.includes('take-over') && <TakeOver connectionId={connectionId} articleIds={[row.articleId]} size="xs" variant="default" />}
      {row.actions.includes('correct') && (
        <Button {...looks} loading={correct.isPending} onClick={() => correct.mutate()} title={t('differences.correct-text', { shown: pieces(row.theirs) })}>
          {t('differences.correct', { change: change(row.gap ?? 0) })}
        </Button>
      )}
      {row.order !== null && (
        <LinkButton to="/orders/$id" params={{ id: String(row.order.id) }} size="xs" variant="default">
          {t('differences.order', { name: row.order.name })}
        </LinkButton>
      )}
      {row.actions.length === 0 && row.order === null && (
        <LinkButton to="/articles/$id" params={{ id: String(row.articleId) }} size="xs" variant="default">
          {t('differences.article')}
        </LinkButton>
      )}
      {error && <Failure error={error} />}
    </Group>
  )
}
