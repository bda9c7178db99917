/** Produkter: whether and how a webshop is told of our products, how far that has come, and what it didn't take. */
import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type Connection, catalogueQuery } from '../queries.ts'
import { CatalogueNow } from './catalogue-now.tsx'
import { CatalogueSettings } from './catalogue-settings.tsx'
import { CatalogueTold } from './catalogue-told.tsx'
import { CatalogueUntaken } from './catalogue-untaken.tsx'
import { LinkButton } from './link-button.tsx'
import { Empty, Failure, Loading } from './states.tsx'

export function ShopProducts({ connection }: { connection: Connection }) {
  const { t } = useTranslation()
  if (connection.state !== 'setup') return <Shown connection={connection} />
  return (
    <Empty
      icon="articles"
      title={t('connection.setup')}
      action={
        <LinkButton to="/webshops/$id/guide" params={{ id: String(connection.id) }}>
          {t('connection.guide')}
        </LinkButton>
      }
    >
      {t('catalogue.setup')}
    </Empty>
  )
}

function Shown({ connection }: { connection: Connection }) {
  const catalogue = useQuery(catalogueQuery(connection.id))
  if (catalogue.isPending) return <Loading rows={4} />
  if (catalogue.error) return <Failure error={catalogue.error} retry={() => void catalogue.refetch()} />
  return (
    <Stack gap="lg">
      <CatalogueNow connection={connection} catalogue={catalogue.data} />
      {catalogue.data.rejected > 0 && <CatalogueUntaken connection={connection} count={catalogue.data.rejected} />}
      <CatalogueSettings connection={connection} catalogue={catalogue.data} />
      {catalogue.data.products && <CatalogueTold connection={connection} run={catalogue.data.run} />}
    </Stack>
  )
}
