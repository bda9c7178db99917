/** Salgskanaler: where in the shop products are shown. Nothing to choose where the shop has none; without the right to see them it is said so. */
import { Checkbox, Fieldset, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Connection } from '../queries.ts'

interface Props {
  connection: Connection
  /** Null = everywhere. */
  chosen: string[] | null
  change: (chosen: string[] | null) => void
}

export function CatalogueChannels({ connection, chosen, change }: Props) {
  const { t } = useTranslation()
  const channels = connection.health?.channels
  if (channels === undefined) return null
  if (channels === null)
    return (
      <div>
        <Text className="strong">{t('catalogue.channels.name')}</Text>
        <Text size="sm" c="dimmed">
          {t('catalogue.channels.unseen')}
        </Text>
      </div>
    )
  const every = chosen === null
  return (
    <Fieldset legend={t('catalogue.channels.name')} variant="unstyled" className="catalogue-part">
      <Text size="sm" c="dimmed">
        {t('catalogue.channels.why')}
      </Text>
      <Stack gap={8} mt="xs">
        <Checkbox label={t('catalogue.channels.all')} checked={every} onChange={(event) => change(event.currentTarget.checked ? null : channels.map((each) => each.ref))} />
        {!every && (
          <Checkbox.Group value={chosen} onChange={change} aria-label={t('catalogue.channels.name')}>
            <Stack gap={8}>
              {channels.map((each) => (
                <Checkbox key={each.ref} value={each.ref} label={each.name} />
              ))}
            </Stack>
          </Checkbox.Group>
        )}
      </Stack>
    </Fieldset>
  )
}
