/** A bulk change that is being looked through or carried out: how far, how long still, and the way to stop it. */
import { Button, Group, Paper, Progress, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { type BulkChange, keepBulkChange } from '../bulk-queries.ts'
import { pieces, span } from '../format.ts'
import { Failure } from './states.tsx'

export function BulkNow({ change }: { change: BulkChange }) {
  const { t } = useTranslation()
  const stop = useMutation({ mutationFn: () => api('bulk.cancel', { params: { bulkId: change.id }, body: {} }), onSuccess: keepBulkChange })
  const { state, progress, minutesLeft } = change
  const working = state === 'working'
  const share = progress.of === null ? 100 : (progress.done / Math.max(progress.of, 1)) * 100
  return (
    <Paper>
      <div role="status">
        <Group justify="space-between" gap="xs">
          <Text className="strong">{t(working ? `bulk-change.working.${change.kind}` : 'bulk-change.reading')}</Text>
          {progress.of !== null && <Text className="strong">{t('bulk-change.far', { done: pieces(progress.done), all: pieces(progress.of) })}</Text>}
        </Group>
        <Progress mt="xs" value={share} animated={progress.of === null} striped={progress.of === null} aria-label={t('bulk-change.progress')} />
        {minutesLeft !== null && (
          <Text c="dimmed" size="sm" mt={4}>
            {t('bulk-change.left', { span: span(minutesLeft * 60_000) })}
          </Text>
        )}
      </div>
      <Text c="dimmed" size="sm" mt="xs">
        {t(working ? 'bulk-change.leave' : 'bulk-change.reading-text')}
      </Text>
      <Button mt="md" variant="default" onClick={() => stop.mutate()} loading={stop.isPending}>
        {t(working ? 'bulk-change.stop' : 'common.cancel')}
      </Button>
      {stop.error && <Failure error={stop.error} />}
    </Paper>
  )
}
