/** Fulfilled?: whether the webshop is told when an order is finished here. A setting of the connection itself, saved as it is chosen. */
import { Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { problemOf } from '../problem.ts'
import { type Connection, connectorsQuery } from '../queries.ts'
import { SettingsFields } from './settings-form.tsx'
import { Failure } from './states.tsx'

const FIELD = 'fulfilled'

export function CatalogueOrders({ connection }: { connection: Connection }) {
  const { t } = useTranslation()
  const connector = useQuery(connectorsQuery).data?.find((each) => each.code === connection.code)
  const params = { connectionId: connection.id }
  const save = useMutation({
    // It may need a right of its own, so that the shop is asked at once.
    mutationFn: async (value: string) => {
      await api('connections.settings', { params, body: { settings: { [FIELD]: value } } })
      return api('connections.check', { params, body: {} })
    },
    onSuccess: (latest) => {
      data.setQueryData(['connection', connection.id], latest)
      notifications.show({ message: t('common.saved'), closeButtonProps: { 'aria-label': t('common.close') } })
    },
  })
  const field = connector?.fields.find((each) => each.name === FIELD)
  if (connector === undefined || field === undefined) return null
  // What nobody has said is the first of its answers.
  const says = connection.settings.find((each) => each.name === FIELD)?.value || (field.options[0]?.value ?? '')
  return (
    <Stack gap="md" mb="lg">
      <SettingsFields
        connector={connector}
        connection={connection}
        names={[FIELD]}
        typed={{ [FIELD]: save.isPending ? save.variables : says }}
        onType={(_, value) => save.mutate(value)}
        problem={save.error ? problemOf(save.error) : null}
      />
      {save.error && <Failure error={save.error} />}
    </Stack>
  )
}
