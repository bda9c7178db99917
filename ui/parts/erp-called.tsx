/** The log of an ERP's calls: what it told of, what came of it and how fast, with each of them to be done again. */
import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Answer, api, type Body } from '../api.ts'
import { data } from '../data.ts'
import { momentExact, pieces, seconds } from '../format.ts'
import type { Connection } from '../queries.ts'
import { useCompany } from '../session.ts'
import { Icon } from './icons.tsx'
import { PagedTable } from './paged-table.tsx'
import { Empty, Failure } from './states.tsx'

type Called = Answer<'masters.called'>['items'][number]

export function ErpCalled({ connection }: { connection: Connection }) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const [typed, setTyped] = useState('')
  const [number] = useDebouncedValue(typed.trim(), 200)
  const params = { connectionId: connection.id }
  const list = useInfiniteQuery({
    queryKey: ['called', connection.id, number],
    queryFn: ({ pageParam }) => api('masters.called', { params, query: { limit: '100', ...(number ? { number } : {}), ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 0) > 1 ? false : 3000),
  })
  const ask = useMutation({
    mutationFn: (body: Body<'masters.ask'>) => api('masters.ask', { params, body }),
    onSuccess: () => void data.invalidateQueries({ queryKey: ['called', connection.id] }),
  })
  return (
    <Stack gap="md">
      <Group gap="sm">
        <TextInput
          type="search"
          aria-label={t('erp.called.search')}
          placeholder={t('erp.called.search')}
          leftSection={<Icon name="search" size={18} />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {number !== '' && (
          <Button variant="default" onClick={() => ask.mutate({ numbers: [number] })} loading={ask.isPending}>
            {t('erp.called.ask', { number })}
          </Button>
        )}
      </Group>
      {ask.error && <Failure error={ask.error} />}
      <PagedTable
        list={list}
        columns={[
          { words: t('erp.called.when') },
          { words: t('erp.called.what') },
          { words: t('erp.called.result') },
          { words: t('erp.called.took'), number: true },
          { words: t('erp.called.act') },
        ]}
        empty={
          <Empty icon="wait" title={number ? t('erp.called.none-found', { number }) : t('erp.called.none')}>
            {!number && t('erp.called.none-text')}
          </Empty>
        }
      >
        {(call) => (
          <>
            <td className="number-left">{momentExact(call.at, timeZone)}</td>
            <td>
              {call.articleId === null ? (
                <span className="mono">{call.number}</span>
              ) : (
                <Link to="/articles/$id" params={{ id: String(call.articleId) }} className="link mono">
                  {call.number}
                </Link>
              )}
              <div className="row-sub">{t(`erp.called.feed.${call.feed}`)}</div>
            </td>
            <td>
              <Result call={call} name={connection.name} />
            </td>
            <td className="number">{call.doneAt === null ? '' : seconds(Math.max(0, new Date(call.doneAt).getTime() - new Date(call.at).getTime()))}</td>
            <td>
              <Button
                size="compact-sm"
                variant="default"
                disabled={ask.isPending}
                aria-label={t('erp.called.again-one', { number: call.number })}
                onClick={() => ask.mutate({ calls: [call.id] })}
              >
                {t('erp.called.again')}
              </Button>
            </td>
          </>
        )}
      </PagedTable>
    </Stack>
  )
}

function Result({ call, name }: { call: Called; name: string }) {
  const { t } = useTranslation()
  const [before, after] = [call.before, call.after].map((value) => (value === null ? '–' : pieces(value)))
  switch (call.result) {
    case 'changed':
      return call.before === null ? t('erp.result.first', { after: after ?? '' }) : `${before} → ${after}`
    case 'same':
      return t('erp.result.same', { after: after ?? '' })
    case 'linked':
      return (
        <>
          {t('erp.result.linked')}{' '}
          {call.order && (
            <Link to="/orders/$id" params={{ id: String(call.order.id) }} className="link">
              {call.order.name}
            </Link>
          )}
        </>
      )
    case 'ignored':
      return t(call.said?.includes('Rackbeat') ? 'erp.result.ignored-rackbeat' : 'erp.result.ignored-off')
    case 'waiting':
    case 'unlinked':
    case 'not-there':
    case 'no-number':
    case 'unknown-article':
      return t(`erp.result.${call.result}`, { name })
  }
}
