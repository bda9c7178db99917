/** After the vendor's own steps: tick the articles and send the first numbers. */
import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { pieces } from '../format.ts'
import type { Connection } from '../queries.ts'
import { boxedOf } from './article-counts.ts'
import { BoxDialog } from './box-dialog.tsx'
import { IdsStale, NoValidId } from './check-ids.tsx'
import { StepFrame } from './step-frame.tsx'
import { SyncAll } from './sync-all.tsx'
import { TakeOver } from './take-over.tsx'

export function LastStep({ number, connection, open, toggle }: { number: number; connection: Connection; open: boolean; toggle: () => void }) {
  const { t } = useTranslation()
  const [boxing, setBoxing] = useState(false)
  const boxed = boxedOf(connection.counts)
  const done = connection.firstSyncedAt !== null
  return (
    <StepFrame number={number} title={t('last-step.title')} done={done} open={open} toggle={toggle}>
      <Stack gap="md">
        <Text>{t('last-step.text')}</Text>
        <Text className="strong">{t('last-step.boxed', { count: boxed, shown: pieces(boxed) })}</Text>
        <Group align="flex-start">
          <Button variant={boxed === 0 ? 'filled' : 'default'} onClick={() => setBoxing(true)} disabled={connection.state !== 'active'}>
            {t('last-step.choose')}
          </Button>
          <SyncAll connection={connection} kind="first-sync" />
        </Group>
        <IdsStale connection={connection} press={true} />
        <NoValidId connection={connection} />
        {(connection.counts['no-stock-yet'] ?? 0) > 0 && (
          <div>
            <Text mb="xs">{t('take-over.why')}</Text>
            <TakeOver connectionId={connection.id} size="sm" variant="light" disabled={connection.state !== 'active'} />
          </div>
        )}
        {connection.state !== 'active' && (
          <Text size="sm" c="dimmed">
            {t('last-step.not-yet')}
          </Text>
        )}
      </Stack>
      <BoxDialog opened={boxing} onClose={() => setBoxing(false)} shop={connection} chosen={[]} q="" onDone={() => undefined} />
    </StepFrame>
  )
}
