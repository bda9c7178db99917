/** Kontoindstillinger of an ERP: what its guide asked for, the lines for its webhooks, and the ways to stop. */
import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { problemOf } from '../problem.ts'
import { type Connection, type Connector, connectorsQuery } from '../queries.ts'
import { Disconnect } from './disconnect.tsx'
import { ErpLines } from './erp-lines.tsx'
import { blamedField, SettingsFields, type Typed } from './settings-form.tsx'
import { Failure, Loading } from './states.tsx'

export function ErpSettings({ connection }: { connection: Connection }) {
  const { t } = useTranslation()
  const connectors = useQuery(connectorsQuery)
  const connector = connectors.data?.find((each) => each.code === connection.code)
  const pause = useMutation({
    mutationFn: () => api('connections.pause', { params: { connectionId: connection.id }, body: {} }),
    onSuccess: (latest) => data.setQueryData(['connection', connection.id], latest),
  })
  if (connectors.error) return <Failure error={connectors.error} retry={() => void connectors.refetch()} />
  if (connector === undefined) return <Loading rows={4} />
  return (
    <Stack gap="md" maw={720}>
      <Account connection={connection} connector={connector} />
      {connection.state !== 'setup' && (
        <Paper component="section" aria-labelledby="erp-hooks">
          <Title order={2} id="erp-hooks" size="h3" mb="sm">
            {t('erp.hooks')}
          </Title>
          <ErpLines connection={connection} />
        </Paper>
      )}
      <Paper>
        <Text mb="sm">{t('erp.pause-why')}</Text>
        <Button variant="default" onClick={() => pause.mutate()} loading={pause.isPending} disabled={connection.state !== 'active'}>
          {t('shop-settings.pause')}
        </Button>
        {pause.error && <Failure error={pause.error} />}
      </Paper>
      <Paper>
        <Text mb="sm">{t('erp.disconnect-why', { name: connection.name })}</Text>
        <Disconnect connection={connection} />
      </Paper>
    </Stack>
  )
}

/** Saved, then checked: what the ERP answers may depend on it. */
function Account({ connection, connector }: { connection: Connection; connector: Connector }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState<Typed>({})
  const params = { connectionId: connection.id }
  const save = useMutation({
    mutationFn: async () => {
      await api('connections.settings', { params, body: { settings: typed } })
      return api('connections.check', { params, body: {} })
    },
    onSuccess: (latest) => {
      data.setQueryData(['connection', connection.id], latest)
      for (const key of ['master', 'connections', 'locations']) void data.invalidateQueries({ queryKey: [key] })
      setTyped({})
      notifications.show({ message: t('common.saved'), closeButtonProps: { 'aria-label': t('common.close') } })
    },
  })
  // Whether another system keeps its stock is asked before the stock itself.
  const first = connector.fields.filter((field) => field.options.length > 0 && connector.guide[0]?.fields.includes(field.name)).map((field) => field.name)
  const names = [...first, ...(connector.guide.find((step) => step.button === 'activate')?.fields ?? [])]
  const problem = save.error ? problemOf(save.error) : null
  const send = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <Paper component="section" aria-labelledby="erp-account">
      <Title order={2} id="erp-account" size="h3" mb="sm">
        {t('erp.tab.settings')}
      </Title>
      <form onSubmit={send}>
        <Stack gap="md">
          <SettingsFields
            connector={connector}
            connection={connection}
            names={names}
            typed={typed}
            onType={(name, value) => setTyped((before) => ({ ...before, [name]: value }))}
            problem={problem}
          />
          {problem !== null && !names.includes(blamedField(problem) ?? '') && <Failure error={save.error} />}
          <Group>
            <Button type="submit" loading={save.isPending} disabled={Object.keys(typed).length === 0}>
              {t('common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  )
}
