/** A new article, alone or with variants: two fields are enough. */
import { ActionIcon, Alert, Button, Checkbox, Group, Paper, Stack, Switch, Text, TextInput, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { minorFrom } from '../format.ts'
import { Icon } from '../parts/icons.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Failure } from '../parts/states.tsx'
import { problemOf } from '../problem.ts'
import { useCompany } from '../session.ts'

interface Variant {
  key: number
  value: string
  number: string
  barcode: string
}

export function NewArticle() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { currency } = useCompany()
  const [name, setName] = useState('')
  const [number, setNumber] = useState('')
  const [price, setPrice] = useState('')
  const [barcode, setBarcode] = useState('')
  const [tracked, setTracked] = useState(true)
  const [many, setMany] = useState(false)
  const [option, setOption] = useState('')
  const [variants, setVariants] = useState<Variant[]>([{ key: 0, value: '', number: '', barcode: '' }])
  const priceMinor = price.trim() === '' ? null : minorFrom(price)
  const priceWrong = price.trim() !== '' && priceMinor === null
  const common = { priceMinor, stockTracked: tracked }
  const codes = (code: string) => (code.trim() === '' ? {} : { barcodes: [{ code: code.trim() }] })

  const make = useMutation({
    mutationFn: async () => {
      if (!many) return (await api('articles.make', { body: { number, name, ...common, ...codes(barcode) } })).id
      const product = await api('products.make', {
        body: {
          name,
          options: [{ name: option, values: [...new Set(variants.map((each) => each.value))] }],
          variants: variants.map((each) => ({ number: each.number, name: `${name} ${each.value}`, optionValues: { [option]: each.value }, ...common, ...codes(each.barcode) })),
        },
      })
      return product.articles[0]?.id ?? null
    },
    onSuccess: (id) => {
      void data.invalidateQueries({ queryKey: ['articles'] })
      void (id === null ? navigate({ to: '/articles' }) : navigate({ to: '/articles/$id', params: { id: String(id) } }))
    },
  })
  const wrong = make.error ? problemOf(make.error) : null
  const numberWrong = wrong?.field === 'number' && !many ? { error: wrong.words } : {}
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (!priceWrong) make.mutate()
  }
  const change = (key: number, part: Partial<Variant>) => setVariants((before) => before.map((each) => (each.key === key ? { ...each, ...part } : each)))

  return (
    <div className="narrow">
      <PageHead title={t('new-article.title')} text={t('new-article.text')} back={{ words: t('shell.articles'), link: { to: '/articles' } }} />
      <form onSubmit={send}>
        <Paper>
          <Stack gap="md">
            <TextInput label={t('new-article.name')} value={name} onChange={(event) => setName(event.currentTarget.value)} required maxLength={300} autoFocus />
            <Switch label={t('new-article.variants')} description={t('new-article.variants-why')} checked={many} onChange={(event) => setMany(event.currentTarget.checked)} />
            {many ? (
              <Stack gap="sm">
                <TextInput
                  label={t('new-article.option')}
                  description={t('new-article.option-why')}
                  value={option}
                  onChange={(event) => setOption(event.currentTarget.value)}
                  required
                  maxLength={50}
                />
                <Title order={2} size="h3">
                  {t('new-article.each')}
                </Title>
                {variants.map((each, at) => (
                  <div key={each.key} className="variant">
                    <TextInput
                      label={option || t('new-article.value')}
                      value={each.value}
                      onChange={(event) => change(each.key, { value: event.currentTarget.value })}
                      required
                      maxLength={100}
                    />
                    <TextInput
                      label={t('new-article.number')}
                      value={each.number}
                      onChange={(event) => change(each.key, { number: event.currentTarget.value })}
                      required
                      maxLength={100}
                    />
                    <TextInput
                      label={t('new-article.barcode')}
                      value={each.barcode}
                      onChange={(event) => change(each.key, { barcode: event.currentTarget.value })}
                      inputMode="numeric"
                      maxLength={20}
                    />
                    <ActionIcon
                      variant="subtle"
                      size="lg"
                      aria-label={t('new-article.drop', { at: at + 1 })}
                      disabled={variants.length === 1}
                      onClick={() => setVariants((before) => before.filter((other) => other.key !== each.key))}
                    >
                      <Icon name="cross" size={18} />
                    </ActionIcon>
                  </div>
                ))}
                <Group>
                  <Button
                    variant="default"
                    size="sm"
                    leftSection={<Icon name="plus" size={16} />}
                    onClick={() => setVariants((before) => [...before, { key: Math.max(...before.map((each) => each.key)) + 1, value: '', number: '', barcode: '' }])}
                  >
                    {t('new-article.more')}
                  </Button>
                </Group>
              </Stack>
            ) : (
              <>
                <TextInput
                  label={t('new-article.number')}
                  description={t('new-article.number-why')}
                  value={number}
                  onChange={(event) => setNumber(event.currentTarget.value)}
                  required
                  maxLength={100}
                  {...numberWrong}
                />
                <TextInput
                  label={t('new-article.barcode')}
                  value={barcode}
                  onChange={(event) => setBarcode(event.currentTarget.value)}
                  inputMode="numeric"
                  maxLength={20}
                  {...(wrong?.code === 'barcode-invalid' || wrong?.code === 'barcode-taken' ? { error: wrong.words } : {})}
                />
              </>
            )}
            <TextInput
              label={t('new-article.price', { currency })}
              value={price}
              onChange={(event) => setPrice(event.currentTarget.value)}
              inputMode="decimal"
              maw={220}
              {...(priceWrong ? { error: t('new-article.price-wrong') } : {})}
            />
            <Checkbox label={t('new-article.tracked')} checked={tracked} onChange={(event) => setTracked(event.currentTarget.checked)} />
            {make.error && !('error' in numberWrong) && <Failure error={make.error} />}
            <Alert variant="light" color="gray">
              <Text size="sm">{t('new-article.no-stock-yet')}</Text>
            </Alert>
            <Group>
              <Button type="submit" loading={make.isPending}>
                {t('new-article.make')}
              </Button>
            </Group>
          </Stack>
        </Paper>
      </form>
    </div>
  )
}
