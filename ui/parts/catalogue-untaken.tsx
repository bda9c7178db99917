/** What isn't sent to a webshop, by reason, each with its words and the one thing to do about it. */
import { Button, Group, Paper, Text, Title } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Answer, api } from '../api.ts'
import { data } from '../data.ts'
import { moment, pieces } from '../format.ts'
import { type Connection, catalogueQuery, untakenQuery } from '../queries.ts'
import { useCompany } from '../session.ts'
import { untakenWords } from './catalogue-why.ts'
import { Failure, Loading } from './states.tsx'

type Item = Answer<'catalogues.rejected'>['items'][number]
interface Cause {
  code: string
  /** One for each product, however much of it is meant. */
  products: Item[]
}
/** Shown until more is asked for. */
const FIRST = 5

export function CatalogueUntaken({ connection, count }: { connection: Connection; count: number }) {
  const { t } = useTranslation()
  const list = useQuery({ ...untakenQuery(connection.id), queryKey: [...untakenQuery(connection.id).queryKey, count] })
  const retry = useMutation({
    mutationFn: () => api('catalogues.retry', { params: { connectionId: connection.id }, body: {} }),
    onSuccess: () => void data.invalidateQueries({ queryKey: catalogueQuery(connection.id).queryKey }),
  })
  return (
    <Paper component="section" aria-labelledby="untaken">
      <Group justify="space-between" mb="xs">
        <Title order={2} id="untaken" size="h3">
          {t('catalogue.untaken')}
        </Title>
        <Button size="xs" variant="default" onClick={() => retry.mutate()} loading={retry.isPending} disabled={connection.state !== 'active'}>
          {t('catalogue.retry')}
        </Button>
      </Group>
      {retry.error && <Failure error={retry.error} />}
      {list.isPending ? (
        <Loading rows={2} />
      ) : list.error ? (
        <Failure error={list.error} retry={() => void list.refetch()} />
      ) : (
        <ul className="plain-rows">
          {causesOf(list.data).map((cause) => (
            <Why key={cause.code} cause={cause} />
          ))}
        </ul>
      )}
    </Paper>
  )
}

function Why({ cause: { code, products } }: { cause: Cause }) {
  const { t, i18n } = useTranslation()
  const { timeZone } = useCompany()
  const [all, setAll] = useState(false)
  const { name, words } = untakenWords(i18n, code)
  return (
    <li className="untaken">
      <div>
        <span className="strong">
          {name} <span className="number quiet">{pieces(products.length)}</span>
        </span>
        <Text size="sm" c="dimmed">
          {words}
        </Text>
      </div>
      <ul className="untaken-products">
        {products.slice(0, all ? products.length : FIRST).map((item) => (
          <li key={`${item.entity} ${item.id}`}>
            {item.product?.articleId ? (
              <Link to="/articles/$id" params={{ id: String(item.product.articleId) }} className="link">
                {item.product.name}
              </Link>
            ) : (
              (item.product?.name ?? item.title)
            )}
            {item.entity !== 'product' && item.title !== item.product?.name && <span className="mono quiet"> {item.title}</span>}
            {item.retryAt !== null && <span className="row-sub block">{t('why.retries', { when: moment(item.retryAt, timeZone) })}</span>}
          </li>
        ))}
      </ul>
      {products.length > FIRST && (
        <Button size="xs" variant="subtle" onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? t('rejected.hide') : t('catalogue.show-all', { shown: pieces(products.length) })}
        </Button>
      )}
    </li>
  )
}

/** By reason, and of each product one line: the product itself where it is meant, else its articles one by one. */
function causesOf(items: Item[]): Cause[] {
  const codes = [...new Set(items.map((item) => item.code))]
  return codes.map((code) => {
    const these = items.filter((item) => item.code === code)
    const whole = new Set(these.flatMap((item) => (item.entity === 'product' ? [item.id] : [])))
    const seen = new Set<string>()
    const products = these.filter((item) => {
      const key = item.entity === 'product' || !whole.has(item.product?.id ?? 0) ? `${item.entity === 'product' ? 'p' : 'a'} ${item.title}` : null
      if (key === null || seen.has(key)) return false
      seen.add(key)
      return true
    })
    return { code, products }
  })
}
