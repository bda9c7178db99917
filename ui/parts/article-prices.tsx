/** A price of its own in one store; empty means the article's price holds there too. */
import { Stack, TextInput, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Answer, api } from '../api.ts'
import { minorFrom, money } from '../format.ts'
import type { Article, Location } from '../queries.ts'
import { useCompany } from '../session.ts'
import { Failure } from './states.tsx'

interface Props {
  article: Article
  locations: Location[]
  onChanged: (article: Answer<'articles.price'>) => void
}

export function ArticlePrices({ article, locations, onChanged }: Props) {
  const { t } = useTranslation()
  return (
    <div className="under">
      <Title order={3} mb="xs">
        {t('details.store-prices')}
      </Title>
      <Stack gap="xs">
        {locations.map((location) => (
          <StorePrice key={location.id} article={article} location={location} onChanged={onChanged} />
        ))}
      </Stack>
    </div>
  )
}

function StorePrice({ article, location, onChanged }: { article: Article; location: Location; onChanged: Props['onChanged'] }) {
  const { t } = useTranslation()
  const { currency } = useCompany()
  const own = article.prices.find((price) => price.locationId === location.id)?.priceMinor ?? null
  const [price, setPrice] = useState(own === null ? '' : (own / 100).toFixed(2).replace('.', ','))
  const priceMinor = price.trim() === '' ? null : minorFrom(price)
  const wrong = price.trim() !== '' && priceMinor === null
  const save = useMutation({ mutationFn: () => api('articles.price', { params: { articleId: article.id }, body: { locationId: location.id, priceMinor } }), onSuccess: onChanged })
  return (
    <>
      <TextInput
        size="sm"
        label={location.name}
        value={price}
        inputMode="decimal"
        placeholder={article.priceMinor === null ? '' : money(article.priceMinor, currency)}
        onChange={(event) => setPrice(event.currentTarget.value)}
        onBlur={() => {
          if (!wrong && priceMinor !== own) save.mutate()
        }}
        {...(wrong ? { error: t('new-article.price-wrong') } : {})}
      />
      {save.error && <Failure error={save.error} />}
    </>
  )
}
