/** Synka webshop artikel-ID: what the press does, and what Synka alla artiklar should know before it is pressed. */
import { Alert, Button, type ButtonProps, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ArticleState } from '../../src/web/contract/states.ts'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { ago, pieces } from '../format.ts'
import { useNow } from '../live.ts'
import type { Connection } from '../queries.ts'
import { Icon } from './icons.tsx'
import { Failure } from './states.tsx'

/** Ticked articles the webshop can't be told of, because nobody knows surely which of its articles they are. */
export const NO_VALID_ID = ['looking', 'link-moved', 'ambiguous', 'item-gone', 'missing'] as const satisfies ArticleState[]

export function CheckIds({ connection, ...looks }: { connection: Connection } & Pick<ButtonProps, 'variant' | 'size' | 'mt'>) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const start = useMutation({
    mutationFn: () => api('connections.match', { params: { connectionId: connection.id }, body: {} }),
    onSuccess: (run) => {
      void data.invalidateQueries({ queryKey: ['connection', connection.id] })
      void navigate({ to: '/webshops/$id/runs/$runId', params: { id: String(connection.id), runId: String(run.id) } })
    },
  })
  return (
    <>
      <Button {...looks} onClick={() => start.mutate()} loading={start.isPending} disabled={connection.state !== 'active'}>
        {t('check-ids.start')}
      </Button>
      {start.error && <Failure error={start.error} />}
    </>
  )
}

/** Ticked articles without a valid id. */
export const noValidIdOf = (connection: Connection): number => NO_VALID_ID.reduce((sum, state) => sum + (connection.counts[state] ?? 0), 0)

/** How many have no valid id, by reason; each leads to the list of them. Nothing when all have one. */
export function NoValidId({ connection }: { connection: Connection }) {
  const { t } = useTranslation()
  const reasons = NO_VALID_ID.filter((state) => (connection.counts[state] ?? 0) > 0)
  const all = noValidIdOf(connection)
  if (all === 0) return null
  return (
    <div className="no-valid-id">
      <Text size="sm">{t('check-ids.no-valid', { count: all, shown: pieces(all) })}</Text>
      <ul className="flat-list">
        {reasons.map((state) => (
          <li key={state}>
            <Link to="/webshops/$id" params={{ id: String(connection.id) }} search={{ state }} className="link">
              {pieces(connection.counts[state] ?? 0)} · {t(`states.${state}.name`)}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** The shop's articles have changed since the ids were checked: check them first. `press` = with the button to do it. */
export function IdsStale({ connection, press }: { connection: Connection; press: boolean }) {
  const { t } = useTranslation()
  const now = useNow()
  const { checkedAt, stale } = connection.ids
  if (!stale) return null
  return (
    <Alert color="orange" variant="light" icon={<Icon name="alert" />} title={t('check-ids.first')} role="status">
      <Text size="sm">{checkedAt === null ? t('check-ids.never') : t('check-ids.stale', { ago: ago(checkedAt, now) })}</Text>
      {press && <CheckIds connection={connection} size="sm" mt="sm" />}
    </Alert>
  )
}
