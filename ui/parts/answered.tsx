/** What the shop answered to a step's button: who it is, which rights are there and which are missing, which webhooks stand. */
import { Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ago, pieces } from '../format.ts'
import { useNow } from '../live.ts'
import type { Connection, Connector } from '../queries.ts'
import { boxedOf } from './article-counts.ts'
import { NoValidId, noValidIdOf } from './check-ids.tsx'
import { areByHand, HookTrouble, isStanding } from './hook-topics.tsx'
import { Icon } from './icons.tsx'

interface Props {
  connection: Connection
  button: Connector['guide'][number]['button']
  missing: Connection['guide'][number]['missing']
}

export function Answered({ connection, button, missing }: Props) {
  const { t } = useTranslation()
  const now = useNow()
  const { health, subscribed } = connection
  return (
    <Stack gap="xs">
      {button === 'check' && health && (
        <div className="answer" role="status">
          <Fact good>{t('answered.account', { name: health.account.name, address: health.account.address })}</Fact>
          <Rights connection={connection} />
          {connection.role === 'erp' && health.learned.rackbeat === 'yes' && (
            <Fact good={false} quiet>
              {t('erp.rackbeat')}
            </Fact>
          )}
          {health.version.deprecated !== null && <Fact good={false}>{t('answered.version', { version: health.version.answered ?? health.version.asked })}</Fact>}
        </div>
      )}
      {button === 'activate' && connection.state === 'active' && (
        <div className="answer">
          <Fact good>{t('answered.active')}</Fact>
        </div>
      )}
      {button === 'subscribe' && subscribed && (
        <div className="answer" role="status">
          {!areByHand(subscribed.topics) && (
            <Fact good={subscribed.topics.some(isStanding)} quiet>
              {t('answered.hooks', { count: subscribed.topics.filter(isStanding).length })}
            </Fact>
          )}
          <HookTrouble connection={connection} />
          <details>
            <summary>{t('answered.show-all')}</summary>
            {subscribed.topics.map((topic) => (
              <Fact key={topic.topic} good={isStanding(topic)} quiet={topic.state !== 'foreign'}>
                <code className="letters">{topic.topic}</code> {t(`answered.topic.${topic.state}`)}
              </Fact>
            ))}
          </details>
        </div>
      )}
      {button === 'match' && connection.ids.checkedAt !== null && (
        <div className="answer" role="status">
          <Fact good>
            {t('check-ids.checked', {
              ago: ago(connection.ids.checkedAt, now),
              shown: pieces(boxedOf(connection.counts) - noValidIdOf(connection)),
              all: pieces(boxedOf(connection.counts)),
            })}
          </Fact>
          <NoValidId connection={connection} />
        </div>
      )}
      {missing.length > 0 && (health !== null || button !== 'check') && (
        <Text size="sm" c="dimmed">
          {t('answered.left')} {missing.map((fact) => (fact === 'places' && connection.role === 'erp' ? t('erp.store.missing') : t(`answered.missing.${fact}`))).join(' ')}
        </Text>
      )}
    </Stack>
  )
}

/** Not a right that somebody gives us, but a module that the agreement hasn't got. */
const isModule = (connection: Connection, right: { feature: string; granted: boolean }): boolean => connection.role === 'erp' && right.feature === 'stock' && !right.granted

/** What each right is for; a missing one that isn't needed is said to be so. */
export function Rights({ connection }: { connection: Connection }) {
  const { t } = useTranslation()
  return (connection.health?.rights ?? [])
    .filter((right) => right.granted || right.needed)
    .map((right) => (
      <Fact key={`${right.feature} ${right.scope}`} good={right.granted}>
        {isModule(connection, right) ? (
          t('erp.no-stock-module')
        ) : (
          <>
            <code className="letters">{right.scope}</code> {right.granted ? t('answered.granted') : t('answered.not-granted')}
          </>
        )}
      </Fact>
    ))
}

export function Fact({ good, quiet, children }: { good: boolean; quiet?: boolean; children: React.ReactNode }) {
  return (
    <p className={good ? 'fact fact-good' : quiet ? 'fact' : 'fact fact-bad'}>
      <Icon name={good ? 'check' : quiet ? 'wait' : 'alert'} size={16} />
      <span>{children}</span>
    </p>
  )
}
