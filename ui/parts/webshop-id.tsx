/** Webshop artikel-ID as it was saved: to be read, copied and looked up in the webshop, never to be typed. */
import { CopyButton, Group, Text, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Icon } from './icons.tsx'

/** The id as the webshop's own pages say it: the last part of the ref. */
export const refShown = (itemRef: string): string => itemRef.split(/[/:]/).at(-1) ?? itemRef

interface Props {
  itemRef: string
  url: string | null
  /** False = the webshop has it no more under this number: nothing is sent, and the id is what it was. */
  valid: boolean
}

export function WebshopId({ itemRef, url, valid }: Props) {
  const { t } = useTranslation()
  const shown = refShown(itemRef)
  return (
    <Group gap="xs" mt={4} className="webshop-id">
      <Text size="sm">
        {t(valid ? 'webshop-id.name' : 'webshop-id.old')} <span className={valid ? 'mono' : 'mono quiet'}>{shown}</span>
      </Text>
      <CopyButton value={shown} timeout={2000}>
        {({ copied, copy }) => (
          <UnstyledButton className="link copy-id" onClick={copy} aria-label={t('webshop-id.copy', { id: shown })}>
            {copied ? (
              <>
                <Icon name="check" size={14} /> {t('webshop-id.copied')}
              </>
            ) : (
              t('webshop-id.copy-short')
            )}
          </UnstyledButton>
        )}
      </CopyButton>
      {url !== null && (
        <a className="link" href={url} target="_blank" rel="noreferrer">
          {t('finds.open')} <Icon name="out" size={14} />
        </a>
      )}
    </Group>
  )
}
