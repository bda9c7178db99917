/** What becomes of the rows, as figures that filter the list below them. */
import { SimpleGrid } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { BulkChange, BulkFilter } from '../bulk-queries.ts'
import { pieces } from '../format.ts'
import { FigureValue } from './figure.tsx'

const BEFORE = ['make', 'change', 'same', 'fault'] as const
const AFTER = ['done', 'failed', 'kept', 'same', 'fault'] as const
type Which = (typeof BEFORE)[number] | (typeof AFTER)[number]

const filterOf = (which: Which): BulkFilter => (which === 'done' || which === 'failed' || which === 'kept' ? { state: which } : { verdict: which })
const isSame = (one: BulkFilter, other: BulkFilter) => one.verdict === other.verdict && one.state === other.state && one.code === other.code && one.flag === other.flag

interface Props {
  change: BulkChange
  filter: BulkFilter
  choose: (filter: BulkFilter) => void
}

export function BulkFigures({ change, filter, choose }: Props) {
  const { t } = useTranslation()
  const { counts, kind, confirmedAt } = change
  const side = kind === 'undo' ? 'back' : 'there'
  // A file's four are always shown: a nought says that nothing is wrong with it.
  const shown: Which[] = confirmedAt === null ? BEFORE.filter((which) => kind === 'import' || counts[which] > 0) : AFTER.filter((which) => which === 'done' || counts[which] > 0)
  return (
    <fieldset className="bulk-figures">
      <legend className="hidden">{t('run.show')}</legend>
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm">
        {shown.map((which) => {
          const pressed = isSame(filter, filterOf(which))
          const acts = (which === 'fault' || which === 'failed') && counts[which] > 0
          return (
            <button
              key={which}
              type="button"
              className={acts ? 'figure figure-press figure-act' : 'figure figure-press'}
              aria-pressed={pressed}
              onClick={() => choose(pressed ? {} : filterOf(which))}
            >
              <span className="figure-words">{t(`bulk-change.figure.${side}.${which}`)}</span>
              <FigureValue value={pieces(counts[which])} />
            </button>
          )
        })}
      </SimpleGrid>
    </fieldset>
  )
}
