/** Why somebody corrected a number, as it stands on the movement: one word of the list, and their own. */
import { useTranslation } from 'react-i18next'
import { CORRECTION_REASONS } from '../../src/web/contract/correction-reasons.ts'

export function ReasonGiven({ source }: { source: Record<string, string | number> }) {
  const { t } = useTranslation()
  const reason = CORRECTION_REASONS.find((each) => each === source.reason)
  if (reason === undefined) return null
  return (
    <span className="row-sub">
      {t(`correct.reason.${reason}`)}
      {source.note !== undefined && `: ${source.note}`}
    </span>
  )
}
