/** One row of a connection's list: the article, its number here and there, its state with what the shop said, and the next thing to press. */
import { Checkbox } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../api.ts'
import type { Connection } from '../queries.ts'
import { nextAction, StateTag, shownState } from './article-state.tsx'
import { Cell } from './cells.tsx'
import { NextStep } from './next-step.tsx'
import { Pieces } from './pieces.tsx'
import { refShown } from './webshop-id.tsx'

export type ShopArticle = Answer<'connections.articles'>['items'][number]

/** Null when nothing is known anywhere. */
function sum(values: (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((all, each) => all + each, 0)
}

interface Props {
  row: ShopArticle
  connection: Connection
  narrow: boolean
  chosen: boolean
  toggle: (id: number) => void
}

export function ShopArticleLine({ row, connection, narrow, chosen, toggle }: Props) {
  const { t } = useTranslation()
  const state = shownState(connection, row.state)
  const said = row.heldByMessage ? t('messages.holds-article') : row.cells.find((cell) => cell.said)?.said
  // What it was before the shop changed: whoever puts it right looks for it by this.
  const oldId = row.boxed && row.link !== 'matched' && row.itemRef !== null ? t('webshop-id.old-short', { id: refShown(row.itemRef) }) : null
  return (
    <>
      <Cell>
        <Checkbox aria-label={t('articles.choose', { number: row.number })} checked={chosen} onChange={() => toggle(row.articleId)} />
      </Cell>
      <Cell className="row-main">
        <Link to="/articles/$id" params={{ id: String(row.articleId) }} className="row-link">
          {row.name}
        </Link>
        <span className="row-sub">
          <span className="mono">{row.number}</span>
          {narrow && oldId !== null && ` · ${oldId}`}
        </span>
        {narrow && (
          <span className="row-tags">
            <StateTag state={state} />
          </span>
        )}
      </Cell>
      {!narrow && (
        <Cell className="number">
          <Pieces value={sum(row.cells.map((cell) => cell.target))} />
        </Cell>
      )}
      <Cell className="number">
        <Pieces value={sum(row.cells.map((cell) => cell.toldValue))} />
      </Cell>
      {!narrow && (
        <Cell className="row-main">
          <StateTag state={state} />
          <span className="row-sub" title={said ?? t(`states.${state}.words`)}>
            {said ?? oldId ?? t(`states.${state}.words`)}
          </span>
        </Cell>
      )}
      {!narrow && (
        <Cell>{nextAction(state) === null || nextAction(state) === 'open' ? null : <NextStep state={state} shop={connection} articleId={row.articleId} explained={false} />}</Cell>
      )}
    </>
  )
}
