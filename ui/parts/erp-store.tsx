/** Which of our stores an ERP counts for: it has one stock, so it is one of ours. */
import { NativeSelect, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Connection } from '../queries.ts'
import type { usePlaces } from './places.tsx'

export function ErpStore({ connection, places }: { connection: Connection; places: ReturnType<typeof usePlaces> }) {
  const { t } = useTranslation()
  const place = connection.health?.places[0]
  if (place === undefined) return <Text c="dimmed">{t('erp.store.first')}</Text>
  const [chosen] = places.chosen
  return (
    <NativeSelect
      label={t('erp.store.which', { name: place.name })}
      required
      withAsterisk={false}
      value={String(chosen?.locationId ?? '')}
      onChange={(event) => places.pickOnly(Number(event.currentTarget.value), place.ref)}
      data={[...(chosen === undefined ? [{ value: '', label: t('guide.choose-store') }] : []), ...places.stores.map((each) => ({ value: String(each.id), label: each.name }))]}
    />
  )
}
