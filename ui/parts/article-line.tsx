/** One row of the article list, and which columns the list has on this screen. */
import { Checkbox } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { money } from '../format.ts'
import type { ArticleRow, ConnectionHead, Location } from '../queries.ts'
import { useCompany } from '../session.ts'
import { StateTag } from './article-state.tsx'
import { Cell } from './cells.tsx'
import { Pieces } from './pieces.tsx'

interface Head {
  key: string
  /** A store's own name; else the column's words. */
  words: string | null
  number: boolean
}
export interface Columns {
  template: string
  count: number
  heads: Head[]
  stores: Location[]
  shops: ConnectionHead[]
  narrow: boolean
}

const MOST_STORES = 3
/** Each store its own column while there are few; else one sum. */
export function articleColumns(locations: Location[], shops: ConnectionHead[], narrow: boolean): Columns {
  const stores = !narrow && locations.length <= MOST_STORES ? locations : []
  const heads: Head[] = [{ key: 'article', words: null, number: false }]
  if (!narrow) heads.push({ key: 'price', words: null, number: true })
  if (stores.length > 1) for (const store of stores) heads.push({ key: `store-${store.id}`, words: store.name, number: true })
  else heads.push({ key: 'available', words: null, number: true })
  if (shops.length > 0 && !narrow) heads.push({ key: 'shops', words: null, number: false })
  const levels = stores.length > 1 ? stores.map(() => '7rem') : [narrow ? '5.75rem' : '7rem']
  const template = [
    narrow ? '1.75rem' : '2.75rem',
    'minmax(0, 1fr)',
    ...(narrow ? [] : ['8rem']),
    ...levels,
    ...(shops.length > 0 && !narrow ? ['minmax(11rem, 18rem)'] : []),
  ].join(' ')
  return { template, count: heads.length + 1, heads, stores: stores.length > 1 ? stores : [], shops, narrow }
}

interface Props {
  row: ArticleRow
  columns: Columns
  chosen: boolean
  toggle: (id: number) => void
}

export function ArticleLine({ row, columns, chosen, toggle }: Props) {
  const { t } = useTranslation()
  const { currency } = useCompany()
  const known = row.levels.flatMap((level) => (level.available === null ? [] : [level.available]))
  const sum = known.length > 0 ? known.reduce((all, each) => all + each, 0) : null
  const tags = row.connections
    .filter((shop) => shop.boxed)
    .map((shop) => (
      <StateTag
        key={shop.connectionId}
        state={columns.shops.find((each) => each.id === shop.connectionId)?.state === 'paused' ? 'paused' : shop.state}
        {...(columns.shops.length > 1 ? { prefix: shop.name } : {})}
      />
    ))
  return (
    <>
      <Cell>
        <Checkbox aria-label={t('articles.choose', { number: row.number })} checked={chosen} onChange={() => toggle(row.id)} />
      </Cell>
      <Cell className="row-main">
        <Link to="/articles/$id" params={{ id: String(row.id) }} className="row-link">
          {row.name}
        </Link>
        <span className="row-sub">
          <span className="mono">{row.number}</span>
          {Object.keys(row.optionValues).length > 0 && <span> · {Object.values(row.optionValues).join(' / ')}</span>}
        </span>
        {columns.narrow && tags.length > 0 && <span className="row-tags">{tags}</span>}
      </Cell>
      {!columns.narrow && <Cell className="number">{row.priceMinor === null ? '' : money(row.priceMinor, currency)}</Cell>}
      {columns.stores.length > 0 ? (
        columns.stores.map((store) => (
          <Cell key={store.id} className="number">
            <Pieces value={row.levels.find((level) => level.locationId === store.id)?.available ?? null} />
          </Cell>
        ))
      ) : (
        <Cell className="number strong">
          <Pieces value={sum} />
        </Cell>
      )}
      {columns.shops.length > 0 && !columns.narrow && <Cell className="row-tags">{tags.length > 0 ? tags : <span className="quiet">{t('states.not-boxed.name')}</span>}</Cell>}
    </>
  )
}
