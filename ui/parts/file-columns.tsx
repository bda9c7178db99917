/** How a file of articles was understood: in plain words, column by column, and everything can be said otherwise. */
import { Button, Group, NativeSelect, Paper, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api, type Body } from '../api.ts'
import { type BulkChange, keepBulkChange } from '../bulk-queries.ts'
import { locationsQuery, webshopsQuery } from '../queries.ts'
import { FileReadAs } from './file-read-as.tsx'
import { type FileReading, useFieldWords, useReadWords } from './file-words.ts'
import { Failure } from './states.tsx'

interface Props {
  change: BulkChange
  reading: FileReading
  /** It is right as it stands. */
  done: () => void
}

export function FileColumns({ change, reading, done }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  // An ERP's stock is counted there.
  const locations = (useQuery(locationsQuery).data ?? []).filter((each) => each.master === null)
  const params = { bulkId: change.id }
  const say = useMutation({ mutationFn: (body: Body<'bulk.columns'>) => api('bulk.columns', { params, body }), onSuccess: keepBulkChange })
  const drop = useMutation({
    mutationFn: () => api('bulk.cancel', { params, body: {} }),
    onSuccess: (latest) => {
      keepBulkChange(latest)
      void navigate({ to: '/articles/import' })
    },
  })
  const { columns, headings } = reading
  const counts = columns.includes('stock')
  const unread = headings.filter((heading, at) => columns[at] === null && heading.trim() !== '')
  const numberless = !columns.includes('number')
  const storeless = counts && change.locationId === null
  return (
    <Paper component="section" aria-labelledby="file-columns">
      <Stack gap="md">
        <div>
          <Title order={2} id="file-columns">
            {t('import-file.columns')}
          </Title>
          <Text c="dimmed">{useReadWords()(change, reading)}</Text>
        </div>
        <FileReadAs reading={reading} say={say.mutate} />
        <Columns reading={reading} change={(next) => say.mutate({ columns: next })} />
        {unread.length > 0 && <Text size="sm">{t('import-file.unread', { count: unread.length, columns: unread.join(', ') })}</Text>}
        {counts && locations.length > 1 && (
          <NativeSelect
            label={t('import-file.store')}
            description={t('import-file.store-why')}
            value={String(change.locationId ?? '')}
            onChange={(event) => say.mutate({ locationId: event.currentTarget.value === '' ? null : Number(event.currentTarget.value) })}
            data={[{ value: '', label: t('import-file.store-choose') }, ...locations.map((each) => ({ value: String(each.id), label: each.name }))]}
          />
        )}
        {counts && <Text size="sm">{t('import-file.stock-why')}</Text>}
        {numberless && <Text className="waits">{t('import-file.numberless')}</Text>}
        {say.error && <Failure error={say.error} />}
        {drop.error && <Failure error={drop.error} />}
        <Group gap="sm">
          <Button onClick={done} disabled={numberless || storeless || say.isPending}>
            {t('import-file.preview')}
          </Button>
          <Button variant="default" onClick={() => drop.mutate()} loading={drop.isPending}>
            {t('common.cancel')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  )
}

/** One line per column of the file. A thing said by two columns is the latter's: the former is let go, but for barcodes, of which there may be many. */
function Columns({ reading: { headings, columns, sample }, change }: { reading: FileReading; change: (columns: (string | null)[]) => void }) {
  const { t } = useTranslation()
  const words = useFieldWords()
  const shops = useQuery(webshopsQuery).data ?? []
  const fields = words.fields(shops, columns)
  const choose = (at: number, field: string | null) => change(columns.map((each, other) => (other === at ? field : each === field && field !== 'barcode' ? null : each)))
  return (
    <ul className="file-columns" aria-label={t('import-file.columns')}>
      {headings.map((heading, at) => {
        const values = [...new Set(sample.flatMap((row) => (row[at]?.trim() ? [row[at]] : [])))].slice(0, 3)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place; two may have one heading.
          <li key={at}>
            <div className="file-column">
              <span className="strong">{heading.trim() === '' ? t('import-file.no-heading', { n: at + 1 }) : heading}</span>
              <span className="row-sub">{values.length === 0 ? t('import-file.no-values') : values.join(' · ')}</span>
            </div>
            <NativeSelect
              size="sm"
              aria-label={t('import-file.is', { heading })}
              value={columns[at] ?? ''}
              onChange={(event) => choose(at, event.currentTarget.value === '' ? null : event.currentTarget.value)}
              data={[{ value: '', label: t('import-file.not-read') }, ...fields.map((field) => ({ value: field, label: words.of(field, shops) }))]}
            />
          </li>
        )
      })}
    </ul>
  )
}
