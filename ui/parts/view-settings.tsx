/** What a person may change on a standing view, and the way to delete it. */
import { Button, Group, Modal, Paper, Stack, Text, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { type View, viewsQuery } from '../queries.ts'
import { Failure } from './states.tsx'
import { isWhole, ViewFields, type ViewFieldsOf } from './view-fields.tsx'

export function ViewSettings({ view }: { view: View }) {
  const { t } = useTranslation()
  const { name, entities, locations, joinsProducts, joinsOrders, byNumber } = view
  const [fields, setFields] = useState<ViewFieldsOf>({ name, entities, locations, joinsProducts, joinsOrders, byNumber })
  const save = useMutation({
    mutationFn: () => {
      const { joinsProducts: joins, ...rest } = fields
      return api('views.change', { params: { viewId: view.id }, body: { ...rest, ...(joins === null ? {} : { joinsProducts: joins }) } })
    },
    onSuccess: (latest) => {
      data.setQueryData(['view', view.id], latest)
      void data.invalidateQueries({ queryKey: viewsQuery.queryKey })
      notifications.show({ message: t('common.saved'), closeButtonProps: { 'aria-label': t('common.close') } })
    },
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (isWhole(fields)) save.mutate()
  }
  return (
    <Paper component="section" aria-labelledby="view-settings">
      <Title order={2} id="view-settings" mb="sm">
        {t('view-settings.title')}
      </Title>
      <form onSubmit={send}>
        <ViewFields of={fields} change={setFields} undecided={view.joinsProducts === null} />
        {save.error && <Failure error={save.error} />}
        <Group mt="md">
          <Button type="submit" loading={save.isPending} disabled={!isWhole(fields)}>
            {t('common.save')}
          </Button>
          <Drop view={view} />
        </Group>
      </form>
    </Paper>
  )
}

function Drop({ view }: { view: View }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [opened, setOpened] = useState(false)
  const drop = useMutation({
    mutationFn: () => api('views.drop', { params: { viewId: view.id } }),
    onSuccess: () => {
      void data.invalidateQueries({ queryKey: viewsQuery.queryKey })
      void navigate({ to: '/views' })
    },
  })
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>
        {t('view-settings.drop')}
      </Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title={t('view-settings.drop-title', { name: view.name })} closeButtonProps={{ 'aria-label': t('common.close') }}>
        <Stack gap="md">
          <Text>{t('view-settings.drop-text')}</Text>
          {drop.error && <Failure error={drop.error} />}
          <Group>
            <Button color="red" onClick={() => drop.mutate()} loading={drop.isPending}>
              {t('view-settings.drop-sure')}
            </Button>
            <Button variant="default" onClick={() => setOpened(false)} data-autofocus>
              {t('common.cancel')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
