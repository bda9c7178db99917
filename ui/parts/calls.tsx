/** The journal of calls: what was asked of the shop and what it answered, with secrets and persons taken out. */
import { Button, Checkbox, Code, CopyButton, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { momentExact, pieces } from '../format.ts'
import type { Connection } from '../queries.ts'
import { useCompany } from '../session.ts'
import { Icon } from './icons.tsx'
import { JsonText } from './json-text.tsx'
import { PagedTable } from './paged-table.tsx'
import { codeWords } from './reason.ts'
import { Empty, Failure, Loading } from './states.tsx'

export function Calls({ connection }: { connection: Connection }) {
  const { t, i18n } = useTranslation()
  const { timeZone } = useCompany()
  const [failed, setFailed] = useState(false)
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), 200)
  const [opened, setOpened] = useState<number | null>(null)
  const { at: until } = useSearch({ from: '/inside/webshops/$id' })
  const list = useInfiniteQuery({
    queryKey: ['calls', connection.id, failed, q, until],
    queryFn: ({ pageParam }) =>
      api('connections.calls', {
        params: { connectionId: connection.id },
        query: { ...(failed ? { failed: 'true' } : {}), ...(q ? { q } : {}), ...(until ? { until } : {}), ...(pageParam ? { cursor: pageParam } : {}) },
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 0) > 1 ? false : 5000),
  })
  return (
    <Stack gap="md">
      <Group gap="lg">
        <TextInput
          type="search"
          aria-label={t('calls.search')}
          placeholder={t('calls.search')}
          leftSection={<Icon name="search" size={18} />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Checkbox label={t('calls.only-failed')} checked={failed} onChange={(event) => setFailed(event.currentTarget.checked)} />
      </Group>
      {until !== undefined && (
        <Text>
          {t('calls.until', { when: momentExact(until, timeZone) })}{' '}
          <Link to="/webshops/$id" params={{ id: String(connection.id) }} search={{ tab: 'calls' }} className="link" resetScroll={false}>
            {t('calls.all')}
          </Link>
        </Text>
      )}
      <PagedTable
        list={list}
        columns={[{ words: t('calls.when') }, { words: t('calls.what') }, { words: t('calls.answer') }, { words: t('calls.took'), number: true }]}
        empty={<Empty icon="check" title={q ? t('calls.none-found') : failed ? t('calls.none-failed') : t('calls.none')} />}
      >
        {(call) => (
          <>
            <td className="number-left">{momentExact(call.at, timeZone)}</td>
            <td>
              <button type="button" className="plain row-link" onClick={() => setOpened(call.id)}>
                {call.label}
              </button>
              <div className="row-sub">{t(`calls.${call.direction}`)}</div>
            </td>
            <td className={call.problem === null && (call.status ?? 0) < 400 ? undefined : 'below'}>
              {call.problem === null ? (call.status ?? '') : (codeWords(i18n, call.problem) ?? call.problem)}
            </td>
            <td className="number">{t('calls.ms', { shown: pieces(call.durationMs) })}</td>
          </>
        )}
      </PagedTable>
      <Modal opened={opened !== null} onClose={() => setOpened(null)} title={t('calls.one')} size="xl" closeButtonProps={{ 'aria-label': t('common.close') }}>
        {opened !== null && <OneCall connectionId={connection.id} callId={opened} />}
      </Modal>
    </Stack>
  )
}

/** As the journal keeps both sides of a call. */
interface Side {
  method?: string
  url?: string
  headers?: Record<string, string>
  body?: unknown
}

function OneCall({ connectionId, callId }: { connectionId: number; callId: number }) {
  const { t } = useTranslation()
  const call = useQuery({
    queryKey: ['call', connectionId, callId],
    queryFn: () => api('connections.call', { params: { connectionId, callId } }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (call.isPending) return <Loading rows={2} />
  if (call.error) return <Failure error={call.error} retry={() => void call.refetch()} />
  const { request, response, status, curl } = call.data
  return (
    <Stack gap="sm">
      {curl !== null && (
        <Group gap="sm">
          <CopyButton value={curl}>
            {({ copied, copy }) => (
              <Button size="sm" variant="default" onClick={copy}>
                {copied ? t('calls.copied') : t('calls.copy')}
              </Button>
            )}
          </CopyButton>
          <Text size="sm" c="dimmed">
            {t('calls.copy-why')}
          </Text>
        </Group>
      )}
      <OneSide words={t('calls.sent')} side={(request ?? {}) as Side} />
      <OneSide words={status === null ? t('calls.got') : `${t('calls.got')} ${status}`} side={(response ?? {}) as Side} />
    </Stack>
  )
}

function OneSide({ words, side }: { words: string; side: Side }) {
  const { t } = useTranslation()
  const headers = Object.entries(side.headers ?? {})
  return (
    <section>
      <Text className="strong">{words}</Text>
      {side.url !== undefined && (
        <Code block mt={4} tabIndex={0} className="json">
          {side.method} {side.url}
        </Code>
      )}
      {headers.length > 0 && (
        <p className="row-sub mono flat wrap">
          {headers.map(([name, value]) => (
            <span key={name}>
              {name}: {value}
              <br />
            </span>
          ))}
        </p>
      )}
      {side.body === null || side.body === undefined ? (
        <Text size="sm" c="dimmed">
          {t('calls.no-body')}
        </Text>
      ) : (
        <JsonText value={side.body} label={words} />
      )}
    </section>
  )
}
