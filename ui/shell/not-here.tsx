/** An address that leads nowhere. */
import { useTranslation } from 'react-i18next'
import { LinkButton } from '../parts/link-button.tsx'
import { Empty } from '../parts/states.tsx'
import { Bare } from './bare.tsx'

export function NotHere() {
  const { t } = useTranslation()
  return (
    <Bare>
      <Empty icon="search" order={1} title={t('not-here.title')} action={<LinkButton to="/">{t('not-here.back')}</LinkButton>}>
        {t('not-here.text')}
      </Empty>
    </Bare>
  )
}
