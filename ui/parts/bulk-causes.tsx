/** Why rows are left out or weren't done, each cause with how many and its rows; and the faulty ones as a file, to mend and hand in again. */
import { Button, Group, Paper, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type BulkChange, type BulkFilter, type BulkRow, bulkRowsPage } from '../bulk-queries.ts'
import { csvOf, download } from '../csv.ts'
import { pieces } from '../format.ts'
import { faultName, faultWords, rowCodeWords } from './bulk-why.ts'
import { Failure } from './states.tsx'

export function BulkCauses({ change, choose }: { change: BulkChange; choose: (filter: BulkFilter) => void }) {
  const { t, i18n } = useTranslation()
  const save = useMutation({ mutationFn: takeHome })
  const causes = [...change.codes, ...change.faults]
  if (causes.length === 0) return null
  /** Each row as it stood in the file, and why it isn't in. */
  async function takeHome(headings: string[]): Promise<void> {
    const rows = [...(await all(change.id, { state: 'failed' })), ...(await all(change.id, { verdict: 'fault' }))].toSorted((one, other) => one.n - other.n)
    const why = (row: BulkRow) => [...row.faults.map((fault) => faultWords(i18n, fault, change)), ...(row.code === null ? [] : [rowCodeWords(i18n, row.code)])].join(' ')
    const lines = rows.map((row) => [...headings.map((_, at) => row.cells?.[at] ?? ''), why(row)])
    download(t('bulk-change.faults-file'), csvOf([[...headings, t('bulk-change.why')], ...lines]))
  }
  return (
    <Paper component="section" aria-labelledby="bulk-causes">
      <Title order={2} id="bulk-causes" size="h3">
        {t(change.kind === 'undo' ? 'bulk-change.stays' : 'bulk-change.left-out')}
      </Title>
      <ul className="run-reasons">
        {causes.map(({ code, n }) => (
          <li key={code}>
            <Group justify="space-between" gap="xs">
              <span className="run-reason">
                {faultName(i18n, code)} <span className="number quiet">{pieces(n)}</span>
              </span>
              <Button size="xs" variant="default" onClick={() => choose({ code })} aria-label={t('bulk-change.show-of', { cause: faultName(i18n, code) })}>
                {t('bulk-change.show')}
              </Button>
            </Group>
          </li>
        ))}
      </ul>
      {change.readAs !== null && (
        <Group gap="sm" mt="sm">
          <Button variant="default" size="sm" onClick={() => save.mutate(change.readAs?.headings ?? [])} loading={save.isPending}>
            {t('bulk-change.faults-download')}
          </Button>
          <span className="row-sub">{t('bulk-change.faults-why')}</span>
        </Group>
      )}
      {save.error && <Failure error={save.error} />}
    </Paper>
  )
}

async function all(bulkId: number, filter: BulkFilter): Promise<BulkRow[]> {
  const rows: BulkRow[] = []
  for (let next: string | null = ''; next !== null; ) {
    const page: Awaited<ReturnType<typeof bulkRowsPage>> = await bulkRowsPage(bulkId, filter, next)
    rows.push(...page.items)
    next = page.next
  }
  return rows
}
