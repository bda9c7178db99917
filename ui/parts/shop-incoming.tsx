/** What the webshop tells us by itself: which webhooks stand, whether they can reach us, and messages that need somebody. */
import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { ago, pieces } from '../format.ts'
import { useNow } from '../live.ts'
import type { Connection } from '../queries.ts'
import { areByHand, HookTrouble, isStanding, type Topic } from './hook-topics.tsx'
import { Icon } from './icons.tsx'
import { Messages } from './messages.tsx'
import { Failure } from './states.tsx'

export function ShopIncoming({ connection }: { connection: Connection }) {
  return (
    <Stack gap="lg">
      <Messages connection={connection} />
      <Subscriptions connection={connection} />
    </Stack>
  )
}

function Subscriptions({ connection }: { connection: Connection }) {
  const { t } = useTranslation()
  const now = useNow()
  const { subscribed, subscribedAt, hookUrl } = connection
  const repair = useMutation({
    mutationFn: () => api('connections.subscribe', { params: { connectionId: connection.id }, body: {} }),
    onSuccess: (latest) => data.setQueryData(['connection', connection.id], latest),
  })
  const standing = subscribed?.topics.filter(isStanding) ?? []
  // Some topics need a right that the guide doesn't ask for: they tell nothing the others don't.
  const extras = connection.health?.rights.filter((right) => !right.needed).map((right) => right.scope) ?? []
  const isExtra = (topic: Topic) => topic.said !== null && extras.includes(topic.said)
  const missing = subscribed?.topics.filter((topic) => topic.state === 'foreign' || (topic.state === 'not-granted' && !isExtra(topic))) ?? []
  return (
    <Paper component="section" aria-labelledby="subscriptions">
      <Title order={2} id="subscriptions">
        {t('subscriptions.title')}
      </Title>
      {hookUrl === null ? (
        <Text mt="xs">{t('subscriptions.polling-only', { seconds: Math.round(connection.pollEveryMs / 1000) })}</Text>
      ) : (
        <>
          <Text mt="xs">{t('subscriptions.text')}</Text>
          {!areByHand(subscribed?.topics ?? []) && (
            <Fact good={subscribedAt !== null && missing.length === 0}>
              {subscribedAt === null
                ? t('subscriptions.never')
                : `${t('subscriptions.standing', { shown: pieces(standing.length), all: pieces(standing.length + missing.length) })} ${t('subscriptions.audited', { ago: ago(subscribedAt, now) })}`}
            </Fact>
          )}
          {subscribedAt !== null && subscribed?.reachable === false && <Fact good={false}>{t('subscriptions.unreachable', { address: new URL(hookUrl).origin })}</Fact>}
          {subscribedAt !== null && subscribed?.reachable === true && <Fact good>{t('subscriptions.reachable', { address: new URL(hookUrl).origin })}</Fact>}
          <Stack gap="xs" mt="xs">
            <HookTrouble connection={connection} />
          </Stack>
          {!areByHand(subscribed?.topics ?? []) && (
            <Group mt="md">
              <Button variant="default" onClick={() => repair.mutate()} loading={repair.isPending} disabled={connection.state === 'setup'}>
                {subscribedAt === null ? t('subscriptions.start') : t('subscriptions.repair')}
              </Button>
            </Group>
          )}
          {repair.error && <Failure error={repair.error} />}
          {missing.length > 0 && <Topics topics={missing} />}
          {standing.length > 0 && (
            <details className="fold">
              <summary>{t('subscriptions.all')}</summary>
              <Topics topics={standing} />
            </details>
          )}
        </>
      )}
    </Paper>
  )
}

function Topics({ topics }: { topics: Topic[] }) {
  const { t } = useTranslation()
  return (
    <ul className="topics">
      {topics.map((topic) => (
        <li key={topic.topic}>
          <span className="mono">{topic.topic.toLowerCase()}</span>{' '}
          <span className="row-sub">
            {t(`subscriptions.state.${topic.state}`)}
            {topic.said === null ? '' : ` (${topic.said})`}
          </span>
        </li>
      ))}
    </ul>
  )
}

function Fact({ good, children }: { good: boolean; children: string }) {
  return (
    <p className={`fact ${good ? 'fact-good' : 'fact-bad'}`}>
      <Icon name={good ? 'check' : 'alert'} size={18} /> <span>{children}</span>
    </p>
  )
}
