/** Erbjudanden: prices for a time, those that go on, those to come and those that are over. */
import { Group, NativeSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { money } from '../format.ts'
import { Cell } from '../parts/cells.tsx'
import { Icon } from '../parts/icons.tsx'
import { LinkButton } from '../parts/link-button.tsx'
import { LongList } from '../parts/long-list.tsx'
import { EndOffer, OfferTag, WhenWhere } from '../parts/offer-line.tsx'
import { isOfferState, OFFER_STATES } from '../parts/offer-state.ts'
import { PageHead } from '../parts/page-head.tsx'
import { SearchField } from '../parts/search-field.tsx'
import { Empty } from '../parts/states.tsx'
import { useNarrow } from '../parts/use-narrow.ts'
import { locationsQuery, type Offer, offersQuery } from '../queries.ts'
import { useCompany } from '../session.ts'

export function Offers() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const narrow = useNarrow()
  const { state } = useSearch({ from: '/inside/offers' })
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), 200)
  const locations = useQuery(locationsQuery)
  const list = useInfiniteQuery({ ...offersQuery({ ...(q ? { q } : {}), ...(state ? { state } : {}) }), placeholderData: keepPreviousData })
  const filtered = q !== '' || state !== undefined
  const none = list.data?.pages[0]?.items.length === 0 && !filtered
  const make = (
    <LinkButton to="/offers/new" leftSection={<Icon name="plus" size={18} />}>
      {t('offers.new')}
    </LinkButton>
  )
  const placeOf = (offer: Offer) =>
    offer.locationId === null ? t('offers.everywhere') : (locations.data?.find((each) => each.id === offer.locationId)?.name ?? String(offer.locationId))
  return (
    <>
      <PageHead title={t('offers.title')} text={t('offers.text')} actions={list.isPending || (none && !list.error) ? null : make} />
      {!(list.data && none) && (
        <div className="tools">
          <SearchField label={t('offers.search')} value={typed} onChange={setTyped} />
          <NativeSelect
            aria-label={t('offers.state')}
            value={state ?? ''}
            onChange={(event) => {
              const chosen = event.currentTarget.value
              void navigate({ to: '/offers', search: isOfferState(chosen) ? { state: chosen } : {}, replace: true })
            }}
          >
            <option value="">{t('offers.all')}</option>
            {OFFER_STATES.map((each) => (
              <option key={each} value={each}>
                {t(`offers.is.${each}`)}
              </option>
            ))}
          </NativeSelect>
        </div>
      )}
      <LongList
        list={list}
        bars={10}
        template={narrow ? 'minmax(0, 1fr)' : 'minmax(9rem, 1fr) 6.5rem minmax(15rem, 1.6fr) 10.5rem 7.5rem'}
        keyOf={(row) => row.id}
        height={narrow ? 184 : 100}
        label={t('offers.title')}
        columns={[
          { words: t('offers.column.article') },
          !narrow && { words: t('offers.column.price'), number: true },
          !narrow && { words: t('offers.column.time') },
          !narrow && { words: t('offers.state') },
          !narrow && { words: t('offers.column.act'), unseen: true },
        ]}
        empty={
          filtered ? (
            <Empty icon="search" title={t('articles.none-found')}>
              {t('articles.none-found-text')}
            </Empty>
          ) : (
            <Empty icon="tag" title={t('offers.none')} action={make}>
              {t('offers.none-text')}
            </Empty>
          )
        }
      >
        {(row) => (narrow ? <Narrow offer={row} place={placeOf(row)} /> : <Wide offer={row} place={placeOf(row)} />)}
      </LongList>
    </>
  )
}

function Wide({ offer, place }: { offer: Offer; place: string }) {
  const { currency } = useCompany()
  return (
    <>
      <Cell className="row-main">
        <Name offer={offer} />
        <span className="row-sub mono">{offer.articleNumber}</span>
      </Cell>
      <Cell className="number">
        {money(offer.priceMinor, currency)}
        {offer.regularMinor !== null && <div className="row-sub">{money(offer.regularMinor, currency)}</div>}
      </Cell>
      <Cell>
        <WhenWhere offer={offer} place={place} />
      </Cell>
      <Cell>
        <OfferTag offer={offer} />
      </Cell>
      <Cell>
        <EndOffer offer={offer} />
      </Cell>
    </>
  )
}

function Narrow({ offer, place }: { offer: Offer; place: string }) {
  const { currency } = useCompany()
  return (
    <Cell>
      <Name offer={offer} />
      <div>{money(offer.priceMinor, currency)}</div>
      <WhenWhere offer={offer} place={place} />
      <Group justify="space-between" mt={4}>
        <OfferTag offer={offer} />
        <EndOffer offer={offer} />
      </Group>
    </Cell>
  )
}

const Name = ({ offer }: { offer: Offer }) => (
  <Link to="/articles/$id" params={{ id: String(offer.articleId) }} className="row-link">
    {offer.articleName}
  </Link>
)
