/** What an article costs now and why, its offers, and what has become of its price. */
import { Button, Group, Paper, Text, Title } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../api.ts'
import { moment, money } from '../format.ts'
import { type Article, type Location, offersQuery, priceChangesQuery, pricesQuery } from '../queries.ts'
import { useCompany } from '../session.ts'
import { LinkButton } from './link-button.tsx'
import { EndOffer, LowestBefore, OfferTag, WhenWhere } from './offer-line.tsx'
import { PagedTable } from './paged-table.tsx'
import { Failure, Loading } from './states.tsx'

type Prices = Answer<'prices.show'>
type Change = Answer<'prices.changes'>['items'][number]

export function ArticlePrice({ article, locations }: { article: Article; locations: Location[] }) {
  const { t } = useTranslation()
  const prices = useQuery(pricesQuery(article.id))
  const offers = useInfiniteQuery(offersQuery({ articleId: String(article.id) }))
  const [history, setHistory] = useState(false)
  const placeOf = (id: number | null) => (id === null ? t('offers.everywhere') : (locations.find((each) => each.id === id)?.name ?? String(id)))
  return (
    <Paper component="section" aria-labelledby="price">
      <Group justify="space-between" mb="sm">
        <Title order={2} id="price">
          {t('price.title')}
        </Title>
        <LinkButton to="/offers/new" search={{ article: article.id }} variant="default" size="xs">
          {t('offers.new')}
        </LinkButton>
      </Group>
      {prices.isPending ? (
        <Loading rows={1} />
      ) : prices.error ? (
        <Failure error={prices.error} retry={() => void prices.refetch()} />
      ) : (
        <>
          <PriceHere price={prices.data} regularMinor={prices.data.regularMinor} />
          {prices.data.atLocations.map((place) => (
            <div key={place.locationId} className="under">
              <Title order={3}>{placeOf(place.locationId)}</Title>
              <PriceHere price={place} regularMinor={place.regularMinor ?? prices.data.regularMinor} />
            </div>
          ))}
        </>
      )}
      {(offers.error || (offers.data?.pages[0]?.items.length ?? 0) > 0) && (
        <div className="under">
          <Title order={3} mb="xs">
            {t('offers.title')}
          </Title>
          <PagedTable list={offers} columns={[{ words: t('offers.column.price'), number: true }, { words: t('offers.column.time') }]} empty={null}>
            {(offer) => <OfferCells offer={offer} place={placeOf(offer.locationId)} />}
          </PagedTable>
        </div>
      )}
      <div className="under">
        <Button variant="default" size="xs" onClick={() => setHistory(!history)} aria-expanded={history}>
          {history ? t('price.hide-history') : t('price.history')}
        </Button>
        {history && <History articleId={article.id} placeOf={placeOf} />}
      </div>
    </Paper>
  )
}

function PriceHere({ price, regularMinor }: { price: Pick<Prices, 'priceMinor' | 'offer'>; regularMinor: number | null }) {
  const { t } = useTranslation()
  const { currency } = useCompany()
  if (price.priceMinor === null) return <Text c="dimmed">{t('price.none')}</Text>
  return (
    <>
      <Text fw={600} size="lg">
        {money(price.priceMinor, currency)}
      </Text>
      {price.offer && (
        <Text size="sm" c="dimmed">
          {price.offer.campaign ?? t('offers.one')}
          {regularMinor !== null && ` · ${t('price.regular', { price: money(regularMinor, currency) })}`} · <LowestBefore offer={price.offer} />
        </Text>
      )}
    </>
  )
}

function OfferCells({ offer, place }: { offer: Answer<'offers.show'>; place: string }) {
  const { currency } = useCompany()
  return (
    <>
      <td className="number">{money(offer.priceMinor, currency)}</td>
      <td>
        <OfferTag offer={offer} />
        <WhenWhere offer={offer} place={place} />
        <EndOffer offer={offer} />
      </td>
    </>
  )
}

function History({ articleId, placeOf }: { articleId: number; placeOf: (id: number | null) => string }) {
  const { t } = useTranslation()
  const { currency, timeZone } = useCompany()
  const list = useInfiniteQuery(priceChangesQuery(articleId))
  const price = (minor: number | null) => (minor === null ? t('price.no-price') : money(minor, currency))
  const words = (change: Change) => {
    if (change.kind === 'regular') return t('price.changed', { before: price(change.oldMinor), after: price(change.newMinor) })
    return t(`price.of.${change.kind}`, { price: price(change.newMinor ?? change.oldMinor) })
  }
  const who = ({ actor }: Change) => (actor.kind === 'system' ? t('price.by-itself') : (actor.name ?? actor.kind))
  return (
    <div className="under">
      <PagedTable list={list} columns={[{ words: t('price.when') }, { words: t('price.what') }]} empty={<Text c="dimmed">{t('price.no-history')}</Text>}>
        {(change) => (
          <>
            <td>{moment(change.at, timeZone)}</td>
            <td>
              {words(change)}
              <div className="row-sub">{[change.locationId === null ? null : placeOf(change.locationId), who(change)].filter((each) => each !== null).join(' · ')}</div>
            </td>
          </>
        )}
      </PagedTable>
    </div>
  )
}
