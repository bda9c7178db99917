/** What stands in the way of a webshop's webhooks: another integration on the same key, or events the webshop hasn't. */
import { Alert, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Connection } from '../queries.ts'
import { Icon } from './icons.tsx'

export type Topic = NonNullable<Connection['subscribed']>['topics'][number]
/** It tells us: made, mended, or found as it should be. */
export const isStanding = (topic: Topic): boolean => topic.state === 'standing' || topic.state === 'created' || topic.state === 'repaired'

/** A person makes them in the webshop's admin: nobody can say how many stand. */
export const areByHand = (topics: readonly Topic[]): boolean => topics.length > 0 && topics.every((topic) => topic.state === 'by-hand')

export function HookTrouble({ connection }: { connection: Connection }) {
  const { t } = useTranslation()
  const topics = connection.subscribed?.topics ?? []
  const foreign = topics.filter((topic) => topic.state === 'foreign')
  const notOffered = topics.filter((topic) => topic.state === 'not-offered')
  const byHand = areByHand(topics)
  const address = foreign.find((topic) => topic.said !== null)?.said ?? null
  return (
    <>
      {foreign.length > 0 && (
        <Alert color="orange" variant="light" icon={<Icon name="alert" />} title={t('hook-topics.foreign-title')} role="alert">
          <Text>{t('hook-topics.foreign')}</Text>
          {address !== null && (
            <Text size="sm" mt="xs">
              {t('hook-topics.foreign-address')} <code className="letters">{address}</code>
            </Text>
          )}
        </Alert>
      )}
      {byHand && <Text size="sm">{t('hook-topics.by-hand')}</Text>}
      {notOffered.length > 0 && (
        <Text size="sm">
          {t('hook-topics.not-offered')} {t('hook-topics.not-offered-instead', { seconds: Math.round(connection.pollEveryMs / 1000) })}{' '}
          <code className="letters">{notOffered.map((topic) => topic.topic).join(', ')}</code>
        </Text>
      )}
    </>
  )
}
