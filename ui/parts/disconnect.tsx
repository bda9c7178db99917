/** Leaving a webshop for good: says what happens, and wants the name typed, since there is no way back to the same connection. */
import { Button, Group, List, Modal, Stack, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import type { Connection } from '../queries.ts'
import { Failure } from './states.tsx'

export function Disconnect({ connection }: { connection: Connection }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [opened, setOpened] = useState(false)
  const [typed, setTyped] = useState('')
  const disconnect = useMutation({
    mutationFn: () => api('connections.disconnect', { params: { connectionId: connection.id } }),
    onSuccess: ({ subscriptionsLeft, leftTopics }) => {
      const left = leftTopics.length > 0 ? t('disconnect.done-some', { topics: leftTopics.join(', ').toLowerCase() }) : t('disconnect.done-left')
      notifications.show({
        message: isErp ? t('disconnect.done-erp', { name: connection.name }) : subscriptionsLeft ? left : t('disconnect.done'),
        autoClose: subscriptionsLeft && !isErp ? false : 4000,
        closeButtonProps: { 'aria-label': t('common.close') },
      })
      void data.invalidateQueries({ queryKey: ['connections'] })
      void navigate({ to: '/webshops' })
    },
  })
  const isErp = connection.role === 'erp'
  const right = typed.trim().toLowerCase() === connection.name.trim().toLowerCase()
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (right) disconnect.mutate()
  }
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>
        {t('shop-settings.disconnect')}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={t('disconnect.title', { name: connection.name })}
        size="lg"
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <form onSubmit={send}>
          <Stack gap="md">
            <Text>{t(isErp ? 'disconnect.text-erp' : 'disconnect.text')}</Text>
            <List spacing="xs">
              {isErp ? (
                <>
                  <List.Item>{t('disconnect.erp-numbers')}</List.Item>
                  <List.Item>{t('disconnect.erp-papers')}</List.Item>
                  <List.Item>{t('disconnect.erp-hooks', { name: connection.name })}</List.Item>
                </>
              ) : (
                <>
                  <List.Item>{t('disconnect.subscriptions')}</List.Item>
                  <List.Item>{t('disconnect.numbers')}</List.Item>
                  <List.Item>{t('disconnect.orders')}</List.Item>
                  <List.Item>{t('disconnect.links')}</List.Item>
                </>
              )}
            </List>
            <TextInput
              label={t('disconnect.type', { name: connection.name })}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              autoComplete="off"
              data-autofocus
            />
            <Group>
              <Button type="submit" color="red" disabled={!right} loading={disconnect.isPending}>
                {t('shop-settings.disconnect')}
              </Button>
              <Button variant="default" onClick={() => setOpened(false)}>
                {t('common.cancel')}
              </Button>
            </Group>
            {disconnect.error && <Failure error={disconnect.error} />}
          </Stack>
        </form>
      </Modal>
    </>
  )
}
