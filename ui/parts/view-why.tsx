/** Varför finns inte artikeln där? One number, one answer, at most one thing to press. */
import { Button, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { moment, pieces } from '../format.ts'
import { type View, type Why, whyQuery } from '../queries.ts'
import { useCompany } from '../session.ts'
import { Icon, type IconName } from './icons.tsx'
import { LinkButton } from './link-button.tsx'
import { Failure, Loading } from './states.tsx'

export function ViewWhy({ view, asked }: { view: View; asked: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [number, setNumber] = useState(asked)
  const send = (event: FormEvent) => {
    event.preventDefault()
    const why = number.trim()
    void navigate({ to: '/views/$id', params: { id: String(view.id) }, search: why === '' ? {} : { why }, replace: true, resetScroll: false })
  }
  return (
    <Paper component="section" aria-labelledby="why">
      <Title order={2} id="why" mb="sm">
        {t('why.title')}
      </Title>
      <form onSubmit={send}>
        <Group align="flex-end" gap="sm">
          <TextInput label={t('why.number')} value={number} onChange={(event) => setNumber(event.currentTarget.value)} autoComplete="off" maxLength={100} className="grow" />
          <Button type="submit" variant="default" leftSection={<Icon name="search" size={18} />}>
            {t('why.ask')}
          </Button>
        </Group>
      </form>
      {asked !== '' && <WhyNot view={view} number={asked} />}
    </Paper>
  )
}

/** The answer for one number. */
function WhyNot({ view, number }: { view: View; number: string }) {
  const why = useQuery(whyQuery(view.id, number))
  if (why.isPending) return <Loading rows={1} />
  if (why.error) return <Failure error={why.error} retry={() => void why.refetch()} />
  return <Answered view={view} number={number} why={why.data} />
}

const LOOKS: Record<Why['kind'], readonly [tone: 'good' | 'act' | 'wait' | 'quiet', icon: IconName]> = {
  'unknown-number': ['act', 'alert'],
  'not-heard': ['act', 'alert'],
  archived: ['quiet', 'cross'],
  coming: ['wait', 'wait'],
  'not-linked': ['act', 'alert'],
  rejected: ['act', 'alert'],
  waits: ['wait', 'wait'],
  queued: ['wait', 'wait'],
  sent: ['wait', 'wait'],
  acknowledged: ['good', 'check'],
}

function Answered({ view, number, why }: { view: View; number: string; why: Why }) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const [tone, icon] = LOOKS[why.kind]
  const what = why.entity === null ? '' : t(`why.what.${why.entity}`)
  const when = why.since === null ? '' : moment(why.since, timeZone)
  const place = why.place === null ? '' : pieces(why.place)
  return (
    <Stack gap={6} mt="md" align="flex-start" role="status">
      <span className={`tag tag-${tone}`}>
        <Icon name={icon} size={14} />
        {t(`why.kind.${why.kind}`)}
      </span>
      {why.article && (
        <Text size="sm" c="dimmed">
          {why.article.name} <span className="mono">{why.article.number}</span>
        </Text>
      )}
      <Text>{words()}</Text>
      {why.kind === 'rejected' && <Text className="strong">”{why.error}”</Text>}
      {why.kind === 'rejected' && why.retryAt !== null && <Text size="sm">{t('why.retries', { when: moment(why.retryAt, timeZone) })}</Text>}
      {view.polledAt === null && why.kind !== 'unknown-number' && why.kind !== 'not-linked' && <Text size="sm">{t('views.never-polled')}</Text>}
      <Next view={view} why={why} />
    </Stack>
  )

  function words(): string {
    switch (why.kind) {
      case 'unknown-number':
        return t('why.words.unknown-number', { number })
      case 'not-heard':
        return t('why.words.not-heard')
      case 'archived':
        return t('why.words.archived', { when })
      case 'coming':
        return view.run?.state === 'paused' ? t('why.words.coming-paused') : t('why.words.coming')
      case 'not-linked':
        return t('why.words.not-linked')
      case 'rejected':
        return t('why.words.rejected', { what, when })
      case 'waits': {
        const parent = t(why.entity === 'article' ? 'why.what.product' : 'why.what.article').toLowerCase()
        return place === '' ? t('why.words.waits', { what, parent }) : t('why.words.waits-at', { what, parent, place })
      }
      case 'queued':
        return t('why.words.queued', { what, when, place })
      case 'sent':
        return t('why.words.sent', { what, when })
      case 'acknowledged':
        return why.since === null ? t('why.words.counted') : t('why.words.acknowledged', { when })
    }
  }
}

function Next({ view, why }: { view: View; why: Why }) {
  const { t } = useTranslation()
  const params = { viewId: view.id }
  const onSuccess = () => void data.invalidateQueries({ queryKey: ['view', view.id] })
  const link = useMutation({ mutationFn: (productId: number) => api('views.link', { params, body: { products: [productId] } }), onSuccess })
  const retry = useMutation({
    mutationFn: (item: { entity: NonNullable<Why['entity']>; id: number; locationId: number | null }) => api('views.retry', { params, body: { items: [item] } }),
    onSuccess,
  })
  const { article, entity, locationId } = why
  const error = link.error ?? retry.error
  return (
    <>
      {why.kind === 'not-linked' && article && (
        <Button size="sm" mt={4} onClick={() => link.mutate(article.productId)} loading={link.isPending}>
          {t('why.link')}
        </Button>
      )}
      {why.kind === 'rejected' && article && entity !== null && (
        <Button size="sm" mt={4} onClick={() => retry.mutate({ entity, id: entity === 'product' ? article.productId : article.id, locationId })} loading={retry.isPending}>
          {t('failure.retry')}
        </Button>
      )}
      {why.kind === 'unknown-number' && (
        <LinkButton to="/articles" size="sm" variant="default" mt={4}>
          {t('why.find')}
        </LinkButton>
      )}
      {error && <Failure error={error} />}
    </>
  )
}
