/** The three things that are guessed of a file's letters and numbers, for when å, ä, ö or prices look wrong. */
import { NativeSelect, SimpleGrid } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ENCODINGS } from '../../src/web/contract/bulk.ts'
import type { Body } from '../api.ts'
import { DECIMALS, encodingWords, type FileReading, SEPARATORS } from './file-words.ts'

/** What the selects hold is one of what the call takes. */
type Said = Body<'bulk.columns'>

export function FileReadAs({ reading, say }: { reading: FileReading; say: (body: Body<'bulk.columns'>) => void }) {
  const { t } = useTranslation()
  return (
    <details>
      <summary>{t('import-file.strange')}</summary>
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
        <NativeSelect
          label={t('import-file.encoding')}
          value={reading.encoding}
          onChange={(event) => say({ encoding: event.currentTarget.value as Said['encoding'] })}
          data={ENCODINGS.map((each) => ({ value: each, label: encodingWords(each) }))}
        />
        <NativeSelect
          label={t('import-file.separator')}
          value={reading.separator}
          onChange={(event) => say({ separator: event.currentTarget.value as Said['separator'] })}
          data={Object.entries(SEPARATORS).map(([value, name]) => ({ value, label: t(`import-file.separator-is.${name}`) }))}
        />
        <NativeSelect
          label={t('import-file.decimal')}
          value={reading.decimal}
          onChange={(event) => say({ decimal: event.currentTarget.value as Said['decimal'] })}
          data={Object.entries(DECIMALS).map(([value, name]) => ({ value, label: t(`import-file.decimal-is.${name}`) }))}
        />
      </SimpleGrid>
    </details>
  )
}
