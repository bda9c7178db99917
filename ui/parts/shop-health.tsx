/** A connection's health at a glance: in sync, on their way, needing somebody, webhooks, rights. */
import { SimpleGrid } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ArticleState } from '../../src/web/contract/states.ts'
import { ago, pieces } from '../format.ts'
import type { Connection } from '../queries.ts'
import { needsSomebody } from './article-state.tsx'

export function ShopHealth({ connection, now }: { connection: Connection; now: number }) {
  const { t } = useTranslation()
  const { queue, health, subscribed } = connection
  const acts = Object.entries(connection.counts).reduce((all, [state, count]) => (needsSomebody(state as ArticleState) ? all + (count ?? 0) : all), 0)
  const waiting = queue.live + queue.backfill
  const standing = subscribed?.topics.filter((topic) => topic.state !== 'not-granted').length ?? 0
  const missing = health?.rights.filter((right) => right.needed && !right.granted) ?? []
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing="md" component="dl" className="health">
      <Figure words={t('health.in-sync')} value={pieces(connection.counts['in-sync'] ?? 0)} under={t('health.in-sync-of', { shown: pieces(boxedOf(connection)) })} tone="good" />
      <Figure
        words={t('health.waiting')}
        value={pieces(waiting)}
        under={
          queue.oldestSince !== null && waiting > 0
            ? t('health.oldest', { ago: ago(queue.oldestSince, now) })
            : queue.inFlight > 0
              ? t('health.in-flight', { shown: pieces(queue.inFlight) })
              : t('health.nothing-waits')
        }
      />
      <Figure words={t('health.acts')} value={pieces(acts)} under={acts > 0 ? t('health.acts-some') : t('health.acts-none')} {...(acts > 0 ? { tone: 'act' as const } : {})} />
      <Figure
        words={t('health.incoming')}
        value={subscribed ? pieces(standing) : '–'}
        under={
          missing.length > 0
            ? t('health.rights-missing', { scopes: missing.map((right) => right.scope).join(', ') })
            : connection.hookUrl === null
              ? t('health.polling', { seconds: Math.round(connection.pollEveryMs / 1000) })
              : [
                  t('health.received', { count: connection.hooks.verified, shown: pieces(connection.hooks.verified) }),
                  ...(connection.hooks.forged > 0 ? [t('health.forged', { shown: pieces(connection.hooks.forged) })] : []),
                ].join(' · ')
        }
        {...(missing.length > 0 ? { tone: 'act' as const } : {})}
      />
    </SimpleGrid>
  )
}

export function boxedOf(connection: Connection): number {
  return Object.entries(connection.counts).reduce((all, [state, count]) => (state === 'not-boxed' ? all : all + (count ?? 0)), 0)
}

function Figure({ words, value, under, tone }: { words: string; value: string; under: string; tone?: 'good' | 'act' }) {
  return (
    <div className={`figure${tone ? ` figure-${tone}` : ''}`}>
      <dt>{words}</dt>
      <dd>
        <span className="figure-value">{value}</span>
        <span className="figure-under">{under}</span>
      </dd>
    </div>
  )
}
