/** Nytt erbjudande: articles are scanned or searched, each gets its price, and all share one time and place. */
import { ActionIcon, Button, Group, NativeSelect, Paper, Stack, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { minorFrom, money } from '../format.ts'
import { FindArticle } from '../parts/find-article.tsx'
import { Icon } from '../parts/icons.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Empty, Failure } from '../parts/states.tsx'
import { type ArticleRow, articleQuery, locationsQuery } from '../queries.ts'
import { useCompany } from '../session.ts'

interface Line {
  article: Pick<ArticleRow, 'id' | 'name' | 'number' | 'priceMinor' | 'prices'>
  price: string
}

export function NewOffer() {
  const { t } = useTranslation()
  const { currency } = useCompany()
  const navigate = useNavigate()
  const search = useSearch({ from: '/inside/offers/new' })
  const field = useRef<HTMLInputElement>(null)
  const locations = useQuery(locationsQuery)
  const asked = useQuery({ ...articleQuery(search.article ?? 0), enabled: search.article !== undefined })
  const [lines, setLines] = useState<Line[]>([])
  const [campaign, setCampaign] = useState('')
  const [place, setPlace] = useState('')
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const add = (article: Line['article']) => setLines((before) => [{ article, price: '' }, ...before.filter((line) => line.article.id !== article.id)])
  const first = asked.data
  useEffect(() => {
    if (first) setLines((before) => (before.length === 0 ? [{ article: first, price: '' }] : before))
  }, [first])
  const regularOf = ({ article }: Line) => article.prices.find((each) => String(each.locationId) === place)?.priceMinor ?? article.priceMinor
  const wrongWith = (line: Line): string | null => {
    if (line.price.trim() === '') return null
    const minor = minorFrom(line.price)
    if (minor === null) return t('new-article.price-wrong')
    const regular = regularOf(line)
    return regular !== null && minor >= regular ? t('offers.not-lower') : null
  }
  const ends = to !== '' && from !== '' && to <= from
  const right = lines.length > 0 && !ends && lines.every((line) => minorFrom(line.price) !== null)
  const make = useMutation({
    mutationFn: () =>
      api('offers.make', {
        body: {
          lines: lines.map((line) => ({ articleId: line.article.id, priceMinor: minorFrom(line.price) ?? 0 })),
          locationId: place === '' ? null : Number(place),
          campaign: campaign.trim() === '' ? null : campaign.trim(),
          validFrom: from === '' ? null : from,
          validTo: to === '' ? null : to,
        },
      }),
    onSuccess: () => {
      for (const queryKey of [['offers'], ['prices'], ['price-changes']]) void data.invalidateQueries({ queryKey })
      void navigate({ to: '/offers' })
    },
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (right && !make.isPending) make.mutate()
  }
  return (
    <div className="middle">
      <PageHead title={t('offers.new')} text={t('offers.new-text')} back={{ words: t('offers.title'), link: { to: '/offers' } }} />
      <Stack gap="md">
        <Paper>
          <FindArticle label={t('offers.find')} onFound={(found) => add(found.article)} field={field} single />
        </Paper>
        <form onSubmit={send}>
          <Stack gap="md">
            {lines.length === 0 ? (
              <Empty icon="tag" title={t('offers.no-lines')} />
            ) : (
              <Paper p={0} className="lines">
                <table className="table">
                  <thead>
                    <tr>
                      <th scope="col">{t('offers.column.article')}</th>
                      <th scope="col" className="number">
                        {t('offers.price', { currency })}
                      </th>
                      <th scope="col">
                        <span className="hidden">{t('document.drop')}</span>
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {lines.map((line) => {
                      const regular = regularOf(line)
                      return (
                        <tr key={line.article.id}>
                          <td>
                            {line.article.name}
                            <div className="row-sub mono">{line.article.number}</div>
                            <div className="row-sub">{regular === null ? t('price.none') : t('price.regular', { price: money(regular, currency) })}</div>
                          </td>
                          <td className="number">
                            <TextInput
                              size="sm"
                              w={130}
                              ml="auto"
                              inputMode="decimal"
                              aria-label={t('offers.price-of', { name: line.article.name })}
                              value={line.price}
                              error={wrongWith(line)}
                              onChange={(event) => {
                                const price = event.currentTarget.value
                                setLines((before) => before.map((each) => (each.article.id === line.article.id ? { ...each, price } : each)))
                              }}
                            />
                          </td>
                          <td className="drop">
                            <ActionIcon
                              variant="subtle"
                              color="gray"
                              size="lg"
                              aria-label={t('document.drop-one', { name: line.article.name })}
                              onClick={() => setLines((before) => before.filter((each) => each.article.id !== line.article.id))}
                            >
                              <Icon name="cross" size={18} />
                            </ActionIcon>
                          </td>
                        </tr>
                      )
                    })}
                  </tbody>
                </table>
              </Paper>
            )}
            <Paper>
              <Stack gap="sm">
                <Group gap="md" align="flex-start" grow preventGrowOverflow={false}>
                  <TextInput
                    type="datetime-local"
                    label={t('offers.from')}
                    description={t('offers.from-why')}
                    value={from}
                    onChange={(event) => setFrom(event.currentTarget.value)}
                  />
                  <TextInput
                    type="datetime-local"
                    label={t('offers.to')}
                    description={t('offers.to-why')}
                    value={to}
                    error={ends ? t('offers.to-wrong') : null}
                    onChange={(event) => setTo(event.currentTarget.value)}
                  />
                </Group>
                {(locations.data?.length ?? 0) > 1 && (
                  <NativeSelect label={t('offers.where')} value={place} onChange={(event) => setPlace(event.currentTarget.value)}>
                    <option value="">{t('offers.everywhere')}</option>
                    {(locations.data ?? []).map((each) => (
                      <option key={each.id} value={each.id}>
                        {each.name}
                      </option>
                    ))}
                  </NativeSelect>
                )}
                <TextInput
                  label={t('offers.campaign')}
                  description={t('offers.campaign-why')}
                  value={campaign}
                  maxLength={100}
                  onChange={(event) => setCampaign(event.currentTarget.value)}
                />
              </Stack>
            </Paper>
            {make.error && <Failure error={make.error} />}
            <Group justify="flex-end">
              <Button type="submit" size="lg" disabled={!right} loading={make.isPending}>
                {t('offers.make', { count: lines.length })}
              </Button>
            </Group>
          </Stack>
        </form>
      </Stack>
    </div>
  )
}
