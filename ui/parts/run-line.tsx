/** One run with its progress and the time left. */
import { Group, Paper, Progress, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { pieces, span } from '../format.ts'
import type { Run } from '../queries.ts'

/** How long the rest takes at the pace so far; null while there is no pace yet. */
export function timeLeft(run: Run, now: number): number | null {
  const sent = run.done + run.failed
  const began = run.confirmedAt === null ? null : Date.parse(run.confirmedAt)
  if (run.state !== 'sending' || began === null || sent < 1 || now <= began) return null
  return ((now - began) / sent) * Math.max(0, run.total - run.same - sent)
}

export function RunLine({ run, connectionId, now }: { run: Run; connectionId: number; now: number }) {
  const { t } = useTranslation()
  const left = timeLeft(run, now)
  return (
    <Paper p="md" mb="md" component={Link} to="/webshops/$id/runs/$runId" params={{ id: String(connectionId), runId: String(run.id) } as never} className="shop-card">
      <Group justify="space-between">
        <Text className="strong">
          {t(`run.kind.${run.kind}`)} · {t(`run.state.${run.state}`)}
        </Text>
        <Text size="sm" c="dimmed">
          {run.state === 'sending' && t('run.sent-of', { done: pieces(run.done + run.failed), all: pieces(Math.max(run.total - run.same, 0)) })}
          {left !== null && ` · ${t('run.left', { span: span(left) })}`}
        </Text>
      </Group>
      <RunBar run={run} />
    </Paper>
  )
}

export function RunBar({ run }: { run: Run }) {
  const { t } = useTranslation()
  if (run.state !== 'looking' && run.state !== 'sending') return null
  const all = Math.max(run.total - run.same, 1)
  const share = run.state === 'sending' ? Math.min(100, ((run.done + run.failed) / all) * 100) : 100
  return <Progress mt="xs" value={share} animated={run.state === 'looking'} striped={run.state === 'looking'} aria-label={t('run.progress')} />
}
