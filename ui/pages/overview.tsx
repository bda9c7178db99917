/** Översikt, the first page: what needs somebody, how the webshops are, how the day goes; and for a new company the next step. */
import { Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, type LinkProps } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ago, pieces } from '../format.ts'
import { keyOf } from '../parts/attention-card.tsx'
import { ConnectionTag } from '../parts/connection-tag.tsx'
import { FigureValue } from '../parts/figure.tsx'
import { Icon, type IconName } from '../parts/icons.tsx'
import { flowing, OverviewFlow } from '../parts/overview-flow.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Restored } from '../parts/restored.tsx'
import { SalesDays } from '../parts/sales-days.tsx'
import { Shelves } from '../parts/shelves.tsx'
import { shopPage, shopSaid } from '../parts/shop-said.ts'
import { Failure, Loading } from '../parts/states.tsx'
import { attentionQuery, type Overview, overviewQuery, restoreQuery } from '../queries.ts'
import { currentLocale } from '../words.ts'

export function OverviewPage() {
  const { t } = useTranslation()
  const overview = useQuery(overviewQuery)
  return (
    <div className="middle">
      <PageHead title={t('overview.title')} text={t('overview.text')} />
      <Restored />
      {overview.data ? (
        <Stack gap="xl">
          <Begin overview={overview.data} />
          <Needs overview={overview.data} />
          <Today overview={overview.data} />
          <Flow overview={overview.data} />
          <SalesDays />
          <OnShelves overview={overview.data} />
          <Shops overview={overview.data} now={overview.dataUpdatedAt} />
        </Stack>
      ) : overview.error ? (
        <Failure error={overview.error} retry={() => void overview.refetch()} />
      ) : (
        <Loading />
      )}
    </div>
  )
}

/** Three steps until there is something to look at. */
function Begin({ overview: { stock, shops } }: { overview: Overview }) {
  const { t } = useTranslation()
  if (stock.articles > 0 && shops.length > 0) return null
  return (
    <Section id="begin" title={t('overview.begin')}>
      <ul className="todo">
        {stock.articles === 0 ? (
          <>
            <Todo link={{ to: '/articles/import' }} icon="receipt" words={t('overview.begin-import')} under={t('overview.begin-import-text')} />
            <Todo link={{ to: '/articles/new' }} icon="articles" words={t('overview.begin-articles')} under={t('overview.begin-articles-text')} />
          </>
        ) : (
          stock.uncounted > 0 && <Todo link={{ to: '/count' }} icon="count" words={t('overview.begin-count')} under={t('overview.begin-count-text')} />
        )}
        {shops.length === 0 && <Todo link={{ to: '/webshops' }} icon="webshop" words={t('overview.begin-shop')} under={t('overview.begin-shop-text')} />}
      </ul>
    </Section>
  )
}

/** So many stand here; the rest is a press away. */
const MOST_NEEDS = 3

function Needs({ overview }: { overview: Overview }) {
  const { t } = useTranslation()
  const waiting = useQuery(attentionQuery(currentLocale()))
  const restored = useQuery(restoreQuery).data?.restored ?? null
  if (waiting.error) return <Failure error={waiting.error} retry={() => void waiting.refetch()} />
  if (!waiting.data) return null
  // What a restored backup lacks stands above.
  const groups = waiting.data.groups.filter(({ cause }) => cause !== 'restored')
  // Nothing is in order while something is missing, and nothing is in step before something has been.
  if (groups.length === 0 && (overview.stock.articles === 0 || overview.shops.length === 0 || restored !== null)) return null
  return (
    <Section id="needs" title={t('overview.needs')}>
      {groups.length === 0 ? (
        <Paper className="all-well">
          <Icon name="check" size={22} />
          <div>
            <span className="strong">{t('overview.nothing')}</span>
            <Text c="dimmed" size="sm">
              {t('overview.nothing-text')}
            </Text>
          </div>
        </Paper>
      ) : (
        <>
          <ul className="todo">
            {groups.slice(0, MOST_NEEDS).map((group) => (
              <Todo
                key={keyOf(group)}
                link={{ to: '/attention', search: { open: keyOf(group) }, hash: keyOf(group) }}
                icon={group.urgency === 'calm' ? 'wait' : 'alert'}
                words={group.title}
              />
            ))}
          </ul>
          <Link to="/attention" className="link see-all">
            {t('overview.see-all', { count: groups.length, shown: pieces(groups.length) })}
          </Link>
        </>
      )}
    </Section>
  )
}

