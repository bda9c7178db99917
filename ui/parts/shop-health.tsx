/** A connection's health at a glance: how it is in one sentence, what waits, how fast the shop answers, what comes in, and what needs somebody. */
import { Alert, SimpleGrid } from '@mantine/core'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { ago, pieces, seconds, span } from '../format.ts'
import { useNow } from '../live.ts'
import type { Connection } from '../queries.ts'
import { actsOf, boxedOf } from './article-counts.ts'
import { Figure } from './figure.tsx'
import { Icon } from './icons.tsx'
import { LinkButton } from './link-button.tsx'

/** Longer behind than this is said; a change that is just on its way isn't. */
const BEHIND_MS = 60_000

export function ShopHealth({ connection }: { connection: Connection }) {
  const { t } = useTranslation()
  const now = useNow()
  const { queue, latency, pace, hooks, lastOrder } = connection
  const acts = actsOf(connection.counts)
  const boxed = boxedOf(connection.counts)
  const inSync = connection.counts['in-sync'] ?? 0
  const waiting = queue.live + queue.backfill
  const missing = connection.health?.rights.filter((right) => right.needed && !right.granted) ?? []
  const waits = latency.hour ?? latency.day
  return (
    <>
      <p className="flat health-words" role="status">
        {words(connection, acts, now, t)}
      </p>
      <Notices connection={connection} />
      <SimpleGrid cols={{ base: 2, md: 3 }} spacing="md" component="dl" className="health">
        <Figure
          words={t('health.in-sync')}
          value={boxed === 0 ? '–' : pieces(inSync)}
          under={boxed === 0 ? t('health.none-ticked') : t('health.in-sync-of', { shown: pieces(boxed) })}
          {...(inSync > 0 ? { tone: 'good' as const } : {})}
        />
        <Figure
          words={t('health.waiting')}
          value={pieces(waiting)}
          under={
            queue.oldestSince !== null && waiting > 0
              ? t('health.behind', { span: span(now - new Date(queue.oldestSince).getTime()) })
              : queue.inFlight > 0
                ? t('health.in-flight', { shown: pieces(queue.inFlight) })
                : t('health.nothing-waits')
          }
        />
        <Figure words={t('health.acts')} value={pieces(acts)} under={acts > 0 ? t('health.acts-some') : t('health.acts-none')} {...(acts > 0 ? { tone: 'act' as const } : {})} />
        <Figure
          words={t('health.latency')}
          value={waits === null ? '–' : seconds(waits.p50Ms)}
          under={
            waits === null
              ? t('health.latency-none')
              : t(latency.hour === null ? 'health.latency-day' : 'health.latency-hour', { most: seconds(waits.p95Ms), count: waits.n, shown: pieces(waits.n) })
          }
        />
        <Figure
          words={t('health.incoming')}
          value={pieces(hooks.hour)}
          under={
            missing.length > 0
              ? t('health.rights-missing', { scopes: missing.map((right) => right.scope).join(', ') })
              : [
                  connection.hookUrl === null || connection.subscribedAt === null
                    ? t('health.polling', { seconds: Math.round(connection.pollEveryMs / 1000) })
                    : t('health.last-hour'),
                  ...(lastOrder === null ? [] : [t('health.last-order', { name: lastOrder.name, ago: ago(lastOrder.at, now) })]),
                  ...(hooks.forged > 0 ? [t('health.forged', { shown: pieces(hooks.forged) })] : []),
                ].join(' · ')
          }
          {...(missing.length > 0 ? { tone: 'act' as const } : {})}
        />
        <Figure
          words={t('health.pace')}
          value={pace === null ? '–' : pieces(Math.floor(pace.left))}
          under={pace === null ? t('health.pace-none') : t('health.pace-of', { most: pieces(pace.most), restored: pieces(pace.perSecond) })}
        />
      </SimpleGrid>
    </>
  )
}

/** The one sentence: what is wrong first, then what is on its way, then that all is well. */
function words(connection: Connection, acts: number, now: number, t: TFunction): string {
  const { queue, state } = connection
  const waiting = queue.live + queue.backfill
  const behindMs = queue.oldestSince === null ? 0 : now - new Date(queue.oldestSince).getTime()
  if (state !== 'active') return t(`health.words.${state === 'paused' ? 'paused' : 'setup'}`)
  if (connection.stopped.length > 0) return t('health.words.right')
  if (queue.inboxListed > 0) return t('health.words.listed')
  if (waiting > 0 && behindMs > BEHIND_MS && connection.firstSyncedAt !== null) return t('health.words.behind', { shown: pieces(waiting), span: span(behindMs) })
  if (acts > 0) return t('health.words.acts', { count: acts, shown: pieces(acts) })
  if (waiting > 0) return t('health.words.waiting', { count: waiting, shown: pieces(waiting) })
  if (connection.firstSyncedAt === null) return t('health.words.not-synced')
  if (boxedOf(connection.counts) === 0) return t('health.words.none-ticked')
  if (isWarned(connection)) return t('health.words.warned')
  return t('health.words.well')
}

/** Something on the page asks for somebody, though every number has been told. */
const isWarned = ({ openDifferences, trouble, health, subscribed }: Connection): boolean =>
  openDifferences > 0 ||
  trouble !== null ||
  health?.rights.some((right) => right.needed && !right.granted) === true ||
  subscribed?.topics.some((topic) => topic.state === 'foreign') === true

/** What a person should know of, a line each; none of it loses a delivery. */
function Notices({ connection }: { connection: Connection }) {
  const { t } = useTranslation()
  const { queue, hookVersion, health } = connection
  const version = health?.version
  return (
    <>
      {queue.inboxListed > 0 && (
        <Alert
          color="orange"
          variant="light"
          icon={<Icon name="alert" />}
          title={t('messages.listed', { count: queue.inboxListed, shown: pieces(queue.inboxListed) })}
          mb="md"
          role="status"
        >
          <p className="flat">{t('messages.listed-text')}</p>
          <LinkButton to="/webshops/$id" params={{ id: String(connection.id) }} search={{ tab: 'incoming' }} size="sm" variant="default" mt="sm">
            {t('messages.see')}
          </LinkButton>
        </Alert>
      )}
      {connection.subscribed?.topics.some((topic) => topic.state === 'foreign') && (
        <Alert color="orange" variant="light" icon={<Icon name="alert" />} title={t('hook-topics.foreign-title')} mb="md" role="status">
          <LinkButton to="/webshops/$id" params={{ id: String(connection.id) }} search={{ tab: 'incoming' }} size="sm" variant="default">
            {t('hook-topics.see')}
          </LinkButton>
        </Alert>
      )}
      {version && hookVersion !== null && hookVersion !== version.asked && <p className="flat notice">{t('health.hook-version', { said: hookVersion, asked: version.asked })}</p>}
      {version && version.answered !== null && version.answered !== version.asked && (
        <p className="flat notice">{t('health.api-version', { said: version.answered, asked: version.asked })}</p>
      )}
    </>
  )
}
