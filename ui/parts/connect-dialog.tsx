/** "Koppla till artikel": choose an article, be told what happens to the stock, then do it; or make the article that is missing. */
import { Button, Group, Modal, Stack, Text, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Answer, api } from '../api.ts'
import { data } from '../data.ts'
import { change, pieces } from '../format.ts'
import type { ArticleRow, Order, OrderLine } from '../queries.ts'
import { FindArticle } from './find-article.tsx'
import { Failure, Loading } from './states.tsx'
import { useFocusBack } from './use-focus-back.ts'

interface Props {
  order: Order
  line: OrderLine
  onClose: () => void
}

export function ConnectDialog(props: Props) {
  const { t } = useTranslation()
  useFocusBack()
  return (
    <Modal opened onClose={props.onClose} title={t('connect.title')} closeButtonProps={{ 'aria-label': t('common.close') }} centered size="lg">
      <Choose {...props} />
    </Modal>
  )
}

function Choose({ order, line, onClose }: Props) {
  const { t } = useTranslation()
  const field = useRef<HTMLInputElement>(null)
  const [article, setArticle] = useState<ArticleRow | null>(null)
  const number = line.articleNumber ?? ''
  const make = useMutation({
    mutationFn: () => api('articles.make', { body: { number, name: line.title } }),
    onSuccess: () => {
      onClose()
      void data.invalidateQueries()
    },
  })
  if (article) return <Confirm order={order} line={line} article={article} onClose={onClose} back={() => setArticle(null)} />
  return (
    <Stack gap="md">
      <FindArticle label={t('connect.which', { title: line.title })} onFound={(found) => setArticle(found.article)} field={field} single />
      {number !== '' && (
        <div className="under">
          <Title order={3}>{t('connect.new')}</Title>
          <Text c="dimmed" size="sm" mt={4} mb="sm">
            {t('connect.new-text', { number })}
          </Text>
          <Button variant="default" onClick={() => make.mutate()} loading={make.isPending}>
            {t('connect.make', { number })}
          </Button>
          {make.error && <Failure error={make.error} />}
        </div>
      )}
    </Stack>
  )
}

function Confirm({ order, line, article, onClose, back }: Props & { article: ArticleRow; back: () => void }) {
  const { t } = useTranslation()
  const ask = { params: { orderId: order.id }, body: { lineRef: line.lineRef, articleId: article.id } }
  const preview = useQuery({
    queryKey: ['connect', order.id, line.lineRef, article.id],
    queryFn: () => api('orders.connect', { ...ask, body: { ...ask.body, preview: true } }),
    staleTime: 0,
  })
  const connect = useMutation({
    mutationFn: () => api('orders.connect', ask),
    onSuccess: (done) => {
      notifications.show({ message: t('connect.done', { count: done.orders }), closeButtonProps: { 'aria-label': t('common.close') } })
      onClose()
      void data.invalidateQueries()
    },
  })
  return (
    <Stack gap="md">
      <div>
        <Text size="sm" c="dimmed">
          {t('connect.chosen')}
        </Text>
        <span className="strong">{article.name}</span> <span className="mono quiet">{article.number}</span>
      </div>
      <Text size="sm">{line.articleNumber ? t('connect.number', { number: line.articleNumber }) : t('connect.this-line')}</Text>
      {preview.isPending ? <Loading rows={2} /> : preview.error ? <Failure error={preview.error} /> : <WhatHappens said={preview.data} />}
      {connect.error && <Failure error={connect.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={back}>
          {t('connect.other')}
        </Button>
        <Button onClick={() => connect.mutate()} loading={connect.isPending} disabled={preview.data === undefined} data-autofocus>
          {t('connect.do')}
        </Button>
      </Group>
    </Stack>
  )
}

function WhatHappens({ said }: { said: Answer<'orders.connect'> }) {
  const { t } = useTranslation()
  return (
    <div className="answer" role="status">
      <Title order={3} size="h4">
        {t('connect.what')}
      </Title>
      <ul className="facts">
        <li>{t('connect.orders', { count: said.orders })}</li>
        {said.changes.length === 0 && <li>{t('connect.no-change')}</li>}
        {said.changes.flatMap(({ locationId, locationName: store, onHand, reserved, available }) => [
          ...(onHand === 0 ? [] : [<li key={`${locationId} on hand`}>{t('connect.on-hand', { store, change: change(onHand) })}</li>]),
          ...(reserved === 0 ? [] : [<li key={`${locationId} reserved`}>{t('connect.reserved', { store, change: change(reserved) })}</li>]),
          <li key={`${locationId} after`}>{available === null ? t('connect.unknown', { store }) : t('connect.available', { store, shown: pieces(available) })}</li>,
        ])}
      </ul>
    </div>
  )
}
