/** Synka alla artiklar: always begins with a preview; the same run when pressed twice. */
import { Button, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import type { Connection } from '../queries.ts'
import { Failure } from './states.tsx'

export function SyncAll({ connection, kind = 'sync-all' }: { connection: Connection; kind?: 'sync-all' | 'first-sync' }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const start = useMutation({
    mutationFn: () => api('runs.start', { params: { connectionId: connection.id }, body: { kind } }),
    onSuccess: (run) => {
      void data.invalidateQueries({ queryKey: ['connection', connection.id] })
      void navigate({ to: '/webshops/$id/runs/$runId', params: { id: String(connection.id), runId: String(run.id) } })
    },
  })
  return (
    <Stack gap={4} align="flex-start" className="sync-all">
      <Button onClick={() => start.mutate()} loading={start.isPending} disabled={connection.state !== 'active'} variant={kind === 'sync-all' ? 'filled' : 'default'}>
        {t('sync-all.start')}
      </Button>
      <Text size="sm" c="dimmed">
        {t('sync-all.short')}
      </Text>
      {start.error && <Failure error={start.error} />}
    </Stack>
  )
}
