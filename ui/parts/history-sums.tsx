/** How a number came about, as a sum anybody can add up: by kind on the shelf, by kind promised, and what that leaves to sell. */
import { Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { change, moment, pieces } from '../format.ts'
import type { History } from '../queries.ts'
import { useCompany } from '../session.ts'
import { useKindWords } from './history-words.ts'

type AsOf = NonNullable<History['asOf']>

export function HistorySums({ asOf }: { asOf: AsOf }) {
  const { t } = useTranslation()
  const { end } = asOf
  return (
    <Stack gap="xs" className="sums">
      {!end.known && <Text>{t('timeline.unknown-still')}</Text>}
      <Sum asOf={asOf} what="onHand" title={t('article.on-hand')} />
      {(end.reserved !== 0 || asOf.sums.some((each) => each.reserved !== 0)) && <Sum asOf={asOf} what="reserved" title={t('article.reserved')} />}
      {end.known && end.reserved !== 0 && (
        <p className="sum">
          <b>{t('article.available')}</b>{' '}
          <span className="number-left">{t('timeline.to-sell', { onHand: pieces(end.onHand), reserved: pieces(end.reserved), shown: pieces(end.onHand - end.reserved) })}</span>
        </p>
      )}
      <Later asOf={asOf} />
    </Stack>
  )
}

function Sum({ asOf, what, title }: { asOf: AsOf; what: 'onHand' | 'reserved'; title: string }) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const kindWords = useKindWords()
  const begins = asOf.from === null ? null : `${moment(asOf.from, timeZone)}: ${asOf.start.known || what === 'reserved' ? pieces(asOf.start[what]) : t('timeline.start-unknown')}`
  return (
    <p className="sum">
      <b>{title}</b> {begins !== null && <span className="sum-part">{begins}</span>}
      {asOf.sums
        .filter((each) => each[what] !== 0)
        .map((each) => (
          <span key={each.kind} className="sum-part">
            {kindWords(each.kind)} <span className="number strong">{change(each[what])}</span>
          </span>
        ))}
      <span className="sum-end number strong">= {pieces(asOf.end[what])}</span>
    </p>
  )
}

/** What a past moment didn't know of yet. */
function Later({ asOf: { later, end } }: { asOf: AsOf }) {
  const { t } = useTranslation()
  if (later.events === 0 || !end.known) return null
  return (
    <Text size="sm" className="late">
      {t('timeline.later', { count: later.events, events: pieces(later.events), change: change(later.onHand), shelf: pieces(end.onHand + later.onHand) })}
    </Text>
  )
}
