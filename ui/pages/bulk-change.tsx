/** One bulk change: how its file was read, what it would do to each article, its progress, what came of it, and the way back. */
import { Button, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type BulkChange, type BulkFilter, bulkChangeQuery } from '../bulk-queries.ts'
import { moment } from '../format.ts'
import { BulkCauses } from '../parts/bulk-causes.tsx'
import { BulkFigures } from '../parts/bulk-figures.tsx'
import { BulkNow } from '../parts/bulk-now.tsx'
import { BulkOver } from '../parts/bulk-over.tsx'
import { BulkReady } from '../parts/bulk-ready.tsx'
import { BulkRows } from '../parts/bulk-rows.tsx'
import { faultName } from '../parts/bulk-why.ts'
import { FileColumns } from '../parts/file-columns.tsx'
import { useReadWords } from '../parts/file-words.ts'
import { Icon } from '../parts/icons.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { useCompany } from '../session.ts'

export function BulkChangePage() {
  const { t } = useTranslation()
  const { id } = useParams({ from: '/inside/articles/changes/$id' })
  const change = useQuery(bulkChangeQuery(Number(id)))
  return (
    <div className="middle">
      <PageHead
        title={change.data ? t(`bulk-change.kind.${change.data.kind}`) : t('bulk-change.one')}
        text={change.data && <Began change={change.data} />}
        back={{ words: t('bulk-change.title'), link: { to: '/articles/changes' } }}
      />
      {/* Another change, or one that was started, is another page: nothing of the former's filter comes along. */}
      {change.error ? (
        <Failure error={change.error} retry={() => void change.refetch()} />
      ) : change.data ? (
        <Shown key={`${id} ${change.data.confirmedAt}`} change={change.data} />
      ) : (
        <Loading />
      )}
    </div>
  )
}

function Began({ change: { of, fileName, startedBy, startedAt } }: { change: BulkChange }) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const by = t('bulk-change.by', { who: startedBy.name ?? t('documents.system'), when: moment(startedAt, timeZone) })
  return (
    <>
      {fileName === null ? by : `${fileName} · ${by}`}
      {of !== null && (
        <Link to="/articles/changes/$id" params={{ id: String(of) }} className="link block">
          {t('bulk-change.of')}
        </Link>
      )}
    </>
  )
}

function Shown({ change }: { change: BulkChange }) {
  const navigate = useNavigate()
  const { step } = useSearch({ from: '/inside/articles/changes/$id' })
  const [filter, choose] = useState<BulkFilter>({})
  const list = useRef<HTMLDivElement>(null)
  // Their button stands far above the rows it is about.
  const seek = (next: BulkFilter) => {
    choose(next)
    list.current?.scrollIntoView({ block: 'start' })
  }
  const { readAs, confirmedAt, endedAt, state } = change
  const open = confirmedAt === null && endedAt === null
  const to = (next: { step?: 'columns' }) => void navigate({ to: '/articles/changes/$id', params: { id: String(change.id) }, search: next, replace: true })
  if (open && readAs !== null && (step === 'columns' || !readAs.columns.includes('number'))) return <FileColumns change={change} reading={readAs} done={() => to({})} />
  return (
    <Stack gap="md">
      {open && readAs !== null && <ReadSo change={change} open={() => to({ step: 'columns' })} />}
      {(state === 'reading' || state === 'working') && <BulkNow change={change} />}
      {state === 'ready' && <BulkReady change={change} choose={seek} />}
      {endedAt !== null && <BulkOver change={change} />}
      <BulkFigures change={change} filter={filter} choose={choose} />
      <BulkCauses change={change} choose={seek} />
      <div ref={list}>
        <Only filter={filter} all={() => choose({})} />
        <BulkRows change={change} filter={filter} />
      </div>
    </Stack>
  )
}

/** Which cause or flag the rows are cut down to, and the way back to all of them; the figures say it of themselves. */
function Only({ filter: { code, flag }, all }: { filter: BulkFilter; all: () => void }) {
  const { t, i18n } = useTranslation()
  const what = code !== undefined ? faultName(i18n, code) : flag !== undefined ? t(`bulk-flag.${flag}`) : null
  if (what === null) return null
  return (
    <div className="chips">
      <button type="button" className="chip" aria-pressed={true} onClick={all}>
        {t('bulk-change.showing', { what })} <Icon name="cross" size={16} />
      </button>
    </div>
  )
}

/** How the file was read, in one line, and the way to say it otherwise. */
function ReadSo({ change, open }: { change: BulkChange; open: () => void }) {
  const { t } = useTranslation()
  const words = useReadWords()
  if (change.readAs === null) return null
  return (
    <Group gap="sm">
      <Text>{words(change, change.readAs)}</Text>
      <Button size="xs" variant="default" onClick={open}>
        {t('import-file.again')}
      </Button>
    </Group>
  )
}
