/** Messages from the webshop that couldn't be applied: each with its reason, what was in it, and the two things a person can do. */
import { Button, Group, Modal, Paper, Stack, Text, Title } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Answer, api } from '../api.ts'
import { data } from '../data.ts'
import { momentExact } from '../format.ts'
import type { Connection } from '../queries.ts'
import { useCompany } from '../session.ts'
import { JsonText } from './json-text.tsx'
import { PagedTable } from './paged-table.tsx'
import { Failure, Loading } from './states.tsx'

type Message = Answer<'connections.inbox'>['items'][number]

export function Messages({ connection }: { connection: Connection }) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const [opened, setOpened] = useState<number | null>(null)
  const listed = connection.queue.inboxListed
  const list = useInfiniteQuery({
    // Another number of them is another list: the live page says when.
    queryKey: ['messages', connection.id, listed],
    queryFn: ({ pageParam }) => api('connections.inbox', { params: { connectionId: connection.id }, query: { state: 'listed', ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
  const close = () => setOpened(null)
  return (
    <section aria-labelledby="messages">
      <Title order={2} id="messages" mb="sm">
        {t('messages.title')}
      </Title>
      <PagedTable
        list={list}
        columns={[{ words: t('messages.when') }, { words: t('messages.what') }, { words: t('messages.why') }]}
        empty={
          <Paper>
            <Text>{t('messages.none')}</Text>
          </Paper>
        }
      >
        {(message) => (
          <>
            <td className="number-left">{momentExact(message.receivedAt, timeZone)}</td>
            <td>
              <button type="button" className="plain row-link" onClick={() => setOpened(message.id)}>
                {message.topic}
              </button>
            </td>
            <td>{reasonOf(message, t)}</td>
          </>
        )}
      </PagedTable>
      <Modal opened={opened !== null} onClose={close} title={t('messages.one')} size="xl" closeButtonProps={{ 'aria-label': t('common.close') }}>
        {opened !== null && <OneMessage connectionId={connection.id} messageId={opened} close={close} />}
      </Modal>
    </section>
  )
}

const reasonOf = (message: Message, t: (key: 'messages.unreadable' | 'messages.not-applied') => string): string =>
  message.problem?.code === 'unreadable' ? t('messages.unreadable') : t('messages.not-applied')

function OneMessage({ connectionId, messageId, close }: { connectionId: number; messageId: number; close: () => void }) {
  const { t } = useTranslation()
  const params = { connectionId, messageId }
  const message = useQuery({ queryKey: ['message', connectionId, messageId], queryFn: () => api('connections.message', { params }) })
  const done = () => {
    void data.invalidateQueries({ queryKey: ['connection', connectionId] })
    void data.invalidateQueries({ queryKey: ['messages', connectionId] })
    close()
  }
  const retry = useMutation({ mutationFn: () => api('connections.retry-message', { params, body: {} }), onSuccess: done })
  const dismiss = useMutation({ mutationFn: () => api('connections.dismiss-message', { params, body: {} }), onSuccess: done })
  if (message.isPending) return <Loading rows={2} />
  if (message.error) return <Failure error={message.error} retry={() => void message.refetch()} />
  const numbers = message.data.problem?.numbers ?? null
  return (
    <Stack gap="sm">
      <Text>{reasonOf(message.data, t)}</Text>
      <Text>{numbers === null ? t('messages.holds-all') : t('messages.holds', { numbers: numbers.join(', ') || '–' })}</Text>
      <Text className="strong">{t('messages.body')}</Text>
      <JsonText value={message.data.body} label={t('messages.body')} />
      <Text size="sm">{t('messages.choice')}</Text>
      <Group>
        <Button onClick={() => retry.mutate()} loading={retry.isPending}>
          {t('messages.retry')}
        </Button>
        <Button variant="default" onClick={() => dismiss.mutate()} loading={dismiss.isPending}>
          {t('messages.dismiss')}
        </Button>
      </Group>
      {(retry.error ?? dismiss.error) && <Failure error={retry.error ?? dismiss.error} />}
    </Stack>
  )
}
