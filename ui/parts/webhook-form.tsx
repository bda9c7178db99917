/** Where a view's webhook goes, and the way to take it away. */
import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { Failure } from './states.tsx'

/** `url` null = there is none yet. `onSaved` gets the new secret, or null where the one given before still holds. */
export function WebhookForm({ viewId, url, onSaved }: { viewId: number; url: string | null; onSaved: (secret: string | null) => void }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(url ?? '')
  const [newSecret, setNewSecret] = useState(false)
  const save = useMutation({
    mutationFn: () => api('views.webhook', { params: { viewId }, body: { url: typed.trim(), newSecret } }),
    onSuccess: ({ secret }) => {
      setNewSecret(false)
      onSaved(secret)
      if (secret === null) notifications.show({ message: t('view-webhook.kept'), closeButtonProps: { 'aria-label': t('common.close') } })
      void data.invalidateQueries({ queryKey: ['view', viewId] })
    },
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <form onSubmit={send}>
      <Stack gap="sm" align="stretch">
        <TextInput
          label={t('view-webhook.url')}
          description={t('view-webhook.url-why')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          type="url"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          maxLength={1000}
          required
          withAsterisk={false}
        />
        {url !== null && (
          <Checkbox
            label={t('view-webhook.new-secret')}
            description={t('view-webhook.new-secret-why')}
            checked={newSecret}
            onChange={(event) => setNewSecret(event.currentTarget.checked)}
          />
        )}
        {save.error && <Failure error={save.error} />}
        <Button type="submit" size="sm" loading={save.isPending} className="start">
          {t('view-webhook.save')}
        </Button>
      </Stack>
    </form>
  )
}

export function DropWebhook({ viewId }: { viewId: number }) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  const drop = useMutation({
    mutationFn: () => api('views.drop-webhook', { params: { viewId } }),
    onSuccess: () => {
      setOpened(false)
      void data.invalidateQueries({ queryKey: ['view', viewId] })
    },
  })
  return (
    <>
      <Button size="sm" variant="default" onClick={() => setOpened(true)} className="start">
        {t('view-webhook.drop')}
      </Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title={t('view-webhook.drop-title')} closeButtonProps={{ 'aria-label': t('common.close') }}>
        <Stack gap="md">
          <Text>{t('view-webhook.drop-text')}</Text>
          {drop.error && <Failure error={drop.error} />}
          <Group>
            <Button color="red" onClick={() => drop.mutate()} loading={drop.isPending}>
              {t('view-webhook.drop-sure')}
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
