/** The run of a webshop's products that goes on, or went last: how far, how long still, who began it, what it came to, and the buttons. */
import { Group, Progress, Text } from '@mantine/core'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { moment, pieces, span } from '../format.ts'
import { type Catalogue, type Connection, catalogueQuery } from '../queries.ts'
import { useCompany } from '../session.ts'
import { RunButtons } from './run-buttons.tsx'

type Run = NonNullable<Catalogue['run']>
const TURNS = { pause: 'catalogues.pause-run', 'go-on': 'catalogues.resume-run', cancel: 'catalogues.cancel-run' } as const
const OUTCOMES = ['made', 'changed', 'unchanged', 'refused'] as const

export function CatalogueRun({ connection, run }: { connection: Connection; run: Run }) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  // Of the products' parts, which nobody counts in; what it came to is said in products.
  const percent = Math.min(100, Math.floor((run.acked / Math.max(run.expected, run.queued, 1)) * 100))
  const goesOn = run.endedAt === null
  const came = OUTCOMES.filter((each) => run.products[each] > 0).map((each) => t(`catalogue.run.came.${each}`, { count: run.products[each], shown: pieces(run.products[each]) }))
  return (
    <div className="under">
      <div role="status">
        <Group justify="space-between" gap="xs">
          <Text className="strong">{t(`catalogue.run.state.${run.state}`)}</Text>
          {goesOn && <Text className="strong">{`${percent} %`}</Text>}
        </Group>
        {goesOn && <Progress mt="xs" value={percent} aria-label={t('run.progress')} />}
        <Text mt="xs">{came.length > 0 ? came.join(' · ') : goesOn ? '' : t('catalogue.run.nothing')}</Text>
      </div>
      <Text c="dimmed" size="sm" mt={4}>
        {[began(run, t, timeZone), goesOn ? timeLeft(run, t) : t('view-run.ended', { when: moment(run.endedAt ?? '', timeZone) })].join(' ')}
      </Text>
      {goesOn && (
        <RunButtons
          paused={run.state === 'paused'}
          cancel={t('run.stop')}
          turn={(how) => api(TURNS[how], { params: { connectionId: connection.id, runId: run.id }, body: {} })}
          turned={() => void data.invalidateQueries({ queryKey: catalogueQuery(connection.id).queryKey })}
        />
      )}
    </div>
  )
}

const began = ({ startedAt, startedBy }: Run, t: TFunction, timeZone: string): string =>
  startedBy.name === null
    ? t('catalogue.run.by-itself', { when: moment(startedAt, timeZone) })
    : t('catalogue.run.by-somebody', { when: moment(startedAt, timeZone), name: startedBy.name })

function timeLeft({ state, minutesLeft }: Run, t: TFunction): string {
  if (state === 'paused') return t('view-run.paused-text')
  return minutesLeft === null ? t('catalogue.run.no-rate') : t('catalogue.run.left', { span: span(minutesLeft * 60_000) })
}
