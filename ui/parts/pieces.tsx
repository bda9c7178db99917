/** A number of pieces; a dash where nothing was ever booked, which is not zero (L7). */
import { useTranslation } from 'react-i18next'
import { pieces } from '../format.ts'

export function Pieces({ value }: { value: number | null }) {
  const { t } = useTranslation()
  if (value === null)
    return (
      <span className="quiet" title={t('common.unknown')}>
        <span aria-hidden="true">–</span>
        <span className="hidden">{t('common.unknown')}</span>
      </span>
    )
  return <span className={value < 0 ? 'below' : undefined}>{pieces(value)}</span>
}
