/** *Hent alt nu*: how far an ERP has been read, since when its changes are followed, and the button that reads everything once more. */
import { Button, Group, Loader, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { ago, moment, pieces } from '../format.ts'
import { useNow } from '../live.ts'
import { type Connection, masterQuery } from '../queries.ts'
import { useCompany } from '../session.ts'
import { Fact } from './answered.tsx'
import { Failure, Loading } from './states.tsx'

export function ErpFetch({ connection }: { connection: Connection }) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const now = useNow()
  const master = useQuery(masterQuery(connection.id))
  const fetch = useMutation({
    mutationFn: () => api('masters.fetch', { params: { connectionId: connection.id }, body: {} }),
    onSuccess: (latest) => data.setQueryData(['master', connection.id], latest),
  })
  if (connection.state === 'setup') return <Text c="dimmed">{t('erp.fetch.first')}</Text>
  if (master.isPending) return <Loading rows={1} />
  if (master.error) return <Failure error={master.error} retry={() => void master.refetch()} />
  const { location, since, walk, numbers, changes, called } = master.data
  if (location === null) return <Text c="dimmed">{t('erp.fetch.none', { name: connection.name })}</Text>
  const { beganAt, endedAt } = walk
  const untold = changes.swept + changes.walked
  // Who pasted a code expects calls.
  const isUncalled = untold > 0 && changes.called === 0 && (called?.codes.length ?? 0) > 0
  return (
    <Stack gap="md">
      <div className="answer" role="status">
        {beganAt !== null ? (
          <Group gap="sm" wrap="nowrap">
            <Loader size="sm" aria-hidden="true" />
            <span>{t('erp.fetch.going', { when: moment(beganAt, timeZone), shown: pieces(walk.numbers) })}</span>
          </Group>
        ) : (
          endedAt !== null && <Fact good>{t('erp.fetch.done', { ago: ago(endedAt, now) })}</Fact>
        )}
        <Fact good={numbers > 0} quiet>
          {t('erp.fetch.numbers', { count: numbers, shown: pieces(numbers), name: connection.name })}
        </Fact>
        {since !== null && <Fact good>{t('erp.fetch.since', { when: moment(since, timeZone) })}</Fact>}
        {untold + changes.called > 0 && (
          <Fact good={!isUncalled}>
            {t('erp.fetch.changes', { called: pieces(changes.called), swept: pieces(changes.swept), walked: pieces(changes.walked) })}
            {isUncalled && ` ${t('erp.fetch.no-calls', { name: connection.name })}`}
          </Fact>
        )}
      </div>
      {fetch.error && <Failure error={fetch.error} />}
      <Group>
        <Button variant="default" onClick={() => fetch.mutate()} loading={fetch.isPending} disabled={beganAt !== null || connection.state !== 'active'}>
          {t('erp.fetch.do')}
        </Button>
      </Group>
    </Stack>
  )
}
