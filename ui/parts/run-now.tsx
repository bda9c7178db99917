/** A run that goes on, is paused or is being wound down: how far, how fast, how long still, and why it waits. */
import { Group, Paper, Progress, Text } from '@mantine/core'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { moment, pieces, span } from '../format.ts'
import type { Run } from '../queries.ts'
import { useCompany } from '../session.ts'
import { codeWords } from './reason.ts'
import { RunButtons } from './run-buttons.tsx'

/** Cells that would change. */
export const changesOf = (run: Run): number => Math.max(0, run.total - run.same)

export function RunNow({ run, connectionId }: { run: Run; connectionId: number }) {
  const { t } = useTranslation()
  const looking = run.state === 'looking' || (run.state === 'paused' && run.confirmedAt === null)
  return (
    <Paper>
      <div role="status">
        <Group justify="space-between" gap="xs">
          <Text className="strong">
            {run.state === 'paused'
              ? t('run-now.paused')
              : run.state === 'stopping'
                ? t('run-now.stopping')
                : looking
                  ? t(run.kind === 'match' ? 'check-ids.looking' : 'run.looking')
                  : run.kind === 'take-over'
                    ? t('take-over.going')
                    : run.kind === 'undo'
                      ? t('undo.going')
                      : run.kind === 'match'
                        ? t('check-ids.saving')
                        : t('run-now.sending')}
          </Text>
          <Text className="strong">{farOf(run, t)}</Text>
        </Group>
        <RunBar run={run} />
        <RunPace run={run} />
      </div>
      <RunWaits run={run} />
      {run.marked > 0 && (run.state === 'paused' || run.state === 'stopping') && <Text mt="xs">{t('run-now.marked', { count: run.marked, shown: pieces(run.marked) })}</Text>}
      <Text c="dimmed" size="sm" mt="xs">
        {looking
          ? t(run.kind === 'match' ? 'check-ids.looking-text' : 'run.looking-text')
          : run.state === 'paused'
            ? t('run-now.paused-text')
            : run.kind === 'take-over'
              ? t('take-over.leave')
              : t('run.leave')}
      </Text>
      {run.state !== 'stopping' && <Buttons run={run} connectionId={connectionId} />}
    </Paper>
  )
}

const TURNS = { pause: 'runs.pause', 'go-on': 'runs.go-on', cancel: 'runs.cancel' } as const

function Buttons({ run, connectionId }: { run: Run; connectionId: number }) {
  const { t } = useTranslation()
  const turn = (how: keyof typeof TURNS) => api(TURNS[how], { params: { connectionId, runId: run.id }, body: {} })
  const turned = (latest: Run) => {
    data.setQueryData(['run', connectionId, run.id], latest)
    void data.invalidateQueries({ queryKey: ['connection', connectionId] })
    void data.invalidateQueries({ queryKey: ['runs', connectionId] })
  }
  return <RunButtons paused={run.state === 'paused'} cancel={t('run.stop')} turn={turn} turned={turned} />
}

/** "1 250 av 10 000 skickade"; while it looks, how many articles were looked at. */
export function farOf(run: Run, t: TFunction): string {
  if (run.looked !== null) return t('run-now.looked', { done: pieces(run.looked.done), all: pieces(run.looked.of) })
  if (run.state === 'looking' || run.state === 'ready') return ''
  if (run.kind === 'match') return t('check-ids.saved-of', { done: pieces(run.done), all: pieces(changesOf(run) - run.failed) })
  return t(run.kind === 'take-over' ? 'take-over.taken-of' : run.kind === 'undo' ? 'undo.done-of' : 'run.sent-of', {
    done: pieces(run.done + run.failed),
    all: pieces(changesOf(run)),
  })
}

/** How fast and how long still: never a guess. */
export function RunPace({ run }: { run: Run }) {
  const { t } = useTranslation()
  if (run.state !== 'sending' || run.waits !== null) return null
  return (
    <Text c="dimmed" size="sm" mt={4}>
      {run.pace === null ? t('run-now.reckoning') : t('run-now.pace', { rate: pieces(run.pace.perMinute), span: span(run.pace.leftMs) })}
    </Text>
  )
}

/** Why nothing moves; nothing when it does. */
export function RunWaits({ run }: { run: Run }) {
  const { t, i18n } = useTranslation()
  const { timeZone } = useCompany()
  if (run.waits === null) return null
  const { code, facts } = run.waits
  const words =
    code === 'connection-stopped'
      ? [t('run-waits.connection-stopped'), facts.reason === 'person' ? null : codeWords(i18n, String(facts.reason), facts)].filter((part) => part !== null).join(' ')
      : code === 'shop-asked'
        ? t('run-waits.shop-asked', { at: moment(String(facts.until), timeZone) })
        : code === 'on-hold'
          ? t('run-waits.on-hold', { shown: pieces(Number(facts.n)) })
          : t('run-waits.taken-over')
  return (
    <Text mt="xs" className="waits">
      {words}
    </Text>
  )
}

export function RunBar({ run }: { run: Run }) {
  const { t } = useTranslation()
  if (run.state === 'ready' || run.endedAt !== null) return null
  const known = run.looked ?? (run.state === 'looking' ? null : { done: run.done + run.failed, of: changesOf(run) })
  const share = known === null ? 100 : Math.min(100, (known.done / Math.max(known.of, 1)) * 100)
  return <Progress mt="xs" value={share} animated={known === null} striped={known === null} aria-label={t('run.progress')} />
}
