/** Webshop butiksid: which of the shop's places belongs to each store, and whether orders ship from several (Multipla distributionsställen). */
import { Checkbox, NativeSelect, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Connection, locationsQuery } from '../queries.ts'

/** The number a person knows it by: the last part of the remote's ref. */
const tail = (ref: string) => ref.split('/').at(-1) ?? ref

export function usePlaces(connection: Connection) {
  const locations = useQuery(locationsQuery)
  const stores = locations.data ?? []
  const usable = (connection.health?.places ?? []).filter((place) => place.active && place.unusable === null)
  const [picked, setPicked] = useState<Record<number, string>>({})
  const [many, setMany] = useState<boolean | null>(null)
  const [fallback, setFallback] = useState<number | null>(null)
  // One store and one place belong together; anything else a person says.
  const guess = stores.length === 1 && usable.length === 1 && connection.places.length === 0 ? (usable[0]?.ref ?? '') : ''
  const placeOf = (locationId: number) => picked[locationId] ?? connection.places.find((place) => place.locationId === locationId)?.placeRef ?? guess
  const chosen = stores.flatMap((store) => (placeOf(store.id) === '' ? [] : [{ locationId: store.id, placeRef: placeOf(store.id) }]))
  const manyPlaces = chosen.length > 1 || (many ?? connection.manyPlaces)
  const kept = [fallback, connection.defaultLocationId].find((id) => chosen.some((pair) => pair.locationId === id))
  const defaultLocationId = kept ?? chosen[0]?.locationId
  return {
    stores,
    usable,
    placeOf,
    pick: (locationId: number, ref: string) => setPicked((before) => ({ ...before, [locationId]: ref })),
    chosen,
    manyPlaces,
    setMany,
    defaultLocationId,
    setFallback,
    settings: { manyPlaces, ...(defaultLocationId === undefined ? {} : { defaultLocationId }) },
  }
}

export function Places({ connection, places }: { connection: Connection; places: ReturnType<typeof usePlaces> }) {
  const { t } = useTranslation()
  if (connection.health === null) return <Text c="dimmed">{t('places.first-check')}</Text>
  const unusable = connection.health.places.filter((place) => !place.active || place.unusable !== null)
  return (
    <Stack gap="md">
      {places.stores.map((store) => (
        <NativeSelect
          key={store.id}
          label={t('places.of', { store: store.name })}
          description={t('places.of-why')}
          value={places.placeOf(store.id)}
          onChange={(event) => places.pick(store.id, event.currentTarget.value)}
        >
          <option value="">{t('places.none')}</option>
          {places.usable.map((place) => (
            <option key={place.ref} value={place.ref} disabled={places.chosen.some((other) => other.placeRef === place.ref && other.locationId !== store.id)}>
              {place.name} ({tail(place.ref)})
            </option>
          ))}
        </NativeSelect>
      ))}
      {unusable.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('places.unusable', { names: unusable.map((place) => place.name).join(', ') })}
        </Text>
      )}
      {places.stores.length > 1 && (
        <Checkbox label={t('places.many')} description={t('places.many-why')} checked={places.manyPlaces} onChange={(event) => places.setMany(event.currentTarget.checked)} />
      )}
      {places.manyPlaces && (
        <NativeSelect
          label={t('places.default')}
          description={t('places.default-why')}
          value={String(places.defaultLocationId ?? '')}
          onChange={(event) => places.setFallback(Number(event.currentTarget.value))}
          data={places.stores.filter((store) => places.placeOf(store.id) !== '').map((store) => ({ value: String(store.id), label: store.name }))}
        />
      )}
    </Stack>
  )
}
