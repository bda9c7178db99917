/** A webshop in a line of a list: how much is the same in both, or that nothing has been synced yet. */
import type { TFunction } from 'i18next'
import type { ArticleState } from '../../src/web/contract/states.ts'
import { pieces } from '../format.ts'

interface Shop {
  firstSyncedAt: string | null
  counts: Partial<Record<ArticleState, number>>
  waiting: number
}

/** What is left of its guide comes first. */
export const neverSynced = ({ firstSyncedAt, counts }: Pick<Shop, 'firstSyncedAt' | 'counts'>): boolean => firstSyncedAt === null && (counts['in-sync'] ?? 0) === 0

export function shopSaid(shop: Shop, t: TFunction): string[] {
  const { counts, waiting } = shop
  const inSync = counts['in-sync'] ?? 0
  return [
    neverSynced(shop) ? t('webshops.not-synced') : t('webshops.in-sync', { count: inSync, shown: pieces(inSync) }),
    ...(waiting > 0 ? [t('webshops.waiting', { count: waiting, shown: pieces(waiting) })] : []),
  ]
}
