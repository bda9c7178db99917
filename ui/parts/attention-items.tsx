/** What waits of one cause, one by one, however many: each with its page, its reason and its button. */
import { Button } from '@mantine/core'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { moment, pieces } from '../format.ts'
import { type AttentionGroup, type AttentionItem, attentionItemsQuery } from '../queries.ts'
import { useCompany } from '../session.ts'
import { pageOf } from './attention-act.ts'
import { AttentionButton } from './attention-button.tsx'
import { Cell } from './cells.tsx'
import { LongList } from './long-list.tsx'
import { codeWords } from './reason.ts'
import { Failure } from './states.tsx'
import { useNarrow } from './use-narrow.ts'

export function AttentionItems({ group }: { group: AttentionGroup }) {
  const narrow = useNarrow()
  const list = useInfiniteQuery(attentionItemsQuery(group.cause, group.listener))
  return (
    <LongList
      list={list}
      bars={Math.min(3, group.count)}
      template={narrow ? 'minmax(0,1fr)' : 'minmax(0,1fr) minmax(0,1.2fr) auto'}
      keyOf={(row) => row.id}
      height={narrow ? 172 : 72}
      label={group.title}
      columns={narrow ? 1 : 3}
      empty={null}
    >
      {(row) =>
        narrow ? (
          <Cell className="row-main">
            <What group={group} row={row} />
            <Why row={row} />
            <Press group={group} row={row} />
          </Cell>
        ) : (
          <>
            <Cell className="row-main">
              <What group={group} row={row} />
            </Cell>
            <Cell className="row-main">
              <Why row={row} />
            </Cell>
            <Cell>
              <Press group={group} row={row} />
            </Cell>
          </>
        )
      }
    </LongList>
  )
}

interface Props {
  group: AttentionGroup
  row: AttentionItem
}

function What({ group, row }: Props) {
  const page = pageOf(group, row)
  return (
    <>
      {page === null ? (
        <span className="strong">{row.name}</span>
      ) : (
        <Link {...page} className="row-link">
          {row.name}
        </Link>
      )}
      {row.number !== null && <span className="row-sub mono">{row.number}</span>}
    </>
  )
}

/** The finer reason, and since when. */
function Why({ row: { cause, code, facts, since } }: { row: AttentionItem }) {
  const { t, i18n } = useTranslation()
  const { timeZone } = useCompany()
  const said =
    cause === 'difference'
      ? `${t('differences.theirs')} ${pieces(Number(facts.theirs))} · ${t('differences.ours')} ${pieces(Number(facts.ours))}`
      : cause === 'view-rejected'
        ? code
        : code === null
          ? null
          : codeWords(i18n, code, facts)
  return (
    <>
      {said !== null && <span>{said}</span>}
      {since !== null && <span className="row-sub">{t('attention.since', { when: moment(since, timeZone) })}</span>}
    </>
  )
}

function Press({ group, row }: Props) {
  const { t } = useTranslation()
  const dismiss = useMutation({
    mutationFn: () => api('connections.dismiss-message', { params: { connectionId: group.listener?.id ?? 0, messageId: row.id }, body: {} }),
    onSuccess: () => void data.invalidateQueries(),
  })
  return (
    <div className="attention-press">
      {EACH.includes(group.action) && <AttentionButton group={group} one={row} />}
      {group.action === 'retry-message' && (
        <Button size="xs" variant="default" loading={dismiss.isPending} onClick={() => dismiss.mutate()}>
          {t('messages.dismiss')}
        </Button>
      )}
      {dismiss.error && <Failure error={dismiss.error} />}
    </div>
  )
}
/** What can be pressed for one of them; the rest is pressed for all, or settled on its page. */
const EACH: readonly AttentionGroup['action'][] = ['find', 'track', 'stock', 'untick', 'retry', 'count', 'send-difference', 'fetch-pdf', 'retry-message', 'run']
