/** One row of the article list, and which columns the list has on this screen. */
import { Checkbox } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ArticleState } from '../../src/web/contract/states.ts'
import { money } from '../format.ts'
import type { ArticleRow, ConnectionHead, Location } from '../queries.ts'
import { useCompany } from '../session.ts'
import { needsSomebody, rank, type ShownState, StateTag, shownState } from './article-state.tsx'
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
  heads: Head[]
  stores: Location[]
  shops: ConnectionHead[]
  /** Those with a column of their own. */
  own: ConnectionHead[]
  priced: boolean
  narrow: boolean
  /** Some article has a picture. */
  pictured: boolean
}

const MOST_STORES = 3
const MOST_SHOPS = 2
/** Each store and each webshop its own column while they are few; else one sum, and the webshop that needs somebody most. */
export function articleColumns(locations: Location[], shops: ConnectionHead[], narrow: boolean, pictured: boolean): Columns {
  const stores = !narrow && locations.length > 1 && locations.length <= MOST_STORES ? locations : []
  const own = !narrow && shops.length <= MOST_SHOPS ? shops : []
  // The price is the first to go where it gets crowded: it is on the article's page.
  const priced = !narrow && stores.length + own.length < 4
  const heads: Head[] = [...(pictured ? [{ key: 'picture', words: null, number: false }] : []), { key: 'article', words: null, number: false }]
  if (priced) heads.push({ key: 'price', words: null, number: true })
  if (stores.length > 0) for (const store of stores) heads.push({ key: `store-${store.id}`, words: store.name, number: true })
  else heads.push({ key: 'available', words: null, number: true })
  if (own.length > 0)
    for (const shop of own) heads.push(own.length > 1 ? { key: `shop-${shop.id}`, words: shop.name, number: false } : { key: 'shops', words: null, number: false })
  else if (shops.length > 0 && !narrow) heads.push({ key: 'shops', words: null, number: false })
  const template = [
    narrow ? '1.75rem' : '2rem',
    ...(pictured ? ['2.75rem'] : []),
    narrow ? 'minmax(0, 1fr)' : 'minmax(10rem, 2fr)',
    ...(priced ? ['7rem'] : []),
    ...(stores.length > 0 ? stores.map(() => '5.5rem') : [narrow ? '5.75rem' : '6.5rem']),
    ...(own.length > 0 ? own.map(() => 'minmax(8.5rem, 1fr)') : shops.length > 0 && !narrow ? ['minmax(11rem, 18rem)'] : []),
  ].join(' ')
  return { template, heads, stores, shops, own, priced, narrow, pictured }
}

/** As the lists say it: an article whose box was never ticked there has no state of its own. */
export function stateAt(row: ArticleRow, connectionId: number): ArticleState {
  const at = row.connections.find((each) => each.connectionId === connectionId)
  return at?.state ?? 'not-boxed'
}
const shownAt = (row: ArticleRow, shop: ConnectionHead): ShownState => shownState(shop, stateAt(row, shop.id))

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
  const ticked = columns.shops.map((shop) => ({ shop, state: shownAt(row, shop) })).filter(({ state }) => state !== 'not-boxed')
  const worst = ticked.toSorted((one, other) => rank(one.state) - rank(other.state))[0]
  return (
    <>
      <Cell>
        <Checkbox aria-label={t('articles.choose', { number: row.number })} checked={chosen} onChange={() => toggle(row.id)} />
      </Cell>
      {columns.pictured && <Cell>{row.imageId !== null && <img src={`/v1/images/${row.imageId}`} alt="" loading="lazy" decoding="async" className="row-picture" />}</Cell>}
      <Cell className="row-main">
        <Link to="/articles/$id" params={{ id: String(row.id) }} className="row-link">
          {row.name}
        </Link>
        <span className="row-sub">
          <span className="mono">{row.number}</span>
          {Object.keys(row.optionValues).length > 0 && <span> · {Object.values(row.optionValues).join(' / ')}</span>}
        </span>
        {columns.narrow && worst && (
          <span className="row-tags">
            <Worst row={row} worst={worst} of={ticked.length} />
          </span>
        )}
      </Cell>
      {columns.priced && <Cell className="number">{row.priceMinor === null ? '' : money(row.priceMinor, currency)}</Cell>}
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
      {columns.own.map((shop) => (
        <Cell key={shop.id} className="row-tags">
          <Why row={row} state={shownAt(row, shop)} />
        </Cell>
      ))}
      {columns.own.length === 0 && columns.shops.length > 0 && !columns.narrow && (
        <Cell className="row-tags">{worst ? <Worst row={row} worst={worst} of={ticked.length} /> : <StateTag state="not-boxed" />}</Cell>
      )}
    </>
  )
}

/** With several webshops, which one it is; with none amiss, one word for all. */
function Worst({ row, worst, of }: { row: ArticleRow; worst: { shop: ConnectionHead; state: ShownState }; of: number }) {
  return <Why row={row} state={worst.state} {...(of > 1 && worst.state !== 'in-sync' ? { prefix: worst.shop.name } : {})} />
}

/** What needs somebody leads to why, and to what is to be pressed. */
function Why({ row, ...tag }: { row: ArticleRow; state: ShownState; prefix?: string }) {
  if (!needsSomebody(tag.state)) return <StateTag {...tag} />
  return (
    <Link to="/articles/$id" params={{ id: String(row.id) }} hash="sync" className="tag-link">
      <StateTag {...tag} />
    </Link>
  )
}
