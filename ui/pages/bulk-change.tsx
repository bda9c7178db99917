/** One bulk change: how its file was read, what it would do to each article, its progress, what came of it, and the way back. */
import { Button, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type BulkChange, type BulkFilter, bulkChangeQuery } from '../bulk-queries.ts'
import { moment } from '../format.ts'
import { BulkCauses } from '../parts/bulk-causes.tsx'
import { BulkFigures } from '../parts/bulk-figures.tsx'
import { BulkNow } from '../parts/bulk-now.tsx'
import { BulkOver } from '../parts/bulk-over.tsx'
import { BulkReady } from '../parts/bulk-ready.tsx'
import { BulkRows } from '../parts/bulk-rows.tsx'
import { FileColumns } from '../parts/file-columns.tsx'
import { useReadWords } from '../parts/file-words.ts'
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
      {/* Another change is another page: nothing of the former's filter comes along. */}
      {change.error ? <Failure error={change.error} retry={() => void change.refetch()} /> : change.data ? <Shown key={id} change={change.data} /> : <Loading />}
    </div>
  )
}

function Began({ change: { fileName, startedBy, startedAt } }: { change: BulkChange }) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  return [fileName, t('bulk-change.by', { who: startedBy.name ?? t('documents.system'), when: moment(startedAt, timeZone) })].filter((part) => part !== null).join(' · ')
}

function Shown({ change }: { change: BulkChange }) {
  const navigate = useNavigate()
  const { step } = useSearch({ from: '/inside/articles/changes/$id' })
  const [filter, choose] = useState<BulkFilter>({})
  const { readAs, confirmedAt, endedAt, state } = change
  const open = confirmedAt === null && endedAt === null
  const to = (next: { step?: 'columns' }) => void navigate({ to: '/articles/changes/$id', params: { id: String(change.id) }, search: next, replace: true })
  if (open && readAs !== null && (step === 'columns' || !readAs.columns.includes('number'))) return <FileColumns change={change} reading={readAs} done={() => to({})} />
  return (
    <Stack gap="md">
      {open && readAs !== null && <ReadSo change={change} open={() => to({ step: 'columns' })} />}
      {(state === 'reading' || state === 'working') && <BulkNow change={change} />}
      {state === 'ready' && <BulkReady change={change} choose={choose} />}
      {endedAt !== null && <BulkOver change={change} />}
      <BulkFigures change={change} filter={filter} choose={choose} />
      <BulkCauses change={change} choose={choose} />
      <BulkRows change={change} filter={filter} />
    </Stack>
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
