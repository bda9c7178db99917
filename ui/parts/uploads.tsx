/** Pictures on their way in, how far each has come, and what became of those that are worth a word. */
import { ActionIcon, Group, Progress, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { problemOf } from '../problem.ts'
import { Icon } from './icons.tsx'
import type { Upload } from './use-uploads.ts'

export function Uploads({ uploads, forget }: { uploads: Upload[]; forget: (id: number) => void }) {
  const { t } = useTranslation()
  if (uploads.length === 0) return null
  return (
    <ul className="uploads" aria-live="polite">
      {uploads.map((upload) => (
        <li key={upload.id}>
          {upload.state === 'failed' ? (
            <Text c="var(--bad)">
              {upload.name}: {problemOf(upload.error).words ?? t('failure.no-answer')}
            </Text>
          ) : (
            <Text>{t(`images.${upload.state}`, { name: upload.name })}</Text>
          )}
          {upload.state === 'sending' ? (
            <Progress value={upload.part * 100} aria-label={upload.name} className="grow" />
          ) : (
            upload.state !== 'queued' && (
              <Group justify="flex-end">
                <ActionIcon variant="subtle" color="gray" aria-label={`${t('common.close')}: ${upload.name}`} onClick={() => forget(upload.id)}>
                  <Icon name="cross" size={16} />
                </ActionIcon>
              </Group>
            )
          )}
        </li>
      ))}
    </ul>
  )
}
