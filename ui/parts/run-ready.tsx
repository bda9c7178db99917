/** The dry run: what would change, what is unusual about it, and the button that sends it; much that is unusual is asked about once more. */
import { Alert, Button, Group, Paper, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Answer, api } from '../api.ts'
import { data } from '../data.ts'
import { pieces } from '../format.ts'
import { connectionQuery, type Run } from '../queries.ts'
import { IdsStale, NoValidId } from './check-ids.tsx'
import { Icon } from './icons.tsx'
import { Failure } from './states.tsx'

const FLAGS = ['to-zero', 'over-half', 'negative', 'unknown'] as const

export function RunReady({ run, summary, connectionId }: { run: Run; summary: Answer<'runs.summary'>; connectionId: number }) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState(false)
  const input = { params: { connectionId, runId: run.id }, body: {} }
  const onSuccess = (latest: Run) => {
    data.setQueryData(['run', connectionId, run.id], latest)
    void data.invalidateQueries({ queryKey: ['connection', connectionId] })
  }
  const confirm = useMutation({ mutationFn: () => api('runs.confirm', input), onSuccess })
  const cancel = useMutation({ mutationFn: () => api('runs.cancel', input), onSuccess })
  const connection = useQuery(connectionQuery(connectionId))
  const changes = summary.states.send ?? 0
  const shown = pieces(changes)
  const takesOver = run.kind === 'take-over'
  return (
    <Paper>
      <div role="status">
        <Text className="strong" size="lg">
          {takesOver ? t('run-ready.take-over', { count: changes, shown }) : t('run.ready', { count: changes, shown })}
        </Text>
        <Text c="dimmed">
          {takesOver ? t('run-ready.take-over-text') : t('run-ready.text', { same: pieces(summary.states.same ?? 0), skipped: pieces(summary.states.skipped ?? 0) })}
        </Text>
      </div>
      {!takesOver && connection.data && (
        <Stack gap="xs" mt="md">
          <IdsStale connection={connection.data} press={true} />
          <NoValidId connection={connection.data} />
        </Stack>
      )}
      {summary.flagged > 0 && (
        <Stack gap={4} mt="md">
          <Text className="strong">{t('run-ready.look-first')}</Text>
          <ul className="flat-list">
            {FLAGS.filter((flag) => (summary.flags[flag] ?? 0) > 0).map((flag) => (
              <li key={flag}>{t(`run-ready.flag.${flag}`, { shown: pieces(summary.flags[flag] ?? 0) })}</li>
            ))}
          </ul>
        </Stack>
      )}
      {asked ? (
        <Alert color="orange" variant="light" mt="md" icon={<Icon name="alert" />} title={t('run-ready.sure', { flagged: pieces(summary.flagged), shown })} role="alert">
          <Text>{t('run-ready.sure-text')}</Text>
          <Group mt="sm">
            <Button color="orange" onClick={() => confirm.mutate()} loading={confirm.isPending}>
              {t('run-ready.yes', { shown })}
            </Button>
            <Button variant="default" onClick={() => setAsked(false)}>
              {t('run-ready.back')}
            </Button>
          </Group>
        </Alert>
      ) : (
        <Group mt="md">
          <Button onClick={() => (summary.asksTwice ? setAsked(true) : confirm.mutate())} loading={confirm.isPending}>
            {takesOver ? t('run-ready.take', { count: changes, shown }) : t('run.confirm', { count: changes, shown })}
          </Button>
          <Button variant="default" onClick={() => cancel.mutate()} loading={cancel.isPending}>
            {t('common.cancel')}
          </Button>
        </Group>
      )}
      {confirm.error && <Failure error={confirm.error} />}
      {cancel.error && <Failure error={cancel.error} />}
    </Paper>
  )
}
