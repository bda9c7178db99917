/** How the products stand in one sentence, Synkroniser nå, and the run that goes on or went last. A second press shows the same run. */
import { Button, Group, Paper, Text, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { moment, pieces, span } from '../format.ts'
import { type Catalogue, type Connection, catalogueQuery, catalogueSizeQuery } from '../queries.ts'
import { useCompany } from '../session.ts'
import { CatalogueRun } from './catalogue-run.tsx'
import { Failure } from './states.tsx'

export function CatalogueNow({ connection, catalogue }: { connection: Connection; catalogue: Catalogue }) {
  const { t } = useTranslation()
  const start = useMutation({
    mutationFn: () => api('catalogues.tell', { params: { connectionId: connection.id }, body: { mode: 'verify' } }),
    onSuccess: ({ repeated }) => {
      if (repeated) notifications.show({ message: t('catalogue.goes-on'), closeButtonProps: { 'aria-label': t('common.close') } })
      void data.invalidateQueries({ queryKey: catalogueQuery(connection.id).queryKey })
    },
  })
  const able = catalogue.products && connection.state === 'active'
  return (
    <Paper component="section" aria-labelledby="catalogue-now">
      <Group justify="space-between" align="flex-start" gap="md">
        <div className="grow">
          <Title order={2} id="catalogue-now" size="h3">
            {t('catalogue.now')}
          </Title>
          <Text role="status" mt={4}>
            {words(connection, catalogue, t)}
          </Text>
        </div>
        <Button onClick={() => start.mutate()} loading={start.isPending} disabled={!able}>
          {t('catalogue.sync-now')}
        </Button>
      </Group>
      {start.error && <Failure error={start.error} />}
      {able && catalogue.run?.endedAt !== null && <Next connection={connection} catalogue={catalogue} />}
      {catalogue.run !== null && <CatalogueRun connection={connection} run={catalogue.run} />}
    </Paper>
  )
}

/** What a run now would come to and take, and when one begins by itself. */
function Next({ connection, catalogue }: { connection: Connection; catalogue: Catalogue }) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const size = useQuery(catalogueSizeQuery(connection.id)).data
  const takes =
    size === undefined || size.items === 0
      ? null
      : size.minutes !== null
        ? t('catalogue.size.takes', { span: span(size.minutes * 60_000) })
        : catalogue.run === null
          ? t('catalogue.size.unknown')
          : null
  return (
    <Text size="sm" c="dimmed" mt="xs">
      {[takes, catalogue.nextRunAt === null ? null : t('catalogue.next-run', { when: moment(catalogue.nextRunAt, timeZone) })].filter((each) => each !== null).join(' ')}
    </Text>
  )
}

/** The one sentence: what stands in the way first, then what is on its way, then that all is well. */
function words({ state, name }: Connection, { products, waiting, rejected, run }: Catalogue, t: TFunction): string {
  if (!products) return t('catalogue.words.off', { name })
  if (state !== 'active') return t('catalogue.words.paused')
  if (run?.endedAt === null && run.state !== 'paused') return t('catalogue.words.running', { name })
  if (waiting > 0) return t('catalogue.words.waiting', { count: waiting, shown: pieces(waiting), name })
  if (run === null) return t('catalogue.words.never', { name })
  if (rejected > 0) return t('catalogue.words.rejected')
  return t('catalogue.words.well', { name })
}
