/** A connection's health at a glance: how it is in one sentence, and what a person should know of. Its figures are in shop-figures.tsx. */
import { Alert } from '@mantine/core'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { pieces, span } from '../format.ts'
import { useNow } from '../live.ts'
import type { Connection } from '../queries.ts'
import { actsOf, boxedOf } from './article-counts.ts'
import { Icon } from './icons.tsx'
import { LinkButton } from './link-button.tsx'

/** Longer behind than this is said; a change that is just on its way isn't. */
const BEHIND_MS = 60_000

export function ShopHealth({ connection }: { connection: Connection }) {
  const { t } = useTranslation()
  const now = useNow()
  return (
    <>
      <p className="flat health-words" role="status">
        {words(connection, now, t)}
      </p>
      <Notices connection={connection} />
    </>
  )
}

/** The one sentence: what is wrong first, then what is on its way, then that all is well. */
function words(connection: Connection, now: number, t: TFunction): string {
  const acts = actsOf(connection.counts)
  const { queue, state } = connection
  const waiting = queue.live + queue.backfill
  const behindMs = queue.oldestSince === null ? 0 : now - new Date(queue.oldestSince).getTime()
  if (state !== 'active') return t(`health.words.${state === 'paused' ? 'paused' : 'setup'}`)
  if (connection.stopped.length > 0) return t('health.words.right')
  if (queue.inboxListed > 0) return t('health.words.listed')
  if (waiting > 0 && behindMs > BEHIND_MS && connection.firstSyncedAt !== null) return t('health.words.behind', { shown: pieces(waiting), span: span(behindMs) })
  if (acts > 0) return t('health.words.acts', { count: acts, shown: pieces(acts) })
  if (waiting > 0) return t('health.words.waiting', { count: waiting, shown: pieces(waiting) })
  if (connection.firstSyncedAt === null) return t('health.words.not-synced')
  if (boxedOf(connection.counts) === 0) return t('health.words.none-ticked')
  if (isWarned(connection)) return t('health.words.warned')
  return t('health.words.well')
}

/** Something on the page asks for somebody, though every number has been told. */
const isWarned = ({ openDifferences, trouble, health, subscribed }: Connection): boolean =>
  openDifferences > 0 ||
  trouble !== null ||
  health?.rights.some((right) => right.needed && !right.granted) === true ||
  subscribed?.topics.some((topic) => topic.state === 'foreign') === true

/** What a person should know of, a line each; none of it loses a delivery. */
function Notices({ connection }: { connection: Connection }) {
  const { t } = useTranslation()
  const { queue, hookVersion, health } = connection
  const version = health?.version
  return (
    <>
      {queue.inboxListed > 0 && (
        <Alert
          color="orange"
          variant="light"
          icon={<Icon name="alert" />}
          title={t('messages.listed', { count: queue.inboxListed, shown: pieces(queue.inboxListed) })}
          mb="md"
          role="status"
        >
          <p className="flat">{t('messages.listed-text')}</p>
          <LinkButton to="/webshops/$id" params={{ id: String(connection.id) }} search={{ tab: 'incoming' }} size="sm" variant="default" mt="sm">
            {t('messages.see')}
          </LinkButton>
        </Alert>
      )}
      {connection.subscribed?.topics.some((topic) => topic.state === 'foreign') && (
        <Alert color="orange" variant="light" icon={<Icon name="alert" />} title={t('hook-topics.foreign-title')} mb="md" role="status">
          <LinkButton to="/webshops/$id" params={{ id: String(connection.id) }} search={{ tab: 'incoming' }} size="sm" variant="default">
            {t('hook-topics.see')}
          </LinkButton>
        </Alert>
      )}
      {version && hookVersion !== null && hookVersion !== version.asked && <p className="flat notice">{t('health.hook-version', { said: hookVersion, asked: version.asked })}</p>}
      {version && version.answered !== null && version.answered !== version.asked && (
        <p className="flat notice">{t('health.api-version', { said: version.answered, asked: version.asked })}</p>
      )}
    </>
  )
}
