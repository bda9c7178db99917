/** A new key, shown this once. */
import { Alert, Button, CopyButton, Group, Stack, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../api.ts'
import { Icon } from './icons.tsx'

export function KeyMade({ made, done }: { made: Answer<'keys.make'>; done: () => void }) {
  const { t } = useTranslation()
  return (
    <Alert color="pine" variant="light" icon={<Icon name="key" />} title={t('keys.made', { name: made.name })} role="status">
      <Stack gap="sm">
        <Text>{t('keys.once')}</Text>
        <Group gap="xs" align="flex-end">
          {/* Selects itself: where the page isn't on https a browser lets nobody else copy. */}
          <TextInput label={t('keys.key')} value={made.key} readOnly className="grow secret" onFocus={(event) => event.currentTarget.select()} />
          <CopyButton value={made.key} timeout={4000}>
            {({ copied, copy }) => (
              <Button onClick={copy} leftSection={<Icon name={copied ? 'check' : 'copy'} size={18} />}>
                {copied ? t('keys.copied') : t('keys.copy')}
              </Button>
            )}
          </CopyButton>
        </Group>
        <Button variant="default" onClick={done} className="start">
          {t('keys.done')}
        </Button>
      </Stack>
    </Alert>
  )
}
