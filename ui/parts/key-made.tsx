/** A new key, shown this once. */
import { Alert, Button, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyField } from './copy-field.tsx'
import { Icon } from './icons.tsx'

export function KeyMade({ made, done, children }: { made: { name: string; key: string }; done: () => void; children?: ReactNode }) {
  const { t } = useTranslation()
  return (
    <Alert color="pine" variant="light" icon={<Icon name="key" />} title={t('keys.made', { name: made.name })} role="status">
      <Stack gap="sm">
        <Text>{t('keys.once')}</Text>
        <CopyField label={t('keys.key')} value={made.key} />
        {children}
        <Button variant="default" onClick={done} className="start">
          {t('keys.done')}
        </Button>
      </Stack>
    </Alert>
  )
}
