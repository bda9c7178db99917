/** The journal of calls: what was asked of the shop and what it answered, with secrets and persons taken out. */
import { Button, Checkbox, Code, Modal, Stack, Text } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { momentExact, pieces } from '../format.ts'
import type { Connection } from '../queries.ts'
import { useCompany } from '../session.ts'
import { codeWords } from './reason.ts'
import { Empty, Failure, Loading } from './states.tsx'

export function Calls({ connection }: { connection: Connection }) {
  const { t, i18n } = useTranslation()
  const { timeZone } = useCompany()
  const [failed, setFailed] = useState(false)
  const [opened, setOpened] = useState<number | null>(null)
  const list = useInfiniteQuery({
    queryKey: ['calls', connection.id, failed],
    queryFn: ({ pageParam }) =>
      api('connections.calls', { params: { connectionId: connection.id }, query: { ...(failed ? { failed: 'true' } : {}), ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 0) > 1 ? false : 5000),
  })
  const rows = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Stack gap="md">
      <Checkbox label={t('calls.only-failed')} checked={failed} onChange={(event) => setFailed(event.currentTarget.checked)} />
      {list.isPending ? (
        <Loading rows={4} />
      ) : list.error ? (
        <Failure error={list.error} retry={() => void list.refetch()} />
      ) : rows.length === 0 ? (
        <Empty icon="check" title={failed ? t('calls.none-failed') : t('calls.none')} />
      ) : (
        <div className="card scroll-x">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t('calls.when')}</th>
                <th scope="col">{t('calls.what')}</th>
                <th scope="col">{t('calls.answer')}</th>
                <th scope="col" className="number">
                  {t('calls.took')}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((call) => (
                <tr key={call.id}>
                  <td className="number-left">{momentExact(call.at, timeZone)}</td>
                  <td>
                    <button type="button" className="plain row-link" onClick={() => setOpened(call.id)}>
                      {call.label}
                    </button>
                    <div className="row-sub">{t(`calls.${call.direction}`)}</div>
                  </td>
                  <td className={call.problem === null ? undefined : 'below'}>{call.problem === null ? (call.status ?? '') : (codeWords(i18n, call.problem) ?? call.problem)}</td>
                  <td className="number">{t('calls.ms', { shown: pieces(call.durationMs) })}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {list.hasNextPage && (
        <Button variant="default" size="sm" onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage} className="start">
          {t('common.more')}
        </Button>
      )}
      <Modal opened={opened !== null} onClose={() => setOpened(null)} title={t('calls.one')} size="xl" closeButtonProps={{ 'aria-label': t('common.close') }}>
        {opened !== null && <OneCall connectionId={connection.id} callId={opened} />}
      </Modal>
    </Stack>
  )
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
  return (
    <Stack gap="sm">
      <Text className="strong">{t('calls.sent')}</Text>
      <Code block tabIndex={0}>
        {JSON.stringify(call.data.request, null, 2)}
      </Code>
      <Text className="strong">{t('calls.got')}</Text>
      <Code block tabIndex={0}>
        {JSON.stringify(call.data.response, null, 2)}
      </Code>
    </Stack>
  )
}
