/** The run of a webshop's products that goes on, or went last: how far, how long still, and the buttons. */
import { Group, Progress, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { moment, pieces, span } from '../format.ts'
import type { Catalogue, Connection } from '../queries.ts'
import { useCompany } from '../session.ts'

type Run = NonNullable<Catalogue['run']>

export function CatalogueRun({ run }: { connection: Connection; run: Run }) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const all = Math.max(run.expected, run.queued)
  const under =
    run.endedAt !== null
      ? t('view-run.ended', { when: moment(run.endedAt, timeZone) })
      : [
          t('view-run.since', { when: moment(run.startedAt, timeZone) }),
          run.state === 'paused'
            ? t('view-run.paused-text')
            : run.minutesLeft === null
              ? t('catalogue.run.no-rate')
              : t('catalogue.run.left', { span: span(run.minutesLeft * 60_000) }),
        ].join(' ')
  return (
    <div className="under">
      <Group justify="space-between" gap="xs">
        <Text className="strong">{t(`catalogue.run.state.${run.state}`)}</Text>
        <Text className="strong">{t('catalogue.run.of', { done: pieces(run.acked), all: pieces(all) })}</Text>
      </Group>
      {run.endedAt === null && <Progress mt="xs" value={Math.min(100, (run.acked / Math.max(all, 1)) * 100)} aria-label={t('run.progress')} />}
      <Text c="dimmed" size="sm" mt="xs">
        {under}
      </Text>
    </div>
  )
}
