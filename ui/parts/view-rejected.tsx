/** What the reader rejected, by its own reason, with the way to have it sent again: one, one reason's, or all. */
import { Button, Group, Paper, Text, Title } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type Body } from '../api.ts'
import { data } from '../data.ts'
import { ago, moment, pieces } from '../format.ts'
import { useNow } from '../live.ts'
import { rejectedCausesQuery, rejectedQuery, type View } from '../queries.ts'
import { useCompany } from '../session.ts'
import { Failure, Loading } from './states.tsx'

function useRetry(view: View) {
  return useMutation({
    mutationFn: (body: Body<'views.retry'>) => api('views.retry', { params: { viewId: view.id }, body }),
    onSuccess: () => void data.invalidateQueries({ queryKey: ['view', view.id] }),
  })
}

export function ViewRejected({ view }: { view: View }) {
  const { t } = useTranslation()
  const causes = useQuery({ ...rejectedCausesQuery(view.id), enabled: view.lag.rejected > 0 })
  const retry = useRetry(view)
  const none = view.lag.rejected === 0
  return (
    <Paper component="section" aria-labelledby="rejected">
      <Group justify="space-between" mb="sm">
        <Title order={2} id="rejected">
          {t('rejected.title')}
        </Title>
        {!none && (causes.data?.items.length ?? 0) > 1 && (
          <Button size="xs" variant="default" onClick={() => retry.mutate({})} loading={retry.isPending}>
            {t('rejected.retry-all')}
          </Button>
        )}
      </Group>
      {retry.error && <Failure error={retry.error} />}
      {none ? (
        <Text c="dimmed">{t('rejected.none')}</Text>
      ) : causes.isPending ? (
        <Loading rows={2} />
      ) : causes.error ? (
        <Failure error={causes.error} retry={() => void causes.refetch()} />
      ) : (
        <ul className="plain-rows">
          {causes.data.items.map((cause) => (
            <Cause key={cause.error} view={view} cause={cause} />
          ))}
        </ul>
      )}
    </Paper>
  )
}

function Cause({ view, cause }: { view: View; cause: { error: string; items: number; latest: string } }) {
  const { t } = useTranslation()
  const now = useNow()
  const [open, setOpen] = useState(false)
  const retry = useRetry(view)
  return (
    <li>
      <span>
        <span className="strong">”{cause.error}”</span>
        <span className="row-sub block">
          {t('views.waiting-n', { count: cause.items, shown: pieces(cause.items) })} · {t('rejected.latest', { ago: ago(cause.latest, now) })}
        </span>
      </span>
      <Group gap="xs">
        <Button size="xs" variant="subtle" onClick={() => setOpen(!open)} aria-expanded={open}>
          {open ? t('rejected.hide') : t('rejected.show')}
        </Button>
        <Button
          size="xs"
          variant="default"
          onClick={() => retry.mutate({ error: cause.error })}
          loading={retry.isPending}
          aria-label={t('rejected.retry-cause', { error: cause.error })}
        >
          {t('failure.retry')}
        </Button>
      </Group>
      {retry.error && <Failure error={retry.error} />}
      {open && <Items view={view} error={cause.error} />}
    </li>
  )
}

function Items({ view, error }: { view: View; error: string }) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const list = useInfiniteQuery(rejectedQuery(view.id, error))
  const retry = useRetry(view)
  if (list.isPending) return <Loading rows={2} />
  if (list.error) return <Failure error={list.error} retry={() => void list.refetch()} />
  return (
    <div className="rejected-items">
      <ul className="plain-rows">
        {list.data.pages
          .flatMap((page) => page.items)
          .map((item) => {
            const what = `${t(`why.what.${item.entity}`)} ${item.title ?? item.id}`
            return (
              <li key={`${item.entity} ${item.id} ${item.locationId}`}>
                <span>
                  {t(`why.what.${item.entity}`)} <span className="mono">{item.title ?? item.id}</span>
                  <span className="row-sub block">
                    {moment(item.at, timeZone)}
                    {item.retryAt !== null && ` · ${t('why.retries', { when: moment(item.retryAt, timeZone) })}`}
                  </span>
                </span>
                <Button
                  size="xs"
                  variant="default"
                  onClick={() => retry.mutate({ items: [{ entity: item.entity, id: item.id, locationId: item.locationId }] })}
                  loading={retry.isPending && retry.variables.items?.[0]?.id === item.id && retry.variables.items[0].entity === item.entity}
                  aria-label={t('rejected.retry-one', { what })}
                >
                  {t('failure.retry')}
                </Button>
              </li>
            )
          })}
      </ul>
      {retry.error && <Failure error={retry.error} />}
      {list.hasNextPage && (
        <Button variant="default" size="xs" onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
          {t('common.more')}
        </Button>
      )}
    </div>
  )
}
