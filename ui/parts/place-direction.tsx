/** Which way stock goes between a store and its place in a webshop, as an arrow with words; never both. */
import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Connection } from '../queries.ts'

export type Direction = Connection['places'][number]['direction']

/** Nothing to choose before it is active, nor where the shop's numbers can't be taken in. */
export function PlaceDirection({ connection, store, value, onChange }: { connection: Connection; store: string; value: Direction; onChange: (direction: Direction) => void }) {
  const { t } = useTranslation()
  if (!connection.canBeMaster || connection.countsFrom === null) return null
  const names = { store, shop: connection.name }
  return (
    <NativeSelect
      label={t('places.direction', { store })}
      description={t('places.direction-why')}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value === 'in' ? 'in' : 'out')}
      data={(['out', 'in'] as const).map((way) => ({ value: way, label: t(`places.${way}`, names) }))}
    />
  )
}
