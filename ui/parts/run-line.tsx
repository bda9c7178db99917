/** One run on its connection's page: how far it has come; a press shows it whole. */
import { Group, Paper, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Run } from '../queries.ts'
import { farOf, RunBar, RunPace, RunWaits } from './run-now.tsx'

export function RunLine({ run, connectionId }: { run: Run; connectionId: number }) {
  const { t } = useTranslation()
  return (
    <Paper p="md" mb="md" component={Link} to="/webshops/$id/runs/$runId" params={{ id: String(connectionId), runId: String(run.id) } as never} className="shop-card">
      <Group justify="space-between" gap="xs">
        <Text className="strong">
          {t(`run.kind.${run.kind}`)} · {t(`run.state.${run.state}`)}
        </Text>
        <Text size="sm" c="dimmed">
          {farOf(run, t)}
        </Text>
      </Group>
      <RunBar run={run} />
      <RunPace run={run} />
      <RunWaits run={run} />
    </Paper>
  )
}
