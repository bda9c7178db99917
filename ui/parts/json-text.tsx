/** What a machine said, laid out for a person; long texts show their beginning first. */
import { Button, Code, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

const FIRST_LINES = 24

export function JsonText({ value, label }: { value: unknown; label: string }) {
  const { t } = useTranslation()
  const [whole, setWhole] = useState(false)
  const lines = (typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '')).split('\n')
  return (
    <Stack gap="xs" align="flex-start">
      <Code block tabIndex={0} aria-label={label} role="region" className="json">
        {(whole ? lines : lines.slice(0, FIRST_LINES)).join('\n')}
      </Code>
      {lines.length > FIRST_LINES && !whole && (
        <Button size="xs" variant="default" onClick={() => setWhole(true)}>
          {t('calls.whole', { count: lines.length - FIRST_LINES })}
        </Button>
      )}
    </Stack>
  )
}
