/** Status of the integration, Aktivert or not, and that this is version 2: what the guide asks for first, and what nobody has to choose. */
import { Checkbox, NativeSelect, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import type { Connection } from '../queries.ts'
import { Failure } from './states.tsx'

export function CatalogueStatus({ connection }: { connection: Connection }) {
  const { t } = useTranslation()
  const params = { connectionId: connection.id }
  const turn = useMutation({
    mutationFn: (on: boolean) => (on ? api('connections.resume', { params, body: {} }) : api('connections.pause', { params, body: {} })),
    onSuccess: (latest) => data.setQueryData(['connection', connection.id], latest),
  })
  return (
    <Stack gap="md" mb="lg">
      <NativeSelect
        label={t('catalogue.status.name')}
        description={t('catalogue.status.why')}
        value={connection.state === 'active' ? 'on' : 'off'}
        disabled={turn.isPending}
        onChange={(event) => turn.mutate(event.currentTarget.value === 'on')}
        data={[
          { value: 'on', label: t('catalogue.status.on') },
          { value: 'off', label: t('catalogue.status.off') },
        ]}
      />
      {turn.error && <Failure error={turn.error} />}
      <Checkbox label={t('catalogue.version.name')} description={t('catalogue.version.why')} checked disabled readOnly />
    </Stack>
  )
}
