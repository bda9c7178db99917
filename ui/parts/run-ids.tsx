/** What a check of the webshop article ids found: counts on top, every article under them with its old id, its new one and why; saved by a second press. */
import { Button, Group, Paper, Text } from '@mantine/core'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Answer, api } from '../api.ts'
import { data } from '../data.ts'
import { pieces } from '../format.ts'
import type { Run } from '../queries.ts'
import { Cell } from './cells.tsx'
import { LongList } from './long-list.tsx'
import { Empty, Failure, Loading } from './states.tsx'
import { useNarrow } from './use-narrow.ts'
import { refShown } from './webshop-id.tsx'

type Found = Answer<'runs.ids'>['items'][number]
type Verdict = Found['verdict']
const VERDICTS: Verdict[] = ['changed', 'found', 'ambiguous', 'gone', 'passed', 'missing', 'same']

export function RunIds({ run, connectionId }: { run: Run; connectionId: number }) {
  const { t } = useTranslation()
  const narrow = useNarrow()
  const [chosen, choose] = useState<Verdict | null>(null)
  const list = useInfiniteQuery({
    queryKey: ['run-ids', run.id, chosen, run.state, run.done],
    queryFn: ({ pageParam }) =>
      api('runs.ids', { params: { connectionId, runId: run.id }, query: { limit: '500', ...(chosen ? { verdict: chosen } : {}), ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: (before, query) => (query?.queryKey[2] === chosen ? before : undefined),
  })
  const counts = list.data?.pages[0]?.counts
  if (list.error) return <Failure error={list.error} retry={() => void list.refetch()} />
  if (counts === undefined) return <Loading />
  if (run.total === 0)
    return (
      <Empty icon="articles" title={t('check-ids.none-ticked')}>
        {t('check-ids.none-ticked-text')}
      </Empty>
    )
  return (
    <>
      {run.state === 'ready' && <Ready run={run} counts={counts} connectionId={connectionId} />}
      <fieldset className="chips">
        <legend className="hidden">{t('run.show')}</legend>
        <button type="button" className="chip" aria-pressed={chosen === null} onClick={() => choose(null)}>
          {t('run.filter.all')} <span className="number">{pieces(run.total)}</span>
        </button>
        {VERDICTS.filter((each) => (counts[each] ?? 0) > 0).map((each) => (
          <button key={each} type="button" className="chip" aria-pressed={chosen === each} onClick={() => choose(each)}>
            {t(`check-ids.is.${each}`)} <span className="number">{pieces(counts[each] ?? 0)}</span>
          </button>
        ))}
      </fieldset>
      <LongList
        list={list}
        template="minmax(0,1fr) minmax(0,1.4fr)"
        keyOf={(row) => row.articleId}
        height={narrow ? 124 : 84}
        label={t('run.kind.match')}
        columns={[{ words: t('articles.column.article') }, { words: t('webshop-id.name') }]}
        empty={<Loading />}
      >
        {(row) => (
          <>
            <Cell className="row-main">
              <Link to="/articles/$id" params={{ id: String(row.articleId) }} className="row-link">
                {row.articleName}
              </Link>
              <span className="row-sub mono">{row.articleNumber}</span>
            </Cell>
            <Cell className="row-main">
              <span className="id-change">
                <Ref itemRef={row.wasRef} url={row.wasUrl} old={row.nowRef !== row.wasRef && row.nowRef !== null} />
                {row.nowRef !== null && row.nowRef !== row.wasRef && (
                  <span>
                    → <Ref itemRef={row.nowRef} url={row.nowUrl} old={false} />
                  </span>
                )}
              </span>
              <span className="row-sub id-why">{whyOf(row, t)}</span>
            </Cell>
          </>
        )}
      </LongList>
    </>
  )
}

function Ref({ itemRef, url, old }: { itemRef: string | null; url: string | null; old: boolean }) {
  const { t } = useTranslation()
  if (itemRef === null) return <span className="quiet">{t('check-ids.no-id')}</span>
  const words = <span className={old ? 'mono quiet' : 'mono'}>{refShown(itemRef)}</span>
  return url === null ? (
    words
  ) : (
    <a className="link" href={url} target="_blank" rel="noreferrer">
      {words}
    </a>
  )
}

function whyOf(row: Found, t: TFunction): string {
  const renumbered = row.theirs !== null && row.theirs !== ''
  switch (row.verdict) {
    case 'changed':
      return row.savedAt !== null ? t('check-ids.why.saved') : renumbered ? t('check-ids.why.changed-number', { theirs: row.theirs }) : t('check-ids.why.changed')
    case 'found':
      return row.savedAt !== null ? t('check-ids.why.saved') : t('check-ids.why.found')
    case 'ambiguous':
      return t('check-ids.why.ambiguous', { shown: pieces(row.carriers) })
    case 'gone':
      return renumbered ? t('check-ids.why.gone-number', { theirs: row.theirs }) : t('check-ids.why.gone')
    case 'passed':
      return t('check-ids.why.passed')
    case 'missing':
      return t('check-ids.why.missing')
    case 'same':
      return t('check-ids.why.same')
  }
}

function Ready({ run, counts, connectionId }: { run: Run; counts: Answer<'runs.ids'>['counts']; connectionId: number }) {
  const { t } = useTranslation()
  const input = { params: { connectionId, runId: run.id }, body: {} }
  const onSuccess = (latest: Run) => {
    data.setQueryData(['run', connectionId, run.id], latest)
    void data.invalidateQueries({ queryKey: ['connection', connectionId] })
  }
  const save = useMutation({ mutationFn: () => api('runs.confirm', input), onSuccess })
  const cancel = useMutation({ mutationFn: () => api('runs.cancel', input), onSuccess })
  const changes = (counts.changed ?? 0) + (counts.found ?? 0)
  const unsure = (counts.ambiguous ?? 0) + (counts.gone ?? 0)
  return (
    <Paper>
      <div role="status">
        <Text className="strong" size="lg">
          {t('check-ids.ready', { count: changes, shown: pieces(changes) })}
        </Text>
        <Text c="dimmed">{t('check-ids.ready-text', { same: pieces(run.same) })}</Text>
        {unsure > 0 && <Text mt="xs">{t('check-ids.unsure', { count: unsure, shown: pieces(unsure) })}</Text>}
      </div>
      <Group mt="md">
        <Button onClick={() => save.mutate()} loading={save.isPending}>
          {t('check-ids.save', { count: changes, shown: pieces(changes) })}
        </Button>
        <Button variant="default" onClick={() => cancel.mutate()} loading={cancel.isPending}>
          {t('common.cancel')}
        </Button>
      </Group>
      {save.error && <Failure error={save.error} />}
      {cancel.error && <Failure error={cancel.error} />}
    </Paper>
  )
}
