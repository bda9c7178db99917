/** A webshop in a line of a list: how much is the same in both, or that nothing has been synced yet. */
import type { TFunction } from 'i18next'
import type { ArticleState } from '../../src/web/contract/states.ts'
import { pieces } from '../format.ts'
import type { ConnectionHead } from '../queries.ts'

interface Shop {
  state: ConnectionHead['state']
  firstSyncedAt: string | null
  counts: Partial<Record<ArticleState, number>>
  waiting: number
}

export function shopSaid(shop: Shop, t: TFunction): string[] {
  const { counts, waiting } = shop
  const inSync = counts['in-sync'] ?? 0
  const never = shop.firstSyncedAt === null && inSync === 0
  return [
    shop.state === 'setup' ? t('webshops.go-on') : never ? t('webshops.not-synced') : t('webshops.in-sync', { count: inSync, shown: pieces(inSync) }),
    ...(waiting > 0 ? [t('webshops.waiting', { count: waiting, shown: pieces(waiting) })] : []),
  ]
}

/** Its page, or what is left of its guide. */
export const shopPage = ({ state }: Pick<Shop, 'state'>) => (state === 'setup' ? '/webshops/$id/guide' : '/webshops/$id')
