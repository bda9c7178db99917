/** The particulars of one article: number, name, price, barcodes. */
import { ActionIcon, Button, Group, Paper, Stack, Switch, Text, TextInput, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Answer, api, type Body } from '../api.ts'
import { data } from '../data.ts'
import { minorFrom } from '../format.ts'
import type { Article, Location } from '../queries.ts'
import { useCompany } from '../session.ts'
import { ArticlePrices } from './article-prices.tsx'
import { Icon } from './icons.tsx'
import { NUMBER_FIELD } from './shop-finds.tsx'
import { Failure } from './states.tsx'

const typed = (minor: number | null) => (minor === null ? '' : (minor / 100).toFixed(2).replace('.', ','))

function keep(article: Answer<'articles.show'>): void {
  data.setQueryData(['article', article.id], article)
  void data.invalidateQueries({ queryKey: ['articles'] })
}

export function ArticleDetails({ article, locations }: { article: Article; locations: Location[] }) {
  const { t } = useTranslation()
  const { currency } = useCompany()
  const [name, setName] = useState(article.name)
  const [number, setNumber] = useState(article.number)
  const [price, setPrice] = useState(typed(article.priceMinor))
  const priceMinor = price.trim() === '' ? null : minorFrom(price)
  const priceWrong = price.trim() !== '' && priceMinor === null
  const save = useMutation({
    mutationFn: (body: Body<'articles.change'>) => api('articles.change', { params: { articleId: article.id }, body }),
    onSuccess: (changed) => {
      keep(changed)
      notifications.show({ message: t('common.saved'), closeButtonProps: { 'aria-label': t('common.close') } })
    },
  })
  const changes = { ...(name === article.name ? {} : { name }), ...(number === article.number ? {} : { number }), ...(priceMinor === article.priceMinor ? {} : { priceMinor }) }
  const changed = Object.keys(changes).length > 0 && !priceWrong
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (changed) save.mutate(changes)
  }
  return (
    <Paper component="section" aria-labelledby="details">
      <Title order={2} id="details" mb="sm">
        {t('details.title')}
      </Title>
      <form onSubmit={send}>
        <Stack gap="sm">
          <TextInput label={t('new-article.name')} value={name} onChange={(event) => setName(event.currentTarget.value)} required maxLength={300} />
          <TextInput
            id={NUMBER_FIELD}
            label={t('new-article.number')}
            {...(number === article.number ? {} : { description: t('details.number-why') })}
            value={number}
            onChange={(event) => setNumber(event.currentTarget.value)}
            required
            maxLength={100}
          />
          {article.formerNumbers.length > 0 && (
            <Text size="sm" c="dimmed">
              {t('details.former')} <span className="mono">{article.formerNumbers.map((each) => each.number).join(', ')}</span>
            </Text>
          )}
          <TextInput
            label={t('new-article.price', { currency })}
            value={price}
            onChange={(event) => setPrice(event.currentTarget.value)}
            inputMode="decimal"
            {...(priceWrong ? { error: t('new-article.price-wrong') } : {})}
          />
          <Switch
            label={t('new-article.tracked')}
            checked={article.stockTracked}
            disabled={save.isPending}
            onChange={(event) => save.mutate({ stockTracked: event.currentTarget.checked })}
          />
          {save.error && <Failure error={save.error} />}
          <Group>
            <Button type="submit" size="sm" disabled={!changed} loading={save.isPending}>
              {t('common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
      {locations.length > 1 && <ArticlePrices article={article} locations={locations} onChanged={keep} />}
      <Barcodes article={article} />
    </Paper>
  )
}

function Barcodes({ article }: { article: Article }) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const add = useMutation({
    mutationFn: () => api('articles.add-barcode', { params: { articleId: article.id }, body: { code: code.trim() } }),
    onSuccess: (changed) => {
      keep(changed)
      setCode('')
    },
  })
  const drop = useMutation({ mutationFn: (which: string) => api('articles.drop-barcode', { params: { articleId: article.id, code: which } }), onSuccess: keep })
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (code.trim() !== '') add.mutate()
  }
  return (
    <div className="under">
      <Title order={3} mb="xs">
        {t('details.barcodes')}
      </Title>
      {article.barcodes.length > 0 && (
        <ul className="codes">
          {article.barcodes.map((barcode) => (
            <li key={barcode.code}>
              <span className="mono">{barcode.code}</span>
              {barcode.pack > 1 && <span className="quiet"> {t('details.pack', { count: barcode.pack })}</span>}
              <ActionIcon variant="subtle" color="gray" aria-label={t('details.drop-barcode', { code: barcode.code })} onClick={() => drop.mutate(barcode.code)}>
                <Icon name="cross" size={16} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      <form onSubmit={send}>
        <Group gap="xs" align="flex-end">
          <TextInput size="sm" label={t('details.new-barcode')} value={code} onChange={(event) => setCode(event.currentTarget.value)} inputMode="numeric" maxLength={20} />
          <Button type="submit" size="sm" variant="default" loading={add.isPending} disabled={code.trim() === ''}>
            {t('details.add')}
          </Button>
        </Group>
      </form>
      {add.error && <Failure error={add.error} />}
      {drop.error && <Failure error={drop.error} />}
    </div>
  )
}
