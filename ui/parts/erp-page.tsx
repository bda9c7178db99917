/** The page of an ERP: whose numbers it keeps, how far it was read, what it told of and what came of it, and its settings. */
import { Paper, Stack, Tabs, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ago } from '../format.ts'
import { useNow } from '../live.ts'
import { type Connection, masterQuery } from '../queries.ts'
import { Calls } from './calls.tsx'
import { ConnectionTag } from './connection-tag.tsx'
import { ErpCalled } from './erp-called.tsx'
import { ErpFetch } from './erp-fetch.tsx'
import { LastCalls } from './erp-lines.tsx'
import { ErpRefused } from './erp-refused.tsx'
import { ErpSettings } from './erp-settings.tsx'
import { LinkButton } from './link-button.tsx'
import { PageHead } from './page-head.tsx'
import { ERP_TABS, isShopTab } from './shop-tabs.ts'
import { Failure } from './states.tsx'
import { Stopped } from './stopped.tsx'

export function ErpPage({ connection, stale }: { connection: Connection; stale: boolean }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const now = useNow()
  const { tab: asked } = useSearch({ from: '/inside/webshops/$id' })
  const tab = ERP_TABS.find((each) => each === asked) ?? 'called'
  const params = { id: String(connection.id) }
  return (
    <>
      <PageHead
        title={connection.name}
        text={
          <>
            <ConnectionTag state={connection.state} /> {connection.health && <span>{connection.health.account.name} · </span>}
            <span>{connection.polledAt === null ? t('erp.never-read') : t('erp.read', { ago: ago(connection.polledAt, now) })}</span>
          </>
        }
        back={{ words: t('webshops.erp'), link: { to: '/webshops' } }}
        actions={
          <LinkButton to="/webshops/$id/guide" params={params} variant="default">
            {t('connection.guide')}
          </LinkButton>
        }
      />
      {stale && <Failure error={null} />}
      <Stopped connection={connection} now={now} />
      {connection.state !== 'setup' && <Standing connection={connection} />}
      <Tabs
        value={tab}
        onChange={(value) => {
          if (isShopTab(value)) void navigate({ to: '/webshops/$id', params, search: value === 'called' ? {} : { tab: value }, replace: true, resetScroll: false })
        }}
        keepMounted={false}
        mt="lg"
      >
        <Tabs.List aria-label={connection.name} className="tabs">
          {ERP_TABS.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {t(`erp.tab.${each}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="called" pt="md">
          <ErpCalled connection={connection} />
        </Tabs.Panel>
        <Tabs.Panel value="refused" pt="md">
          <ErpRefused connection={connection} />
        </Tabs.Panel>
        <Tabs.Panel value="settings" pt="md">
          <ErpSettings connection={connection} />
        </Tabs.Panel>
        <Tabs.Panel value="calls" pt="md">
          <Calls connection={connection} />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}

/** Who keeps the stock where, how far it was read, and when it last called. */
function Standing({ connection }: { connection: Connection }) {
  const { t } = useTranslation()
  const master = useQuery(masterQuery(connection.id))
  const location = master.data?.location ?? null
  const store = connection.places[0]
  return (
    <Paper component="section" aria-labelledby="stock-master">
      <Title order={2} id="stock-master" size="h3" mb="xs">
        {t('erp.master.title')}
      </Title>
      <Stack gap="md">
        {master.data && location !== null && <Text>{t('erp.master.here', { store: location.name, name: connection.name })}</Text>}
        {master.data && location === null && <Text>{connection.health?.learned.rackbeat === 'yes' ? t('erp.rackbeat') : t('erp.master.none', { name: connection.name })}</Text>}
        {store !== undefined && (
          <Link to="/stores/$id" params={{ id: String(store.locationId) }} className="link">
            {t('erp.master.change')}
          </Link>
        )}
        {(master.isPending || master.error || location !== null) && <ErpFetch connection={connection} />}
        {master.data?.called && <LastCalls called={master.data.called} />}
      </Stack>
    </Paper>
  )
}
