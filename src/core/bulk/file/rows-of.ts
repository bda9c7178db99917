/** Each row of a file: what it asks for, or what is wrong with it. One bad row never blocks the rest. */
import { gtin14 } from '../../articles/barcode.ts'
import { type Cells, cellsOf, inheriting } from './cells.ts'
import { cutShort, type Fault } from './faults.ts'
import type { ReadAs, ReadFacts, ReadRow } from './read-as.ts'
import { readRow } from './read-row.ts'
import { openTable } from './table.ts'
import { barcodeOf } from './values.ts'

export function* rowsOf(bytes: Uint8Array, readAs: ReadAs, facts: ReadFacts): Generator<ReadRow> {
  const inherited = inheriting()
  const twice = twiceInFile()
  for (const row of openTable(bytes, readAs).rows()) {
    const cells = row.broken ? new Map() : inherited(cellsOf(row.cells, readAs.columns))
    if (cells === null) continue
    const read = readRow(row, cells, readAs, facts)
    const faults = [...read.faults, ...twice(row.n, cells)]
    yield { ...read, faults, wanted: faults.length > 0 ? null : read.wanted }
  }
}

/** A number or a barcode another row had first, which is named. */
function twiceInFile(): (n: number, cells: Cells) => Fault[] {
  const numbers = new Map<string, number>()
  const barcodes = new Map<string, number>()
  const first = (seen: Map<string, number>, key: string, n: number): number | null => {
    const row = seen.get(key) ?? n
    seen.set(key, row)
    return row === n ? null : row
  }
  return (n, cells) => {
    const found = (['number', 'barcode'] as const).flatMap((field) =>
      (cells.get(field) ?? []).flatMap(({ column, text }): Fault[] => {
        const said = field === 'number' ? { value: text } : barcodeOf(text)
        if (!('value' in said)) return []
        const row = field === 'number' ? first(numbers, text, n) : first(barcodes, gtin14(said.value) ?? text, n)
        return row === null ? [] : [{ column, code: `${field}-twice`, value: cutShort(text), row }]
      }),
    )
    return found
  }
}
