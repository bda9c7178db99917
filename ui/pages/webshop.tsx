/** One connection, live: is it well, what waits, what needs somebody, and everything that was said. */
import { Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ago } from '../format.ts'
import { useLive, useNow } from '../live.ts'
import { Calls } from '../parts/calls.tsx'
import { ConnectionTag } from '../parts/connection-tag.tsx'
import { Differences } from '../parts/differences.tsx'
import { ErpPage } from '../parts/erp-page.tsx'
import { ErpRefused } from '../parts/erp-refused.tsx'
import { LinkButton } from '../parts/link-button.tsx'
import { OrdersElsewhere } from '../parts/orders-elsewhere.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { RunLine } from '../parts/run-line.tsx'
import { ShopArticles } from '../parts/shop-articles.tsx'
import { ShopFigures } from '../parts/shop-figures.tsx'
import { ShopHealth } from '../parts/shop-health.tsx'
import { ShopImport } from '../parts/shop-import.tsx'
import { ShopIncoming } from '../parts/shop-incoming.tsx'
import { ShopProducts } from '../parts/shop-products.tsx'
import { ShopRuns } from '../parts/shop-runs.tsx'
import { ShopSettings } from '../parts/shop-settings.tsx'
import { isShopTab, SHOP_TABS } from '../parts/shop-tabs.ts'
import { Failure, Loading } from '../parts/states.tsx'
import { Stopped } from '../parts/stopped.tsx'
import { TwoSyncs } from '../parts/two-syncs.tsx'
import { useTabInSight } from '../parts/use-tab-in-sight.ts'
import { type Connection, connectionQuery, connectorsQuery } from '../queries.ts'

export function Webshop() {
  const { t } = useTranslation()
  const { id } = useParams({ from: '/inside/webshops/$id' })
  const live = useLive(Number(id))
  const connection = useQuery({ ...connectionQuery(Number(id)), ...(live ? { refetchInterval: false as const } : {}) })
  const back = { words: t('webshops.title'), link: { to: '/webshops' } } as const
  if (!connection.data)
    return (
      <>
        <PageHead title={t('shell.webshop')} back={back} />
        {connection.error ? <Failure error={connection.error} retry={() => void connection.refetch()} /> : <Loading />}
      </>
    )
  const stale = connection.error !== null && !live
  return connection.data.role === 'erp' ? <ErpPage connection={connection.data} stale={stale} /> : <Shown connection={connection.data} stale={stale} back={back} />
}

function Shown({ connection, stale, back }: { connection: Connection; stale: boolean; back: { words: string; link: { to: '/webshops' } } }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const now = useNow()
  const { tab = 'articles' } = useSearch({ from: '/inside/webshops/$id' })
  const connector = useQuery(connectorsQuery).data?.find((each) => each.code === connection.code)
  const tabList = useTabInSight(tab)
  const carries = (kind: 'product' | 'order-status') => connector?.carries.out.includes(kind) === true
  const tabs = SHOP_TABS.filter((each) => (each === 'products' || each === 'import' ? carries('product') : each !== 'refused' || carries('order-status')))
  const lastHeard = connection.polledAt === null ? t('connection.never-read') : t('connection.read', { ago: ago(connection.polledAt, now) })
  return (
    <>
      <PageHead
        title={connection.name}
        text={
          <>
            <ConnectionTag state={connection.state} /> {connection.health && <span>{connection.health.account.address} · </span>}
            <span>{lastHeard}</span>
          </>
        }
        back={back}
        actions={
          <LinkButton to="/webshops/$id/guide" params={{ id: String(connection.id) }} variant="default">
            {t('connection.guide')}
          </LinkButton>
        }
      />
      {stale && <Failure error={null} />}
      <Stopped connection={connection} now={now} />
      <OrdersElsewhere connection={connection} />
      {connection.runs.map((run) => (
        <RunLine key={run.id} run={run} connectionId={connection.id} />
      ))}
      <ShopHealth connection={connection} />
      <Tabs
        value={tab}
        onChange={(value) => {
          if (isShopTab(value))
            void navigate({ to: '/webshops/$id', params: { id: String(connection.id) }, search: value === 'articles' ? {} : { tab: value }, replace: true, resetScroll: false })
        }}
        keepMounted={false}
        mt="lg"
      >
        <Tabs.List ref={tabList} aria-label={connection.name} className="tabs">
          {tabs.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {t(`connection.tab.${each}`)}
              {each === 'differences' && connection.openDifferences > 0 ? ` (${connection.openDifferences})` : ''}
              {each === 'incoming' && connection.queue.inboxListed > 0 ? ` (${connection.queue.inboxListed})` : ''}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="articles" pt="md">
          <ShopFigures connection={connection} />
          <TwoSyncs connection={connection} />
          <ShopArticles connection={connection} />
        </Tabs.Panel>
        <Tabs.Panel value="products" pt="md">
          <ShopProducts connection={connection} />
        </Tabs.Panel>
        <Tabs.Panel value="import" pt="md">
          <ShopImport connection={connection} />
        </Tabs.Panel>
        <Tabs.Panel value="runs" pt="md">
          <ShopRuns connection={connection} />
        </Tabs.Panel>
        <Tabs.Panel value="differences" pt="md">
          <Differences connection={connection} />
        </Tabs.Panel>
        <Tabs.Panel value="refused" pt="md">
          <ErpRefused connection={connection} />
        </Tabs.Panel>
        <Tabs.Panel value="incoming" pt="md">
          <ShopIncoming connection={connection} />
        </Tabs.Panel>
        <Tabs.Panel value="calls" pt="md">
          <Calls connection={connection} />
        </Tabs.Panel>
        <Tabs.Panel value="settings" pt="md">
          <ShopSettings connection={connection} />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}
