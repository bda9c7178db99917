/** What happened to an article's stock, in the reader's words. */
import { useTranslation } from 'react-i18next'
import { change, pieces } from '../format.ts'
import type { HistoryEvent } from '../queries.ts'
import { codeWords } from './reason.ts'
import { codeOf } from './run-code.ts'

const KINDS = [
  'sale',
  'sale-return',
  'receipt',
  'receipt-correction',
  'count',
  'count-undone',
  'transfer-out',
  'transfer-in',
  'web-reserve',
  'web-release',
  'web-ship',
  'web-return',
  'waste',
  'internal-use',
  'web-loss',
  'master-set',
  'import',
  'reserve',
  'release',
] as const
type Kind = (typeof KINDS)[number]
const HOW_FAR = ['send', 'sent', 'same', 'refused', 'skipped'] as const
const isHowFar = (kind: string): kind is (typeof HOW_FAR)[number] => HOW_FAR.some((each) => each === kind)
const isKind = (kind: string): kind is Kind => KINDS.some((each) => each === kind)

/** A kind of movement; one this page doesn't know yet is shown as it is. */
export function useKindWords(): (kind: string) => string {
  const { t } = useTranslation()
  return (kind) => (isKind(kind) ? t(`timeline.kind.${kind}`) : kind)
}

/** An event in one line, and what more there is to say of it. */
export function useEventWords(articleName: string): (event: HistoryEvent) => { words: string; more: string[] } {
  const { t, i18n } = useTranslation()
  const kindWords = useKindWords()

  const toldWords = (event: HistoryEvent): string => {
    const { told, kind } = event
    const name = event.connection?.name ?? ''
    const value = pieces(told?.value ?? 0)
    if (kind === 'refused') return t('timeline.told.refused', { name, value })
    if (kind === 'unanswered') return t('timeline.told.unanswered', { name, value })
    if (kind === 'stale' && told?.shows != null && told.expected !== null)
      return t('timeline.told.stale-shows', { name, value, shows: pieces(told.shows), expected: pieces(told.expected) })
    if (kind === 'stale') return t('timeline.told.stale', { name, value })
    return told?.delta == null ? t('timeline.told.sent', { name, value }) : t('timeline.told.moved', { name, value, delta: change(told.delta) })
  }
  const toldMore = ({ told, connection }: HistoryEvent): string[] => [
    ...(told?.code == null ? [] : [codeWords(i18n, told.code) ?? told.code]),
    ...(told?.said ? [t('timeline.said', { name: connection?.name ?? '', said: told.said })] : []),
  ]
  const differenceWords = ({ sort, difference, connection }: HistoryEvent): { words: string; more: string[] } => {
    const name = connection?.name ?? ''
    if (difference === null) return { words: '', more: [] }
    const why = difference.reason ?? 'checking'
    if (sort === 'found')
      return {
        words: t('timeline.found', { name, theirs: pieces(difference.theirs), ours: pieces(difference.ours) }),
        more: [`${t(`differences.reasons.${why}.name`)}. ${t(`differences.reasons.${why}.words`)}`],
      }
    return { words: t('timeline.settled', { name }), more: difference.settledHow === null ? [] : [t(`differences.how.${difference.settledHow}`)] }
  }
  const undoneWords = ({ kind, undone, connection }: HistoryEvent): { words: string; more: string[] } => {
    if (undone === null || !isHowFar(kind)) return { words: '', more: [] }
    const numbers = { name: connection?.name ?? '', was: pieces(undone.was ?? 0), target: pieces(undone.target ?? 0) }
    const why = undone.code === null ? [] : [`${codeOf(i18n, undone.code).name}. ${codeOf(i18n, undone.code).words}`]
    return { words: t(`timeline.undone.${kind}`, numbers), more: [...why, t('timeline.undone.of', { what: t(`run.kind.${undone.ofKind}`) })] }
  }
  const movedWords = (event: HistoryEvent): { words: string; more: string[] } => {
    const { source, order, connection, bulk, known } = event
    if (bulk?.kind === 'undo') return { words: t('timeline.bulk-undone'), more: [t('timeline.bulk-undone-why'), ...(known ? [] : [t('timeline.unknown-again')])] }
    const words = source.type === 'late-fact' ? t('timeline.late-fact') : source.type === 'difference' ? t('timeline.difference-corrected') : kindWords(event.kind)
    const counted =
      source.type !== 'count' || typeof source.counted !== 'number'
        ? []
        : typeof source.book === 'number'
          ? [t('timeline.counted', { counted: pieces(source.counted), book: pieces(source.book) })]
          : [t('timeline.counted-first', { counted: pieces(source.counted) })]
    const master = typeof source.number === 'number' && connection !== null ? [t('timeline.master', { name: connection.name, number: pieces(source.number) })] : []
    const edit = order?.edit
    const edits = (edit?.lines ?? []).map((line) => t(`order.edit.${line.what}`, { title: articleName, was: line.was, now: line.now }))
    const cancelled = edit?.cancelled == null ? [] : [t(edit.cancelled ? 'order.cancelled' : 'order.taken-up')]
    return { words, more: [...counted, ...master, ...cancelled, ...edits] }
  }

  return (event) => {
    if (event.sort === 'told') return { words: toldWords(event), more: toldMore(event) }
    if (event.sort === 'undone') return undoneWords(event)
    if (event.sort === 'boxed') return { words: t(event.kind === 'ticked' ? 'timeline.box.ticked' : 'timeline.box.unticked', { name: event.connection?.name ?? '' }), more: [] }
    return event.sort === 'moved' ? movedWords(event) : differenceWords(event)
  }
}
