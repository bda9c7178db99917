/** Search, on every page: a press, "/" or Ctrl+K. */
import { Modal, UnstyledButton } from '@mantine/core'
import { useDisclosure, useHotkeys } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { Icon } from '../parts/icons.tsx'
import { SearchBox } from './search-box.tsx'

interface Shown {
  open: () => void
}

/** As a field in the side. */
export function SearchField({ open }: Shown) {
  const { t } = useTranslation()
  return (
    <UnstyledButton className="search-field" onClick={open} aria-keyshortcuts="/ Control+K">
      <Icon name="search" size={18} />
      <span>{t('search.open')}</span>
      <span className="search-key" aria-hidden="true">
        /
      </span>
    </UnstyledButton>
  )
}

/** On a phone: the glass alone. */
export function SearchGlass({ open }: Shown) {
  const { t } = useTranslation()
  return (
    <UnstyledButton className="search-glass" onClick={open} aria-label={t('search.open')}>
      <Icon name="search" size={22} />
    </UnstyledButton>
  )
}

export function useSearch(): { open: () => void; dialog: React.ReactNode } {
  const { t } = useTranslation()
  const [opened, { open, close }] = useDisclosure(false)
  // "/" is a letter to whoever is writing; Ctrl+K is not.
  useHotkeys([['/', open]])
  useHotkeys([['mod+K', open]], [])
  return {
    open,
    dialog: (
      <Modal opened={opened} onClose={close} title={t('search.title')} closeButtonProps={{ 'aria-label': t('common.close') }} size="lg" yOffset="8dvh">
        <SearchBox onGone={close} />
      </Modal>
    ),
  }
}
