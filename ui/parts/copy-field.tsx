/** A text to take along: a key, an address, a command. */
import { Button, CopyButton, Group, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Icon } from './icons.tsx'

export function CopyField({ label, value, quiet = false }: { label: string; value: string; quiet?: boolean }) {
  const { t } = useTranslation()
  return (
    <Group gap="xs" align="flex-end">
      {/* Selects itself: where the page isn't on https a browser lets nobody else copy. */}
      <TextInput label={label} value={value} readOnly className="grow secret" onFocus={(event) => event.currentTarget.select()} />
      <CopyButton value={value} timeout={4000}>
        {({ copied, copy }) => (
          <Button
            onClick={copy}
            variant={quiet ? 'default' : 'filled'}
            leftSection={<Icon name={copied ? 'check' : 'copy'} size={18} />}
            {...(quiet ? { 'aria-label': `${copied ? t('keys.copied') : t('keys.copy')}: ${label}` } : {})}
          >
            {copied ? t('keys.copied') : t('keys.copy')}
          </Button>
        )}
      </CopyButton>
    </Group>
  )
}
