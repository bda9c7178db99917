/** A new view's key, shown this once, with the address and the first call: all that whoever looks after the other system needs. */
import { useTranslation } from 'react-i18next'
import { CopyField } from './copy-field.tsx'
import { KeyMade } from './key-made.tsx'

export const addressOfView = (viewId: number): string => `${window.location.origin}/v1/sync-views/${viewId}`

export function ViewMade({ made, done }: { made: { viewId: number; name: string; key: string }; done: () => void }) {
  const { t } = useTranslation()
  const address = addressOfView(made.viewId)
  return (
    <KeyMade made={made} done={done}>
      <CopyField label={t('views.address')} value={address} quiet />
      <CopyField label={t('views.first-call')} value={`curl -H 'Authorization: Bearer ${made.key}' '${address}/changes?wait=20'`} quiet />
      <ViewDocs />
    </KeyMade>
  )
}

/** The page for the developer at the other end, as this installation serves it. */
export function ViewDocs() {
  const { t } = useTranslation()
  return (
    <a href="/docs/sync-views" target="_blank" rel="noreferrer" className="link">
      {t('views.docs')}
    </a>
  )
}
