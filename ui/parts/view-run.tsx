/** The resend of a view that goes on, or went last: how far the reader has come with it, how long still, and the buttons. */
import { Button, Group, Paper, Progress, Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { moment, pieces, span } from '../format.ts'
import type { View } from '../queries.ts'
import { useCompany } from '../session.ts'
import { Failure } from './states.tsx'

type Run = NonNullable<View['run']>

export function ViewRun({ view }: { view: View }) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const { run } = view
  if (run === null) return null
  const all = Math.max(run.expected, run.queued)
  const shown = { done: pieces(run.acked), all: pieces(all) }
  return (
    <Paper component="section" aria-labelledby="resend">
      <Title order={2} id="resend" mb="sm">
        {t('view-run.title')}
      </Title>
      <div role="status">
        <Group justify="space-between" gap="xs">
          <Text className="strong">{t(`view-run.state.${run.state}`)}</Text>
          <Text className="strong">{run.mode === 'from_now' ? t('view-run.counted', { all: pieces(run.queued) }) : t('view-run.acked-of', shown)}</Text>
        </Group>
        {run.endedAt === null && <Progress mt="xs" value={Math.min(100, (run.acked / Math.max(all, 1)) * 100)} aria-label={t('view-run.progress')} />}
        <Text c="dimmed" size="sm" mt="xs">
          {underOf(view, run)}
        </Text>
      </div>
      {run.endedAt === null && <RunButtons view={view} run={run} />}
    </Paper>
  )

  function underOf({ polledAt, ratePerMinute }: View, { endedAt, startedAt, state, minutesLeft }: Run): string {
    if (endedAt !== null) return t('view-run.ended', { when: moment(endedAt, timeZone) })
    const since = t('view-run.since', { when: moment(startedAt, timeZone) })
    if (state === 'paused') return `${since} ${t('view-run.paused-text')}`
    if (polledAt === null) return `${since} ${t('views.never-polled')}`
    if (minutesLeft === null || ratePerMinute === null) return `${since} ${t('view-run.no-rate')}`
    return `${since} ${t('view-run.left', { span: span(minutesLeft * 60_000) })}`
  }
}

function RunButtons({ view, run }: { view: View; run: Run }) {
  const { t } = useTranslation()
  const input = { params: { viewId: view.id, runId: run.id }, body: {} }
  const onSuccess = () => void data.invalidateQueries({ queryKey: ['view', view.id] })
  const pause = useMutation({ mutationFn: () => api('views.pause-run', input), onSuccess })
  const resume = useMutation({ mutationFn: () => api('views.resume-run', input), onSuccess })
  const cancel = useMutation({ mutationFn: () => api('views.cancel-run', input), onSuccess })
  const error = pause.error ?? resume.error ?? cancel.error
  return (
    <>
      <Group mt="md" gap="sm">
        {run.state === 'paused' ? (
          <Button onClick={() => resume.mutate()} loading={resume.isPending}>
            {t('run.go-on')}
          </Button>
        ) : (
          <Button variant="default" onClick={() => pause.mutate()} loading={pause.isPending}>
            {t('run.pause')}
          </Button>
        )}
        <Button variant="subtle" color="gray" onClick={() => cancel.mutate()} loading={cancel.isPending}>
          {t('run.stop')}
        </Button>
      </Group>
      {error && <Failure error={error} />}
    </>
  )
}
