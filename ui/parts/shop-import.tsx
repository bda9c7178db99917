/** Koble sammen / importere: first-time set-up with a webshop that has products already. What would happen is seen first; it is done once. */
import { Button, Group, Paper, Progress, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { moment, pieces } from '../format.ts'
import { type Connection, importQuery, type ShopImportShown } from '../queries.ts'
import { useCompany } from '../session.ts'
import { ImportChoices } from './import-choices.tsx'
import { ImportItems } from './import-items.tsx'
import { ImportReasons } from './import-reasons.tsx'
import { Empty, Failure, Loading } from './states.tsx'

export function ShopImport({ connection }: { connection: Connection }) {
  const page = useQuery(importQuery(connection.id))
  if (page.isPending) return <Loading rows={4} />
  if (page.error) return <Failure error={page.error} retry={() => void page.refetch()} />
  const { can, import: standing } = page.data
  if (standing === null) return <Begin connection={connection} can={can} />
  const seen = standing.state !== 'reading' && standing.state !== 'judging'
  return (
    <Stack gap="lg">
      <Standing connection={connection} standing={standing} />
      {standing.state === 'ready' && standing.variants > 0 && <ImportChoices connection={connection} standing={standing} />}
      {seen && <ImportReasons standing={standing} />}
      {seen && standing.variants > 0 && <ImportItems connection={connection} standing={standing} />}
    </Stack>
  )
}

function Begin({ connection, can }: { connection: Connection; can: boolean }) {
  const { t } = useTranslation()
  const preview = useMutation({
    mutationFn: () => api('imports.preview', { params: { connectionId: connection.id }, body: {} }),
    onSuccess: (page) => data.setQueryData(importQuery(connection.id).queryKey, page),
  })
  const active = connection.state === 'active'
  return (
    <>
      <Empty
        icon="articles"
        title={t('import.title')}
        action={
          <Button onClick={() => preview.mutate()} loading={preview.isPending} disabled={!active || !can}>
            {t('import.preview')}
          </Button>
        }
      >
        {t('import.text')} {active ? !can && t('import.cannot') : t('import.not-active')}
      </Empty>
      {preview.error && <Failure error={preview.error} />}
    </>
  )
}

/** Where it stands in one sentence, how far it has come, and who did it when. */
function Standing({ connection, standing }: { connection: Connection; standing: ShopImportShown }) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const { state, progress, endedAt, confirmedBy } = standing
  const moves = state !== 'ready' && state !== 'done'
  return (
    <Paper component="section" aria-labelledby="import">
      <Title order={2} id="import" size="h3" mb="xs">
        {t('import.title')}
      </Title>
      <div role="status">
        <Group justify="space-between" gap="xs">
          <Text className="strong">{t(`import.state.${state}`)}</Text>
          {moves && state !== 'stocking' && (
            <Text className="number">
              {progress.of === null
                ? t('import.read', { count: progress.done, shown: pieces(progress.done) })
                : t('import.of', { done: pieces(progress.done), all: pieces(progress.of) })}
            </Text>
          )}
        </Group>
        {moves && (
          <Progress
            mt="xs"
            animated={progress.of === null || state === 'stocking'}
            value={progress.of === null || state === 'stocking' ? 100 : (progress.done / Math.max(progress.of, 1)) * 100}
            aria-label={t('import.progress')}
          />
        )}
        <Text c="dimmed" size="sm" mt="xs">
          {moves && t('import.goes-on')}
          {state === 'ready' && standing.variants === 0 && t('import.empty')}
          {endedAt !== null && t('import.done-by', { when: moment(endedAt, timeZone), who: confirmedBy?.name ?? t('import.somebody') })}
        </Text>
      </div>
      {standing.choices === null && <Drop connection={connection} />}
    </Paper>
  )
}

function Drop({ connection }: { connection: Connection }) {
  const { t } = useTranslation()
  const drop = useMutation({
    mutationFn: () => api('imports.cancel', { params: { connectionId: connection.id }, body: {} }),
    onSuccess: (page) => data.setQueryData(importQuery(connection.id).queryKey, page),
  })
  return (
    <>
      <Button mt="md" size="xs" variant="default" onClick={() => drop.mutate()} loading={drop.isPending}>
        {t('import.drop')}
      </Button>
      {drop.error && <Failure error={drop.error} />}
    </>
  )
}
