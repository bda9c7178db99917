/** The two buttons, in the order the guide gives them, with what each does under it. */
import { Paper, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Connection } from '../queries.ts'
import { CheckIds, IdsStale, NoValidId } from './check-ids.tsx'
import { SyncAll } from './sync-all.tsx'

export function TwoSyncs({ connection }: { connection: Connection }) {
  const { t } = useTranslation()
  return (
    <Paper component="section" aria-labelledby="two-syncs" my="lg">
      <Title order={2} id="two-syncs">
        {t('two-syncs.title')}
      </Title>
      <Text size="sm" c="dimmed" mt={4}>
        {t('two-syncs.when')}
      </Text>
      <ol className="two-syncs">
        <li>
          <Stack gap="xs" align="flex-start">
            <CheckIds connection={connection} variant={connection.ids.stale ? 'filled' : 'default'} />
            <Text size="sm">{t('two-syncs.ids')}</Text>
            <IdsStale connection={connection} press={false} />
          </Stack>
        </li>
        <li>
          <Stack gap="xs" align="flex-start">
            <SyncAll connection={connection} />
            <Text size="sm">{t('two-syncs.all')}</Text>
            <NoValidId connection={connection} />
          </Stack>
        </li>
      </ol>
    </Paper>
  )
}
