/** The rows of a run, what needs an eye first; filtered by the numbers on top, and to be taken home as a file. */
import { Button } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type Answer, api, type Query } from '../api.ts'
import { csvOf, download } from '../csv.ts'
import { pieces } from '../format.ts'
import { locationsQuery, type Run } from '../queries.ts'
import { Cell } from './cells.tsx'
import { LongList } from './long-list.tsx'
import { Pieces } from './pieces.tsx'
import { codeOf } from './run-code.ts'
import { Empty, Failure } from './states.tsx'

type Item = Answer<'runs.items'>['items'][number]
type Flag = NonNullable<Item['flag']>
type What = 'all' | 'flagged' | Flag | Item['state']
/** `code` narrows it to one reason. */
export interface RunFilter {
  what: What
  code: string | null
}
/** The gravest first. */
export const FLAGS: Flag[] = ['to-zero', 'over-half', 'negative', 'unknown']
const FILTERS: What[] = ['all', 'flagged', ...FLAGS, 'send', 'sent', 'refused', 'skipped', 'same']
const isFlag = (what: What): what is Flag => FLAGS.some((flag) => flag === what)

interface Props {
  run: Run
  summary: Answer<'runs.summary'>
  connectionId: number
  /** Null = what the run's state makes most of: what would be sent, or everything. */
  chosen: RunFilter | null
  choose: (filter: RunFilter) => void
}

export function RunItems({ run, summary, connectionId, chosen, choose }: Props) {
  const { t, i18n } = useTranslation()
  const numberOf = (what: What): number => {
    if (what === 'all') return Object.values(summary.states).reduce((sum, n) => sum + n, 0)
    return (what === 'flagged' ? summary.flagged : isFlag(what) ? summary.flags[what] : summary.states[what]) ?? 0
  }
  const kinds = FLAGS.filter((flag) => numberOf(flag) > 0).length
  // All that is unusual together says nothing more where it is of one kind.
  const offered = FILTERS.filter((what) => what === 'all' || (numberOf(what) > 0 && (what !== 'flagged' || kinds > 1)))
  const first = { what: run.state === 'ready' && numberOf('send') > 0 ? 'send' : 'all', code: null } as const
  const filter: RunFilter = chosen !== null && offered.includes(chosen.what) ? chosen : first
  const locations = useQuery(locationsQuery)
  const storeOf = (id: number) => locations.data?.find((each) => each.id === id)?.name ?? ''
  const many = (locations.data?.length ?? 0) > 1
  const list = useInfiniteQuery({
    queryKey: ['run-items', run.id, filter.what, filter.code, run.state],
    queryFn: ({ pageParam }) => itemPage(connectionId, run.id, filter, pageParam),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    // Whoever has scrolled on keeps the place.
    refetchInterval: (query) => (run.state === 'ready' || run.endedAt !== null || (query.state.data?.pages.length ?? 0) > 1 ? false : 3000),
    placeholderData: (before, query) => (query?.queryKey[2] === filter.what && query.queryKey[3] === filter.code ? before : undefined),
  })
  const stateWords = (item: Item) => (item.code !== null ? codeOf(i18n, item.code).name : t(`run.item.${item.state}`))
  const save = useMutation({
    mutationFn: async () => {
      const items: Item[] = []
      for (let next: string | null = ''; next !== null; ) {
        const page: Answer<'runs.items'> = await itemPage(connectionId, run.id, filter, next, '1000')
        items.push(...page.items)
        next = page.next
      }
      const head = [
        t('run-items.number'),
        t('articles.column.article'),
        t('article.store'),
        t('run.was'),
        t('run.target'),
        t('run.item-state'),
        t('run-items.unusual'),
        t('run-items.next'),
      ]
      const lines = items.map((item) => [
        item.articleNumber,
        item.articleName,
        storeOf(item.locationId),
        run.kind === 'take-over' ? item.ours : item.was,
        item.target,
        stateWords(item),
        item.flag === null ? '' : t(`run-items.flag.${item.flag}`),
        item.code === null ? '' : codeOf(i18n, item.code).words,
      ])
      download(`${t('run-items.file')}-${run.id}.csv`, csvOf([head, ...lines]))
    },
  })
  return (
    <>
      <div className="tools">
        <fieldset className="chips">
          <legend className="hidden">{t('run.show')}</legend>
          {offered.map((each) => (
            <button key={each} type="button" className="chip" aria-pressed={filter.what === each && filter.code === null} onClick={() => choose({ what: each, code: null })}>
              {t(`run.filter.${each}`)} <span className="number">{pieces(numberOf(each))}</span>
            </button>
          ))}
          {filter.code !== null && (
            <button type="button" className="chip" aria-pressed={true} onClick={() => choose({ what: filter.what, code: null })}>
              {codeOf(i18n, filter.code).name}
            </button>
          )}
        </fieldset>
        <Button variant="default" size="sm" onClick={() => save.mutate()} loading={save.isPending} disabled={numberOf(filter.what) === 0}>
          {t('run-items.download')}
        </Button>
      </div>
      {save.error && <Failure error={save.error} />}
      <LongList
        list={list}
        template={'minmax(0,1fr) clamp(2.2rem,8vw,4.5rem) 1rem clamp(2.2rem,8vw,4.5rem) clamp(4.4rem,19vw,11rem)'}
        keyOf={(_, at) => at}
        height={64}
        label={t('run.title')}
        columns={[
          { words: t('articles.column.article') },
          { words: t('run.was'), number: true },
          { words: t('run.becomes'), unseen: true },
          { words: t('run.target'), number: true },
          { words: t('run.item-state') },
        ]}
        empty={<Empty icon="check" title={t('run.no-items')} />}
      >
        {(row) => (
          <>
            <Cell className="row-main">
              <Link to="/articles/$id" params={{ id: String(row.articleId) }} className="row-link">
                {row.articleName}
              </Link>
              <span className="row-sub">
                <span className="mono">{row.articleNumber}</span>
                {many && ` · ${storeOf(row.locationId)}`}
                {run.kind === 'take-over' && row.was !== null && ` · ${t('take-over.shop-shows', { shown: pieces(row.was) })}`}
              </span>
            </Cell>
            <Cell className="number">
              <Pieces value={run.kind === 'take-over' ? row.ours : row.was} />
            </Cell>
            <Cell className="quiet">→</Cell>
            <Cell className="number strong">
              <Pieces value={row.target} />
            </Cell>
            <Cell className="row-sub run-state">
              {stateWords(row)}
              {row.flag !== null && <span className="run-flag">{t(`run-items.flag.${row.flag}`)}</span>}
            </Cell>
          </>
        )}
      </LongList>
    </>
  )
}

function itemPage(connectionId: number, runId: number, { what, code }: RunFilter, cursor: string, limit = '500'): Promise<Answer<'runs.items'>> {
  const asked: Query<'runs.items'> = what === 'all' ? {} : what === 'flagged' ? { flagged: 'true' } : isFlag(what) ? { flag: what } : { state: what }
  return api('runs.items', { params: { connectionId, runId }, query: { limit, ...asked, ...(code === null ? {} : { code }), ...(cursor ? { cursor } : {}) } })
}
