/** The dry run: what would change, what is unusual about it, and the button that sends it; much that is unusual is asked about once more. */
import { Alert, Button, Group, Paper, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Answer, api } from '../api.ts'
import { data } from '../data.ts'
import { pieces } from '../format.ts'
import { connectionQuery, type Run } from '../queries.ts'
import { IdsStale, NoValidId } from './check-ids.tsx'
import { Icon } from './icons.tsx'
import { FLAGS } from './run-items.tsx'
import { Failure } from './states.tsx'

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
  const takesOver = run.kind === 'take-over'
  const words = wordsOf(run, summary, t)
  return (
    <Paper>
      <div role="status">
        <Text className="strong" size="lg">
          {words.ready}
        </Text>
        <Text c="dimmed">{words.text}</Text>
      </div>
      {!takesOver && run.kind !== 'undo' && connection.data && (
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
        <Alert color="orange" variant="light" mt="md" icon={<Icon name="alert" />} title={words.sure} role="alert">
          <Text>{words.sureText}</Text>
          <Group mt="sm">
            <Button color="orange" onClick={() => confirm.mutate()} loading={confirm.isPending}>
              {words.yes}
            </Button>
            <Button variant="default" onClick={() => setAsked(false)}>
              {t('run-ready.back')}
            </Button>
          </Group>
        </Alert>
      ) : (
        <Group mt="md">
          <Button onClick={() => (summary.asksTwice ? setAsked(true) : confirm.mutate())} loading={confirm.isPending}>
            {words.press}
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

/** What is said and pressed, by what the run does. */
function wordsOf({ kind }: Run, { states, flagged }: Answer<'runs.summary'>, t: TFunction) {
  const count = states.send ?? 0
  const shown = pieces(count)
  const left = { same: pieces(states.same ?? 0), skipped: pieces(states.skipped ?? 0) }
  const unusual = { flagged: pieces(flagged), shown }
  if (kind === 'undo')
    return {
      ready: t('undo.ready', { count, shown }),
      text: t('undo.ready-text', left),
      press: count === 0 ? t('undo.confirm-boxes') : t('undo.confirm', { count, shown }),
      sure: t('undo.sure', unusual),
      sureText: t('undo.sure-text'),
      yes: t('undo.yes', { shown }),
    }
  const sends = { sure: t('run-ready.sure', unusual), sureText: t('run-ready.sure-text'), yes: t('run-ready.yes', { shown }) }
  return kind === 'take-over'
    ? { ...sends, ready: t('run-ready.take-over', { count, shown }), text: t('run-ready.take-over-text'), press: t('run-ready.take', { count, shown }) }
    : { ...sends, ready: t('run.ready', { count, shown }), text: t('run-ready.text', left), press: t('run.confirm', { count, shown }) }
}
