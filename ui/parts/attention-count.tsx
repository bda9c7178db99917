/** How many things wait for somebody, beside the way to them. Nothing waits = nothing stands there. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { pieces } from '../format.ts'
import { attentionQuery } from '../queries.ts'
import { currentLocale } from '../words.ts'

export function AttentionCount() {
  const { t } = useTranslation()
  const count = useQuery(attentionQuery(currentLocale())).data?.groups.length ?? 0
  if (count === 0) return null
  return (
    <span className="count-badge">
      <span aria-hidden="true">{pieces(count)}</span>
      <span className="hidden">{t('shell.attention-count', { count, shown: pieces(count) })}</span>
    </span>
  )
}
