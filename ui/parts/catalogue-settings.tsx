/** Innstillinger of the products a webshop is told of, in the order its guide names them; Lagre says what follows. */
import { Alert, Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { pieces } from '../format.ts'
import { type Catalogue, type Connection, catalogueQuery } from '../queries.ts'
import { CatalogueFields, type Changes } from './catalogue-fields.tsx'
import { CatalogueOrders } from './catalogue-orders.tsx'
import { CatalogueStatus } from './catalogue-status.tsx'
import { Icon } from './icons.tsx'
import { Failure } from './states.tsx'

export function CatalogueSettings({ connection, catalogue }: { connection: Connection; catalogue: Catalogue }) {
  const { t } = useTranslation()
  // Only what was changed is said, so that what somebody else changes meanwhile stays.
  const [typed, setTyped] = useState<Changes>({})
  const save = useMutation({
    mutationFn: () => api('catalogues.set', { params: { connectionId: connection.id }, body: typed }),
    onSuccess: (latest) => {
      data.setQueryData(catalogueQuery(connection.id).queryKey, latest)
      setTyped({})
    },
  })
  const changed = Object.keys(typed).length > 0
  const send = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <Paper component="section" aria-labelledby="catalogue-settings" maw={760}>
      <Title order={2} id="catalogue-settings" size="h3" mb="md">
        {t('catalogue.settings')}
      </Title>
      <CatalogueStatus connection={connection} />
      <CatalogueOrders connection={connection} />
      <form onSubmit={send}>
        <CatalogueFields
          connection={connection}
          catalogue={{ ...catalogue, ...typed }}
          change={(more) => {
            save.reset()
            setTyped((before) => ({ ...before, ...more }))
          }}
        />
        {save.error && <Failure error={save.error} />}
        <Stack mt="lg" gap="sm" align="flex-start">
          <Group gap="sm">
            <Button type="submit" loading={save.isPending} disabled={!changed}>
              {t('common.save')}
            </Button>
            {changed && (
              <Text size="sm" c="dimmed">
                {t('catalogue.unsaved')}
              </Text>
            )}
          </Group>
          {save.isSuccess && !changed && (
            <Alert color="pine" variant="light" icon={<Icon name="check" />} role="status" title={t('common.saved')}>
              <Follows catalogue={catalogue} />
            </Alert>
          )}
        </Stack>
      </form>
    </Paper>
  )
}

/** What comes of what was saved. */
function Follows({ catalogue: { products, live, run, waiting } }: { catalogue: Catalogue }) {
  const { t } = useTranslation()
  if (!products) return t('catalogue.follows.off')
  if (run === null) return t('catalogue.follows.first')
  if (waiting === 0) return t('catalogue.follows.nothing')
  return t(live ? 'catalogue.follows.live' : 'catalogue.follows.later', { count: waiting, shown: pieces(waiting) })
}
