/** Jämför nu: every number of the webshop is read and held beside ours. While it goes on, how far it has come. */
import { Button, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { pieces } from '../format.ts'
import type { Connection } from '../queries.ts'
import { Failure } from './states.tsx'

export function CompareNow({ connection }: { connection: Connection }) {
  const { t } = useTranslation()
  const going = connection.runs.find((run) => run.kind === 'compare')
  const start = useMutation({
    mutationFn: () => api('runs.start', { params: { connectionId: connection.id }, body: { kind: 'compare' } }),
    onSuccess: () => {
      void data.invalidateQueries({ queryKey: ['connection', connection.id] })
      void data.invalidateQueries({ queryKey: ['differences', connection.id] })
    },
  })
  return (
    <div className="compare-now">
      <Button
        variant="default"
        onClick={() => start.mutate()}
        loading={start.isPending || going !== undefined}
        disabled={connection.state !== 'active' || connection.firstSyncedAt === null}
      >
        {t('differences.compare')}
      </Button>
      <Text size="sm" c="dimmed" role="status">
        {going !== undefined ? t('differences.comparing', { shown: pieces(going.total) }) : connection.firstSyncedAt === null ? t('differences.not-yet') : ''}
      </Text>
      {start.error && <Failure error={start.error} />}
    </div>
  )
}