function Todo({ link, icon, words, under }: { link: LinkProps; icon: IconName; words: string; under?: string }) {
  return (
    <li>
      <Link {...link} className="todo-link">
        <Icon name={icon} size={22} />
        <span className="todo-words">
          {words}
          {under !== undefined && <small>{under}</small>}
        </span>
        <Icon name="next" size={18} />
      </Link>
    </li>
  )
}

function Shops({ overview: { shops }, now }: { overview: Overview; now: number }) {
  const { t } = useTranslation()
  if (shops.length === 0) return null
  return (
    <Section id="shops" title={t('overview.shops')}>
      <ul className="todo">
        {shops.map((shop) => {
          const isErp = shop.role === 'erp'
          const { never, read } = isErp
            ? ({ never: 'overview.erp-never-read', read: 'overview.erp-read' } as const)
            : ({ never: 'connection.never-read', read: 'connection.read' } as const)
          const heard = shop.polledAt === null ? t(never) : t(read, { ago: ago(shop.polledAt, now) })
          const said = isErp ? [t('webshops.erp-carries'), heard] : [...shopSaid(shop, t), heard]
          return (
            <li key={shop.id}>
              <Link to={shopPage(shop)} params={{ id: String(shop.id) }} className="todo-link">
                <Icon name={isErp ? 'accounts' : 'webshop'} size={22} />
                <span className="todo-words">
                  {shop.name}
                  <small>{said.join(' · ')}</small>
                </span>
                <ConnectionTag state={shop.state} />
              </Link>
            </li>
          )
        })}
      </ul>
    </Section>
  )
}

function Today({ overview: { today, orders, stock } }: { overview: Overview }) {
  const { t } = useTranslation()
  if (stock.articles === 0) return null
  return (
    <Section id="today" title={t('overview.today')}>
      <SimpleGrid cols={{ base: 2, xs: 3 }} spacing="md" className="figures">
        <Figure
          link={{ to: '/documents', search: { type: 'sale' } }}
          words={t('overview.sold')}
          value={today.salePieces}
          under={t('overview.sold-under', { count: today.sales, shown: pieces(today.sales) })}
        />
        <Figure link={{ to: '/orders' }} words={t('overview.ordered')} value={today.orders} under={t('overview.ordered-under', { shown: pieces(today.orderPieces) })} />
        <Figure link={{ to: '/orders', search: { state: 'open' } }} words={t('overview.open')} value={orders.open} under={t('overview.open-under')} />
      </SimpleGrid>
    </Section>
  )
}

function Flow({ overview }: { overview: Overview }) {
  const { t } = useTranslation()
  if (flowing(overview).length === 0) return null
  return (
    <Section id="flow" title={t('overview.flow')}>
      <OverviewFlow overview={overview} />
    </Section>
  )
}

function OnShelves({ overview: { shelves, stock } }: { overview: Overview }) {
  const { t } = useTranslation()
  if (stock.articles === 0 || shelves.length === 0) return null
  return (
    <Section id="shelves" title={t('overview.shelves')}>
      <Shelves shelves={shelves} />
    </Section>
  )
}

function Figure({ link, words, value, under }: { link: LinkProps; words: string; value: number; under: string }) {
  return (
    <Link {...link} className="figure figure-link">
      <span className="figure-words">{words}</span>
      <FigureValue value={pieces(value)} />
      <span className="figure-under">{under}</span>
    </Link>
  )
}

function Section({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id}>
      <Title order={2} id={id} mb="sm">
        {title}
      </Title>
      {children}
    </section>
  )
}
