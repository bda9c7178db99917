/** What a person may change on a running connection. Credentials are in the guide, where they are checked at once. */
import { Button, Group, NativeSelect, Paper, Stack, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type Body } from '../api.ts'
import { data } from '../data.ts'
import type { Connection } from '../queries.ts'
import { Disconnect } from './disconnect.tsx'
import { ShopLearned } from './shop-learned.tsx'
import { Failure } from './states.tsx'

const POLLS = [15_000, 60_000, 300_000, 900_000] as const
const COUNTS_WHEN = ['placed', 'paid'] as const
const LOSSES = ['write-off', 'put-back', 'ask'] as const

export function ShopSettings({ connection }: { connection: Connection }) {
  const { t } = useTranslation()
  const [name, setName] = useState(connection.name)
  const params = { connectionId: connection.id }
  const save = useMutation({
    mutationFn: (body: Body<'connections.settings'>) => api('connections.settings', { params, body }),
    onSuccess: (latest) => {
      data.setQueryData(['connection', connection.id], latest)
      void data.invalidateQueries({ queryKey: ['connections'] })
      notifications.show({ message: t('common.saved'), closeButtonProps: { 'aria-label': t('common.close') } })
    },
  })
  const pause = useMutation({ mutationFn: () => api('connections.pause', { params, body: {} }), onSuccess: (latest) => data.setQueryData(['connection', connection.id], latest) })
  const send = (event: FormEvent) => {
    event.preventDefault()
    save.mutate({ name })
  }
  return (
    <Stack gap="md" maw={640}>
      <Paper>
        <form onSubmit={send}>
          <Group align="flex-end" gap="sm">
            <TextInput label={t('shop-settings.name')} value={name} onChange={(event) => setName(event.currentTarget.value)} required maxLength={100} className="grow" />
            {name !== connection.name && (
              <Button type="submit" variant="default" loading={save.isPending}>
                {t('common.save')}
              </Button>
            )}
          </Group>
        </form>
        <NativeSelect
          mt="md"
          label={t('shop-settings.poll')}
          description={t('shop-settings.poll-why')}
          value={String(connection.pollEveryMs)}
          onChange={(event) => save.mutate({ pollEveryMs: Number(event.currentTarget.value) })}
          data={[...new Set([...POLLS, connection.pollEveryMs])]
            .sort((a, b) => a - b)
            .map((ms) => ({ value: String(ms), label: t('shop-settings.seconds', { count: ms / 1000 }) }))}
        />
        <NativeSelect
          mt="md"
          label={t('shop-settings.counts-when')}
          description={t('shop-settings.counts-when-why')}
          value={connection.countsWhen}
          onChange={(event) => save.mutate({ countsWhen: event.currentTarget.value as Connection['countsWhen'] })}
          data={COUNTS_WHEN.map((when) => ({ value: when, label: t(`shop-settings.counts.${when}`) }))}
        />
        <NativeSelect
          mt="md"
          label={t('shop-settings.lost')}
          description={t('shop-settings.lost-why')}
          value={connection.lostPolicy}
          onChange={(event) => save.mutate({ lostPolicy: event.currentTarget.value as Connection['lostPolicy'] })}
          data={LOSSES.map((policy) => ({ value: policy, label: t(`shop-settings.losses.${policy}`) }))}
        />
        {save.error && <Failure error={save.error} />}
      </Paper>
      <ShopLearned connection={connection} />
      <Paper>
        <Text mb="sm">{t('shop-settings.pause-why')}</Text>
        <Group>
          <Button variant="default" onClick={() => pause.mutate()} loading={pause.isPending} disabled={connection.state !== 'active'}>
            {t('shop-settings.pause')}
          </Button>
        </Group>
        {pause.error && <Failure error={pause.error} />}
      </Paper>
      <Paper>
        <Text mb="sm">{t('shop-settings.disconnect-why')}</Text>
        <Disconnect connection={connection} />
      </Paper>
    </Stack>
  )
}
