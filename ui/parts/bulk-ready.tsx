/** The dry run: what is unusual about it, and the button that carries it out; much that is unusual is asked about once more. */
import { Alert, Button, Group, Paper, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { type BulkChange, type BulkFilter, type BulkRow, keepBulkChange } from '../bulk-queries.ts'
import { pieces } from '../format.ts'
import { Icon } from './icons.tsx'
import { Failure } from './states.tsx'

/** The gravest first. */
const FLAGS: BulkRow['flags'] = ['price-to-zero', 'stock-to-zero', 'price-over-half', 'stock-over-half', 'archived-with-stock']

interface Props {
  change: BulkChange
  choose: (filter: BulkFilter) => void
}

export function BulkReady({ change, choose }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [asked, setAsked] = useState(false)
  const input = { params: { bulkId: change.id }, body: {} }
  const start = useMutation({ mutationFn: () => api('bulk.start', input), onSuccess: keepBulkChange })
  const drop = useMutation({
    mutationFn: () => api('bulk.cancel', input),
    onSuccess: (latest) => {
      keepBulkChange(latest)
      void navigate({ to: change.kind === 'import' ? '/articles/import' : '/articles' })
    },
  })
  const { counts, flags, kind } = change
  const count = counts.make + counts.change
  const shown = pieces(count)
  const nothing = count === 0
  return (
    <Paper>
      <div role="status">
        <Text className="strong" size="lg">
          {nothing ? t(`bulk-change.nothing.${kind}`) : t(`bulk-change.ready.${kind}`, { count, shown })}
        </Text>
        {!nothing && <Text c="dimmed">{t(kind === 'undo' ? 'bulk-change.ready-undo-text' : 'bulk-change.ready-text')}</Text>}
      </div>
      {flags.length > 0 && (
        <Stack gap={4} mt="md">
          <Text className="strong">{t('run-ready.look-first')}</Text>
          <Flags change={change} choose={choose} />
        </Stack>
      )}
      {asked ? (
        <Alert color="orange" variant="light" mt="md" icon={<Icon name="alert" />} title={t('bulk-change.sure', { flagged: pieces(change.flagged), shown })} role="alert">
          <Text>{t('bulk-change.sure-text')}</Text>
          <Group mt="sm">
            <Button color="orange" onClick={() => start.mutate()} loading={start.isPending}>
              {t('bulk-change.sure-yes')}
            </Button>
            <Button variant="default" onClick={() => setAsked(false)}>
              {t('run-ready.back')}
            </Button>
          </Group>
        </Alert>
      ) : (
        <Group mt="md">
          {!nothing && (
            <Button onClick={() => (change.asksTwice ? setAsked(true) : start.mutate())} loading={start.isPending}>
              {t(kind === 'undo' ? 'bulk-change.undo-yes' : 'bulk-change.start')}
            </Button>
          )}
          <Button variant="default" onClick={() => drop.mutate()} loading={drop.isPending}>
            {t(nothing ? 'bulk-change.drop' : 'common.cancel')}
          </Button>
        </Group>
      )}
      {start.error && <Failure error={start.error} />}
      {drop.error && <Failure error={drop.error} />}
    </Paper>
  )
}

/** What is unusual, each with how many rows, and the rows at a press. */
function Flags({ change, choose }: Props) {
  const { t } = useTranslation()
  return (
    <div className="chips flat">
      {FLAGS.flatMap((flag) => {
        const n = change.flags.find(({ code }) => code === flag)?.n ?? 0
        if (n === 0) return []
        return (
          <button key={flag} type="button" className="chip" onClick={() => choose({ flag })}>
            {t(`bulk-flag.${flag}`)} <span className="number">{pieces(n)}</span>
          </button>
        )
      })}
    </div>
  )
}
