/** One run: the preview old -> new before anything is sent, then its progress, then what came of it. */
import { Alert, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../api.ts'
import { pieces } from '../format.ts'
import { Icon } from '../parts/icons.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { codeWords } from '../parts/reason.ts'
import { RunIds } from '../parts/run-ids.tsx'
import { type RunFilter, RunItems } from '../parts/run-items.tsx'
import { RunNow } from '../parts/run-now.tsx'
import { RunReady } from '../parts/run-ready.tsx'
import { RunReasons } from '../parts/run-reasons.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { UndoneLink, UndoRun } from '../parts/undo-run.tsx'
import { connectionQuery, type Run, runQuery, runSummaryQuery } from '../queries.ts'

export function RunPage() {
  const { t } = useTranslation()
  const { id, runId } = useParams({ from: '/inside/webshops/$id/runs/$runId' })
  const connection = useQuery(connectionQuery(Number(id)))
  const run = useQuery(runQuery(Number(id), Number(runId)))
  return (
    <div className="middle">
      <PageHead
        title={run.data ? t(`run.kind.${run.data.kind}`) : t('run.title')}
        text={run.data && run.data.endedAt === null ? about(run.data, t) : undefined}
        back={{ words: connection.data?.name ?? t('shell.webshop'), link: { to: '/webshops/$id', params: { id } } }}
      />
      {run.error ? <Failure error={run.error} retry={() => void run.refetch()} /> : run.data ? <Shown run={run.data} connectionId={Number(id)} /> : <Loading />}
    </div>
  )
}

const END_TEXT = {
  'first-sync': 'run.end-text',
  'sync-all': 'run.end-text',
  'take-over': 'take-over.end-text',
  match: 'check-ids.end-text',
  compare: 'run.end-text',
  undo: 'undo.end-text',
} as const

function about({ kind }: Run, t: TFunction): string | undefined {
  if (kind === 'match') return t('check-ids.text')
  if (kind === 'undo') return t('undo.text')
  return kind === 'sync-all' || kind === 'first-sync' ? t('sync-all.text') : undefined
}

function Shown({ run, connectionId }: { run: Run; connectionId: number }) {
  const [chosen, setChosen] = useState<RunFilter | null>(null)
  const over = run.endedAt !== null
  const looking = run.state === 'looking' || (run.state === 'paused' && run.confirmedAt === null)
  const hasItems = run.kind !== 'match' && run.kind !== 'compare'
  const summary = useQuery({ ...runSummaryQuery(connectionId, run), enabled: !looking && hasItems })
  return (
    <Stack gap="md">
      {!over && run.state !== 'ready' && <RunNow run={run} connectionId={connectionId} />}
      {over && <Over run={run} summary={summary.data ?? null} connectionId={connectionId} />}
      {run.kind === 'match' && !looking && <RunIds run={run} connectionId={connectionId} />}
      {!looking &&
        hasItems &&
        (summary.data ? (
          <>
            {run.state === 'ready' && <RunReady run={run} summary={summary.data} connectionId={connectionId} />}
            <RunReasons reasons={summary.data.reasons} state="refused" connectionId={connectionId} undoes={run.kind === 'undo'} show={setChosen} />
            <RunReasons
              reasons={summary.data.reasons.filter((reason) => reason.code !== 'cancelled')}
              state="skipped"
              connectionId={connectionId}
              undoes={run.kind === 'undo'}
              show={setChosen}
            />
            <RunItems run={run} summary={summary.data} connectionId={connectionId} chosen={chosen} choose={setChosen} />
          </>
        ) : summary.error ? (
          <Failure error={summary.error} retry={() => void summary.refetch()} />
        ) : (
          <Loading />
        ))}
    </Stack>
  )
}

function Over({ run, summary, connectionId }: { run: Run; summary: Answer<'runs.summary'> | null; connectionId: number }) {
  const { t, i18n } = useTranslation()
  if (run.state !== 'done' && run.state !== 'cancelled' && run.state !== 'failed') return null
  const why = run.why === null ? null : (codeWords(i18n, run.why.code, run.why.facts) ?? run.why.code)
  const unsent = summary?.reasons.find((reason) => reason.code === 'cancelled')?.n ?? 0
  return (
    <Alert
      color={run.state === 'done' && run.failed === 0 ? 'pine' : run.state === 'cancelled' ? 'gray' : 'orange'}
      variant="light"
      icon={<Icon name={run.state === 'done' ? 'check' : 'alert'} />}
      title={t(`run.end.${run.state}`)}
      role="status"
    >
      {run.kind === 'compare' ? (
        <Text>
          {t('differences.compared', { total: pieces(run.total), differ: pieces(run.done) })}{' '}
          <Link to="/webshops/$id" params={{ id: String(connectionId) }} search={{ tab: 'differences' }} className="link">
            {t('differences.show')}
          </Link>
        </Text>
      ) : (
        <Text>
          {run.kind === 'undo' && run.total === 0 ? t('undo.end-none') : t(END_TEXT[run.kind], { done: pieces(run.done), same: pieces(run.same), failed: pieces(run.failed) })}
        </Text>
      )}
      {run.kind === 'undo' && run.total > 0 && run.confirmedAt !== null && <Text>{t('undo.end-boxes')}</Text>}
      <UndoneLink run={run} connectionId={connectionId} />
      <UndoRun run={run} connectionId={connectionId} size="xs" mt="sm" />
      {unsent > 0 && <Text>{t('run-now.unsent', { shown: pieces(unsent) })}</Text>}
      {why !== null && <Text>{why}</Text>}
    </Alert>
  )
}
