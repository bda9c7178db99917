/** From the till to the webshop: how long a change takes today, what is on its way, how much is the same in both. */
import { SimpleGrid } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { pieces, seconds, span } from '../format.ts'
import { useNow } from '../live.ts'
import type { Overview } from '../queries.ts'
import { boxedOf, summed } from './article-counts.ts'
import { Figure } from './figure.tsx'

/** Only webshops that were made the same once: before that nothing is behind, and nothing in sync. */
export const flowing = ({ shops }: Overview) => shops.filter((shop) => shop.role === 'webshop' && shop.state !== 'setup' && shop.firstSyncedAt !== null)

export function OverviewFlow({ overview }: { overview: Overview }) {
  const { t } = useTranslation()
  const now = useNow()
  const shops = flowing(overview)
  const waiting = summed(shops.map((shop) => shop.waiting))
  const since = shops.flatMap((shop) => shop.waitingSince ?? []).toSorted()[0]
  const inSync = summed(shops.map((shop) => shop.counts['in-sync'] ?? 0))
  const boxed = summed(shops.map((shop) => boxedOf(shop.counts)))
  const { told } = overview
  return (
    <SimpleGrid cols={{ base: 2, xs: 3 }} spacing="md" component="dl" className="health figures">
      <Figure
        words={t('health.latency')}
        value={told === null ? '–' : seconds(told.p50Ms)}
        under={told === null ? t('overview.told-none') : t('overview.told-most', { most: seconds(told.p95Ms) })}
      />
      <Figure
        words={t('health.waiting')}
        value={pieces(waiting)}
        under={since === undefined ? t('health.nothing-waits') : t('health.behind', { span: span(now - new Date(since).getTime()) })}
      />
      <Figure
        words={t('health.in-sync')}
        value={boxed === 0 ? '–' : pieces(inSync)}
        under={boxed === 0 ? t('health.none-ticked') : t('health.in-sync-of', { shown: pieces(boxed) })}
        {...(boxed > 0 && inSync === boxed ? { tone: 'good' as const } : {})}
      />
    </SimpleGrid>
  )
}
