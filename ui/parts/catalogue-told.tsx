/** What was sent, product by product: made, changed, already alike or refused, with what could not be done beside. */
import { Checkbox, Title } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { i18n } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../api.ts'
import { moment, pieces } from '../format.ts'
import { type Catalogue, type Connection, type ToldFilter, toldProductsQuery } from '../queries.ts'
import { useCompany } from '../session.ts'
import { untakenWords } from './catalogue-why.ts'
import { Cell } from './cells.tsx'
import { LongList } from './long-list.tsx'
import { Empty } from './states.tsx'
import { useNarrow } from './use-narrow.ts'

type Told = Answer<'catalogues.told'>['items'][number]
type Outcome = Told['outcome']
const OUTCOMES: Outcome[] = ['made', 'changed', 'refused', 'nothing']

export function CatalogueTold({ connection, run }: { connection: Connection; run: Catalogue['run'] }) {
  const { t } = useTranslation()
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const [ofRun, setOfRun] = useState(true)
  const counts = ofRun && run !== null ? { made: run.products.made, changed: run.products.changed, refused: run.products.refused, nothing: run.products.unchanged } : null
  const filter: ToldFilter = { ...(ofRun && run !== null ? { runId: String(run.id) } : {}), ...(outcome === null ? {} : { outcome }) }
  return (
    <section aria-labelledby="told">
      <Title order={2} id="told" size="h3" mb="sm">
        {t('catalogue.told.title')}
      </Title>
      <div className="tools">
        <fieldset className="chips">
          <legend className="hidden">{t('run.show')}</legend>
          {[null, ...OUTCOMES].map((each) => (
            <button key={each ?? 'all'} type="button" className="chip" aria-pressed={outcome === each} onClick={() => setOutcome(each)}>
              {t(`catalogue.told.filter.${each ?? 'all'}`)} {each !== null && counts !== null && <span className="number">{pieces(counts[each])}</span>}
            </button>
          ))}
        </fieldset>
        {run !== null && <Checkbox label={t('catalogue.told.of-run')} checked={ofRun} onChange={(event) => setOfRun(event.currentTarget.checked)} />}
      </div>
      <Rows key={JSON.stringify(filter)} connection={connection} filter={filter} told={run === null ? 0 : Object.values(run.products).reduce((sum, n) => sum + n, 0)} />
    </section>
  )
}

function Rows({ connection, filter, told }: { connection: Connection; filter: ToldFilter; told: number }) {
  const { t, i18n } = useTranslation()
  const { timeZone } = useCompany()
  const narrow = useNarrow()
  const list = useInfiniteQuery({ ...toldProductsQuery(connection.id, filter, told), placeholderData: keepPreviousData })
  return (
    <LongList
      list={list}
      bars={3}
      template={narrow ? 'minmax(0,1fr)' : 'minmax(0,1fr) minmax(0,1.6fr) 11rem'}
      keyOf={(row) => row.id}
      height={narrow ? 96 : 64}
      label={t('catalogue.told.title')}
      columns={[{ words: t('catalogue.told.product') }, !narrow && { words: t('catalogue.told.came') }, !narrow && { words: t('run.when') }]}
      empty={<Empty icon="articles" title={t('catalogue.told.none')} />}
    >
      {(row) => (
        <>
          <Cell className="row-main">
            <span className="strong">{row.product}</span>
            {narrow && (
              <>
                <Came row={row} />
                <span className="row-sub">{moment(row.at, timeZone)}</span>
              </>
            )}
          </Cell>
          {!narrow && (
            <Cell className="row-main">
              <Came row={row} />
            </Cell>
          )}
          {!narrow && <Cell className="row-sub">{moment(row.at, timeZone)}</Cell>}
        </>
      )}
    </LongList>
  )

  function Came({ row }: { row: Told }) {
    const said = saidOf(row, i18n)
    return (
      <>
        <span>{t(`catalogue.told.outcome.${row.outcome}`)}</span>
        <span className="row-sub" title={said}>
          {said || row.parts.map((part) => t(`catalogue.told.part.${part}`)).join(', ')}
        </span>
      </>
    )
  }
}

/** Why it was refused, or what could not be done beside. */
const saidOf = ({ code, remarks }: Told, words: i18n): string => [code, ...remarks].flatMap((each) => (each === null ? [] : untakenWords(words, each).words)).join(' ')
