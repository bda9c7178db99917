/** What shops show of the article's product: what it is called, who makes it, its description, and whether it is sold. Shared by its variants. */
import { Button, Group, Paper, Stack, Switch, Text, Textarea, TextInput, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Answer, api, type Body } from '../api.ts'
import { data } from '../data.ts'
import { productQuery } from '../queries.ts'
import { Failure, Loading } from './states.tsx'

type Product = Answer<'products.show'>

export function ProductFace({ productId }: { productId: number }) {
  const { t } = useTranslation()
  const product = useQuery(productQuery(productId))
  return (
    <Paper component="section" aria-labelledby="face">
      <Title order={2} id="face" mb="sm">
        {t('face.title')}
      </Title>
      {product.data ? (
        <Form key={JSON.stringify(product.data)} product={product.data} />
      ) : product.error ? (
        <Failure error={product.error} retry={() => void product.refetch()} />
      ) : (
        <Loading rows={3} />
      )}
    </Paper>
  )
}

function Form({ product }: { product: Product }) {
  const { t } = useTranslation()
  const [name, setName] = useState(product.name)
  const [vendor, setVendor] = useState(product.vendor ?? '')
  const [description, setDescription] = useState(product.description ?? '')
  const save = useMutation({
    mutationFn: (body: Body<'products.change'>) => api('products.change', { params: { productId: product.id }, body }),
    onSuccess: (changed) => {
      data.setQueryData(['product', product.id], changed)
      notifications.show({ message: t('common.saved'), closeButtonProps: { 'aria-label': t('common.close') } })
    },
  })
  const said = { name: name.trim(), vendor: vendor.trim() === '' ? null : vendor.trim(), description: description.trim() === '' ? null : description.trim() }
  const changed = said.name !== '' && (said.name !== product.name || said.vendor !== product.vendor || said.description !== product.description)
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (changed) save.mutate(said)
  }
  const others = product.articles.length - 1
  return (
    <form onSubmit={send}>
      <Stack gap="sm">
        {others > 0 && (
          <Text size="sm" c="dimmed">
            {t('face.shared', { count: product.articles.length })}
          </Text>
        )}
        <TextInput label={t('face.name')} value={name} onChange={(event) => setName(event.currentTarget.value)} required maxLength={300} />
        <TextInput label={t('face.vendor')} value={vendor} onChange={(event) => setVendor(event.currentTarget.value)} maxLength={100} />
        <Textarea
          label={t('face.description')}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
          autosize
          minRows={3}
          maxRows={12}
          maxLength={20_000}
        />
        <Switch
          label={t('face.active')}
          description={t('face.active-text')}
          checked={product.active}
          disabled={save.isPending}
          onChange={(event) => save.mutate({ active: event.currentTarget.checked })}
        />
        {save.error && <Failure error={save.error} />}
        <Group>
          <Button type="submit" size="sm" disabled={!changed} loading={save.isPending}>
            {t('common.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
