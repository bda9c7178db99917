/** A connection's health in numbers: what is in sync, what waits, what needs somebody, how fast the shop answers, what comes in. */
import { SimpleGrid } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ago, pieces, seconds, span } from '../format.ts'
import { useNow } from '../live.ts'
import type { Connection } from '../queries.ts'
import { actsOf, boxedOf } from './article-counts.ts'
import { Figure } from './figure.tsx'

export function ShopFigures({ connection }: { connection: Connection }) {
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
  )
}
