/** Every variant the webshop has, with what becomes of it. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Answer, api } from '../api.ts'
import { money, pieces } from '../format.ts'
import type { Connection, ShopImportShown } from '../queries.ts'
import { useCompany } from '../session.ts'
import { Cell } from './cells.tsx'
import { importWords } from './import-why.ts'
import { LongList } from './long-list.tsx'
import { Empty, Failure } from './states.tsx'
import { useNarrow } from './use-narrow.ts'

type Item = Answer<'imports.items'>['items'][number]
type Verdict = Item['verdict']
const VERDICTS: Verdict[] = ['link', 'make', 'left-out']

export function ImportItems({ connection, standing }: { connection: Connection; standing: ShopImportShown }) {
  const { t } = useTranslation()
  const narrow = useNarrow()
  const [chosen, choose] = useState<Verdict | null>(null)
  const list = useInfiniteQuery({
    queryKey: ['import', connection.id, 'items', chosen, standing.state],
    queryFn: ({ pageParam }) =>
      api('imports.items', {
        params: { connectionId: connection.id },
        query: { limit: '500', ...(chosen ? { verdict: chosen } : {}), ...(pageParam ? { cursor: pageParam } : {}) },
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: (before, query) => (query?.queryKey[3] === chosen ? before : undefined),
  })
  const counts = standing.state === 'done' ? standing.became : standing.previewed
  const counted: Record<Verdict, number> = { link: counts.link, make: counts.make, 'left-out': counts.leftOut }
  if (list.error) return <Failure error={list.error} retry={() => void list.refetch()} />
  return (
    <section aria-label={t('import.list')}>
      <fieldset className="chips">
        <legend className="hidden">{t('import.show')}</legend>
        <button type="button" className="chip" aria-pressed={chosen === null} onClick={() => choose(null)}>
          {t('import.all')} <span className="number">{pieces(standing.variants)}</span>
        </button>
        {VERDICTS.map((each) => (
          <button key={each} type="button" className="chip" aria-pressed={chosen === each} onClick={() => choose(each)}>
            {t(`import.is.${each}`)} <span className="number">{pieces(counted[each])}</span>
          </button>
        ))}
      </fieldset>
      <LongList
        list={list}
        template="minmax(0,1.4fr) minmax(0,1fr)"
        keyOf={(_, at) => at}
        height={narrow ? 124 : 84}
        label={t('import.list')}
        columns={[{ words: t('import.column.product') }, { words: t('import.column.what') }]}
        empty={<Empty icon="articles" title={t('import.nothing')} />}
      >
        {(row) => <Row item={row} />}
      </LongList>
    </section>
  )
}

function Row({ item }: { item: Item }) {
  const { t, i18n } = useTranslation()
  const { currency } = useCompany()
  const name = [item.title, ...item.optionValues].join(', ')
  const facts = [
    item.priceMinor === null || item.notes.includes('currency') ? [] : money(item.priceMinor, currency),
    item.pieces === null ? [] : t('import.pieces', { shown: pieces(item.pieces) }),
  ].flat()
  const why = item.code === null ? item.notes : [item.code]
  return (
    <>
      <Cell className="row-main">
        {item.articleId === null ? (
          name
        ) : (
          <Link to="/articles/$id" params={{ id: String(item.articleId) }} className="row-link">
            {name}
          </Link>
        )}
        <span className="row-sub">
          <span className="mono">{item.number ?? t('import.no-number')}</span>
          {facts.length > 0 && ` · ${facts.join(' · ')}`}
        </span>
      </Cell>
      <Cell className="row-main">
        <span>{item.became === null ? t(`import.is.${item.verdict}`) : t(`import.became.${item.became}`)}</span>
        <span className="row-sub">{why.map((code) => importWords(i18n, code).name).join(' · ')}</span>
      </Cell>
    </>
  )
}
