/** The resend of a view that goes on, or went last: how far the reader has come with it, how long still, and the buttons. */
import { Group, Paper, Progress, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { moment, pieces, span } from '../format.ts'
import type { View } from '../queries.ts'
import { useCompany } from '../session.ts'
import { RunButtons } from './run-buttons.tsx'

type Run = NonNullable<View['run']>

const TURNS = { pause: 'views.pause-run', 'go-on': 'views.resume-run', cancel: 'views.cancel-run' } as const

export function ViewRun({ view }: { view: View }) {
  const { t } = useTranslation()
  const { run } = view
  if (run === null) return null
  return (
    <Paper component="section" aria-labelledby="resend">
      <Title order={2} id="resend" mb="sm">
        {t('view-run.title')}
      </Title>
      <RunProgress view={view} run={run} />
      {run.endedAt === null && (
        <RunButtons
          paused={run.state === 'paused'}
          cancel={t('view-run.cancel')}
          turn={(how) => api(TURNS[how], { params: { viewId: view.id, runId: run.id }, body: {} })}
          turned={() => void data.invalidateQueries({ queryKey: ['view', view.id] })}
        />
      )}
    </Paper>
  )
}

/** How far, and what is to be said about it. */
export function RunProgress({ view, run }: { view: View; run: Run }) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const all = Math.max(run.expected, run.queued)
  const shown = { done: pieces(run.acked), all: pieces(all) }
  return (
    <div role="status">
      <Group justify="space-between" gap="xs">
        <Text className="strong">{t(`view-run.state.${run.state}`)}</Text>
        <Text className="strong">{run.mode === 'from_now' ? t('view-run.counted', { all: pieces(run.queued) }) : t('view-run.acked-of', shown)}</Text>
      </Group>
      {run.endedAt === null && <Progress mt="xs" value={Math.min(100, (run.acked / Math.max(all, 1)) * 100)} aria-label={t('view-run.progress')} />}
      <Text c="dimmed" size="sm" mt="xs">
        {underOf(view, run)}
      </Text>
      {run.rejected > 0 && <Text size="sm">{t('view-run.rejected', { count: run.rejected, shown: pieces(run.rejected) })}</Text>}
    </div>
  )

  function underOf({ polledAt, ratePerMinute }: View, { endedAt, startedAt, state, minutesLeft }: Run): string {
    if (endedAt !== null) return `${t('view-run.ended', { when: moment(endedAt, timeZone) })}${state === 'cancelled' ? ` ${t('view-run.cancelled-text')}` : ''}`
    const since = t('view-run.since', { when: moment(startedAt, timeZone) })
    if (state === 'paused') return `${since} ${t('view-run.paused-text')}`
    if (polledAt === null) return `${since} ${t('views.never-polled')}`
    if (minutesLeft === null || ratePerMinute === null) return `${since} ${t('view-run.no-rate')}`
    return `${since} ${t('view-run.left', { span: span(minutesLeft * 60_000) })}`
  }
}
