/** One line of "why isn't it in sync?" in words: what it is called, and what it means. */
import { useTranslation } from 'react-i18next'
import { STATE_MEANS } from '../../src/web/contract/standings.ts'
import { moment, pieces } from '../format.ts'
import type { ArticleSync } from '../queries.ts'
import { useCompany } from '../session.ts'
import type { ShownState } from './article-state.tsx'
import { untakenWords } from './catalogue-why.ts'
import { codeWords } from './reason.ts'

export type SyncLine = ArticleSync['lines'][number]
/** Codes that are states of an article at a shop have the words of every list. */
export const isState = (code: SyncLine['code']): code is ShownState => Object.hasOwn(STATE_MEANS, code)

interface Said {
  name: string
  words: string
}

export function useSyncWords(): (line: SyncLine) => Said {
  const { t, i18n } = useTranslation()
  const { timeZone } = useCompany()
  return (line) => {
    const { code, role, facts, name } = line
    const what = t(`sync.of.${line.about}`)
    const when = line.since === null ? '' : moment(line.since, timeZone)
    const shown = (fact: string) => (typeof facts[fact] === 'number' ? pieces(facts[fact]) : '')
    const why = typeof facts.why === 'string' ? codeWords(i18n, facts.why, facts) : null
    if (isState(code)) {
      const words = t(`states.${code}.words`)
      return { name: t(`states.${code}.name`), words: why === null ? words : `${words} ${t('sync.code.paused.why', { why })}` }
    }
    switch (code) {
      case 'not-there':
      case 'not-counted':
      case 'not-read':
        return { name: t(`sync.code.${code}.name`), words: t(`master-says.why.${code}`, { name, at: when }) }
      case 'not-asked':
        return { name: t('sync.code.not-asked.name'), words: t('master-says.not-asked', { name }) }
      case 'taken-over':
        return { name: t('sync.code.taken-over.name'), words: t('master-says.number', { name, shown: shown('theirs'), at: when }) }
      case 'not-kept':
        return { name: t('sync.code.not-kept.name'), words: t('article.not-tracked') }
      case 'failing':
        return { name: t('sync.code.failing.name'), words: [t('sync.code.failing.words', { name }), why].filter((each) => each !== null).join(' ') }
      case 'next-run': {
        const at = typeof facts.nextRunAt === 'string' ? moment(facts.nextRunAt, timeZone) : null
        return { name: t('sync.code.next-run.name'), words: at === null ? t('sync.code.next-run.words', { what }) : t('sync.code.next-run.at', { what, when: at }) }
      }
      case 'coming':
      case 'coming-paused':
        return { name: t('why.kind.coming'), words: t(`why.words.${code}`) }
      case 'rejected':
        return role === 'view' ? { name: t('why.kind.rejected'), words: t('why.words.rejected', { what, when }) } : untakenWords(i18n, line.said ?? '')
      case 'not-heard':
      case 'waits':
      case 'sent':
        return { name: t(`why.kind.${code}`), words: parted(code) }
      case 'not-linked':
      case 'queued':
      case 'acknowledged':
      case 'archived':
        return role === 'view'
          ? { name: t(`why.kind.${code}`), words: code === 'acknowledged' && when === '' ? t('why.words.counted') : t(`why.words.${code}`, { what, when, place: shown('place') }) }
          : { name: t(`sync.code.${code}.name`), words: t(`sync.code.${code}.words`, { what, when, name }) }
      case 'setup':
      case 'held-by-message':
      case 'differs':
      case 'stock-off':
      case 'no-number-yet':
      case 'never-polled':
        return { name: t(`sync.code.${code}.name`), words: t(`sync.code.${code}.words`, { name, ours: shown('ours'), theirs: shown('theirs') }) }
    }

    function parted(kind: 'not-heard' | 'waits' | 'sent'): string {
      if (kind !== 'waits') return t(`why.words.${kind}`, { what, when })
      const parent = t(line.about === 'article' ? 'why.what.product' : 'why.what.article').toLowerCase()
      return shown('place') === '' ? t('why.words.waits', { what, parent }) : t('why.words.waits-at', { what, parent, place: shown('place') })
    }
  }
}
