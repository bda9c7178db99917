/** The Webshop box on many articles: first says how many it changes, then does it. */
import { Alert, Button, Group, Modal, Radio, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type Body } from '../api.ts'
import { data } from '../data.ts'
import { pieces } from '../format.ts'
import { type ConnectionHead, runQuery } from '../queries.ts'
import { Failure } from './states.tsx'

type Which = 'chosen' | 'filter' | 'found' | 'off'
interface Props {
  opened: boolean
  onClose: () => void
  shop: ConnectionHead
  chosen: number[]
  q: string
  onDone: () => void
}

export function BoxDialog({ opened, onClose, shop, chosen, q, onDone }: Props) {
  const { t } = useTranslation()
  return (
    <Modal opened={opened} onClose={onClose} title={t('box.title', { shop: shop.name })} closeButtonProps={{ 'aria-label': t('common.close') }} centered>
      {opened && <BoxForm onClose={onClose} shop={shop} chosen={chosen} q={q} onDone={onDone} />}
    </Modal>
  )
}

function BoxForm({ onClose, shop, chosen, q, onDone }: Omit<Props, 'opened'>) {
  const { t } = useTranslation()
  const [which, setWhich] = useState<Which>(chosen.length > 0 ? 'chosen' : q ? 'filter' : 'found')
  const form: Body<'connections.box'> = {
    boxed: which !== 'off',
    ...(which === 'chosen' || which === 'off' ? { articleIds: chosen } : which === 'filter' ? { filter: { q } } : { foundInShop: true }),
  }
  // What the shop has must be read before it can be said which of ours are there; a run that is on its way already is the same one.
  const reading = useQuery({
    queryKey: ['match', shop.id],
    queryFn: () => api('connections.match', { params: { connectionId: shop.id }, body: {} }),
    enabled: which === 'found',
    staleTime: 30_000,
  })
  const run = useQuery({ ...runQuery(shop.id, reading.data?.id ?? 0), enabled: reading.data !== undefined })
  const read = run.data !== undefined && run.data.state !== 'looking' && run.data.state !== 'sending'
  const trouble = which === 'found' ? (reading.error ?? run.error) : null
  const preview = useQuery({
    queryKey: ['box', shop.id, form],
    queryFn: () => api('connections.box', { params: { connectionId: shop.id }, body: { ...form, preview: true } }),
    staleTime: 0,
    enabled: which !== 'found' || read,
  })
  const tick = useMutation({
    mutationFn: () => api('connections.box', { params: { connectionId: shop.id }, body: form }),
    onSuccess: (made) => {
      notifications.show({ message: t('box.done', { count: made.changed, shown: pieces(made.changed) }), closeButtonProps: { 'aria-label': t('common.close') } })
      for (const key of ['articles', 'article', 'connections', 'connection']) void data.invalidateQueries({ queryKey: [key] })
      onDone()
      onClose()
    },
  })
  return (
    <Stack gap="md">
      <Text c="dimmed">{t('box.text')}</Text>
      <Radio.Group label={t('box.which')} value={which} onChange={(value) => setWhich(value as Which)}>
        <Stack gap="xs" mt="xs">
          {chosen.length > 0 && <Radio value="chosen" label={t('box.chosen', { count: chosen.length, shown: pieces(chosen.length) })} />}
          {q && <Radio value="filter" label={t('box.filter', { q })} />}
          <Radio value="found" label={t('box.found')} />
          {chosen.length > 0 && <Radio value="off" label={t('box.off', { count: chosen.length, shown: pieces(chosen.length) })} />}
        </Stack>
      </Radio.Group>
      {trouble ? (
        <Failure error={trouble} retry={() => void (reading.error ? reading : run).refetch()} />
      ) : preview.error ? (
        <Failure error={preview.error} retry={() => void preview.refetch()} />
      ) : (
        <Alert variant="light" color={which === 'off' ? 'gray' : 'pine'} role="status">
          {preview.data
            ? t('box.preview', { count: preview.data.changed, shown: pieces(preview.data.changed), same: pieces(preview.data.same) })
            : which === 'found' && !read
              ? t('box.reading')
              : t('common.counting')}
          {preview.data && preview.data.sample.length > 0 && (
            <Text size="sm" mt={4}>
              {preview.data.sample
                .slice(0, 5)
                .map((article) => article.number)
                .join(', ')}
              {preview.data.changed > 5 ? ' …' : ''}
            </Text>
          )}
          {which === 'off' && (
            <Text size="sm" mt={4}>
              {t('box.off-why')}
            </Text>
          )}
        </Alert>
      )}
      {tick.error && <Failure error={tick.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button onClick={() => tick.mutate()} loading={tick.isPending} disabled={!preview.data || preview.data.changed === 0}>
          {which === 'off' ? t('box.untick') : t('box.tick')}
        </Button>
      </Group>
    </Stack>
  )
}
