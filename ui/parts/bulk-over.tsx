/** What came of a bulk change, and the way back. */
import { Alert, Button, Group, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { type BulkChange, bulkChangeQuery, keepBulkChange } from '../bulk-queries.ts'
import { data } from '../data.ts'
import { moment, pieces } from '../format.ts'
import { useCompany } from '../session.ts'
import { Icon } from './icons.tsx'
import { LinkButton } from './link-button.tsx'
import { Failure } from './states.tsx'

export function BulkOver({ change }: { change: BulkChange }) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const navigate = useNavigate()
  const undo = useMutation({
    mutationFn: () => api('bulk.undo', { params: { bulkId: change.id }, body: {} }),
    onSuccess: (made) => {
      keepBulkChange(made)
      void data.invalidateQueries({ queryKey: bulkChangeQuery(change.id).queryKey })
      void navigate({ to: '/articles/changes/$id', params: { id: String(made.id) } })
    },
  })
  const again = useMutation({ mutationFn: () => api('bulk.start', { params: { bulkId: change.id }, body: {} }), onSuccess: keepBulkChange })
  const { kind, state, counts, undoneBy, confirmedAt, endedAt } = change
  // Thrown away before anything was done.
  const dropped = state === 'cancelled' && confirmedAt === null
  const whole = state === 'done' && counts.failed === 0
  const title = dropped
    ? t('bulk-change.end.dropped')
    : state === 'done'
      ? t(`bulk-change.end.${kind}`)
      : t(state === 'failed' ? 'bulk-change.end.failed' : 'bulk-change.end.cancelled')
  return (
    <Alert color={whole ? 'pine' : dropped ? 'gray' : 'orange'} variant="light" icon={<Icon name={whole ? 'check' : 'alert'} />} title={title} role="status">
      {confirmedAt !== null && <Text>{t(`bulk-change.end-text.${kind}`, { count: counts.done, shown: pieces(counts.done) })}</Text>}
      {counts.failed > 0 && <Text>{t('bulk-change.end-failed', { count: counts.failed, shown: pieces(counts.failed) })}</Text>}
      {state === 'failed' && <Text>{t(confirmedAt === null ? 'bulk-change.failed-early' : 'bulk-change.failed-midway')}</Text>}
      {confirmedAt !== null && endedAt !== null && (
        <Text size="sm" c="dimmed">
          {t('bulk-change.done-by', { who: change.confirmedBy?.name ?? t('documents.system'), when: moment(endedAt, timeZone) })}
        </Text>
      )}
      {undoneBy !== null && undoneBy.state === 'done' && (
        <Text mt="xs">
          {t('bulk-change.undone')}{' '}
          <Link to="/articles/changes/$id" params={{ id: String(undoneBy.id) }} className="link">
            {t('bulk-change.undone-show')}
          </Link>
        </Text>
      )}
      <Group mt="md" gap="sm">
        {state === 'failed' && undoneBy === null && (
          <Button onClick={() => again.mutate()} loading={again.isPending}>
            {t('failure.retry')}
          </Button>
        )}
        {kind === 'import' && (
          <LinkButton to="/articles" variant="default">
            {t('bulk-change.to-articles')}
          </LinkButton>
        )}
        {change.canUndo && (
          <Button variant="default" onClick={() => undo.mutate()} loading={undo.isPending}>
            {t('bulk-change.undo')}
          </Button>
        )}
      </Group>
      {undo.error && <Failure error={undo.error} />}
      {again.error && <Failure error={again.error} />}
    </Alert>
  )
}
