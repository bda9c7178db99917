/** "Ordrer, der ikke kom over": those an ERP, or their own webshop, took none of, each with its reason, and one button to send them again. */
import { Button, Group, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { moment } from '../format.ts'
import type { Connection } from '../queries.ts'
import { useCompany } from '../session.ts'
import { PagedTable } from './paged-table.tsx'
import { codeWords } from './reason.ts'
import { Empty, Failure } from './states.tsx'

export function ErpRefused({ connection }: { connection: Connection }) {
  const { t, i18n } = useTranslation()
  const { timeZone } = useCompany()
  const params = { connectionId: connection.id }
  const list = useInfiniteQuery({
    queryKey: ['refused-orders', connection.id],
    queryFn: async ({ pageParam }) => {
      const page = await api('orders.refused', { params, query: pageParam ? { cursor: pageParam } : {} })
      return { ...page, items: page.items.map((row) => ({ ...row, id: row.orderId })) }
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 0) > 1 ? false : 10_000),
  })
  const again = useMutation({
    mutationFn: () => api('orders.send-refused', { params, body: {} }),
    onSuccess: ({ orders }) => {
      notifications.show({ message: t('erp.refused.sent', { count: orders }), closeButtonProps: { 'aria-label': t('common.close') } })
      void data.invalidateQueries({ queryKey: ['refused-orders', connection.id] })
    },
  })
  const some = (list.data?.pages[0]?.items.length ?? 0) > 0
  return (
    <Stack gap="md">
      {some && (
        <Group justify="space-between">
          <Text>{t('erp.refused.text')}</Text>
          <Button variant="default" onClick={() => again.mutate()} loading={again.isPending}>
            {t('erp.refused.again')}
          </Button>
        </Group>
      )}
      {again.error && <Failure error={again.error} />}
      <PagedTable
        list={list}
        columns={[{ words: t('erp.refused.order') }, { words: t('erp.refused.placed') }, { words: t('erp.refused.why') }]}
        empty={<Empty icon="check" title={t('erp.refused.none')} />}
      >
        {(row) => (
          <>
            <td>
              <Link to="/orders/$id" params={{ id: String(row.orderId) }} className="link">
                {row.name}
              </Link>
              <div className="row-sub">{row.shop}</div>
            </td>
            <td className="number-left">{moment(row.placedAt, timeZone)}</td>
            <td>{codeWords(i18n, row.code, { said: row.said ?? '' }) ?? row.said ?? row.code}</td>
          </>
        )}
      </PagedTable>
    </Stack>
  )
}
