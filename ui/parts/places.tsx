/** Webshop butiksid of every store, and whether orders ship from several (Multipla distributionsställen). */
import { Alert, Checkbox, NativeSelect, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../problem.ts'
import { type Connection, locationsQuery } from '../queries.ts'
import { type Direction, PlaceDirection } from './place-direction.tsx'
import { PlaceField } from './place-field.tsx'
import { reasonWords } from './reason.ts'

export function usePlaces(connection: Connection) {
  const locations = useQuery(locationsQuery)
  const stores = locations.data ?? []
  const usable = (connection.health?.places ?? []).filter((place) => place.active && place.unusable === null)
  const [picked, setPicked] = useState<Record<number, string>>({})
  const [turned, setTurned] = useState<Record<number, Direction>>({})
  const [many, setMany] = useState<boolean | null>(null)
  const [fallback, setFallback] = useState<number | null>(null)
  // One store and one place belong together; anything else a person says.
  const guess = stores.length === 1 && usable.length === 1 && connection.places.length === 0 ? (usable[0]?.ref ?? '') : ''
  const placeOf = (locationId: number) => picked[locationId] ?? connection.places.find((place) => place.locationId === locationId)?.placeRef ?? guess
  const directionOf = (locationId: number): Direction => turned[locationId] ?? connection.places.find((place) => place.locationId === locationId)?.direction ?? 'out'
  // What nobody turned is left as it is.
  const wayOf = (locationId: number) => (turned[locationId] === undefined ? {} : { direction: turned[locationId] })
  const chosen = stores.flatMap((store) => (placeOf(store.id).trim() === '' ? [] : [{ locationId: store.id, placeRef: placeOf(store.id), ...wayOf(store.id) }]))
  const manyPlaces = many ?? connection.manyPlaces
  const kept = [fallback, connection.defaultLocationId].find((id) => chosen.some((pair) => pair.locationId === id))
  const defaultLocationId = kept ?? chosen[0]?.locationId
  return {
    stores,
    placeOf,
    pick: (locationId: number, ref: string) => setPicked((before) => ({ ...before, [locationId]: ref })),
    directionOf,
    turn: (locationId: number, direction: Direction) => setTurned((before) => ({ ...before, [locationId]: direction })),
    /** This store and no other. */
    pickOnly: (locationId: number, ref: string) => setPicked(Object.fromEntries(stores.map((store) => [store.id, store.id === locationId ? ref : '']))),
    /** The other store that has this place now or is about to. */
    ownerOf: (ref: string, locationId: number) => stores.find((store) => store.id !== locationId && placeOf(store.id) === ref)?.name ?? null,
    chosen,
    manyPlaces,
    setMany,
    defaultLocationId,
    setFallback,
    /** What is saved goes on from what was saved. */
    saved: () => {
      setPicked({})
      setTurned({})
      setMany(null)
      setFallback(null)
    },
    body: { places: chosen, manyPlaces, ...(defaultLocationId === undefined ? {} : { defaultLocationId }) },
  }
}

export function Places({ connection, places, problem }: { connection: Connection; places: ReturnType<typeof usePlaces>; problem: Problem | null }) {
  const { t, i18n } = useTranslation()
  if (connection.health === null) return <Text c="dimmed">{t('places.first-check')}</Text>
  return (
    <Stack gap="md">
      {places.stores.map((store) => (
        <Stack key={store.id} gap="sm">
          <PlaceField
            label={t('places.of', { store: store.name })}
            connection={connection}
            value={places.placeOf(store.id)}
            onChange={(ref) => places.pick(store.id, ref)}
            ownerOf={(ref) => places.ownerOf(ref, store.id)}
            error={problem !== null && blamedStore(problem, places.chosen) === store.id ? reasonWords(i18n, problem) : null}
          />
          {places.placeOf(store.id) !== '' && (
            <PlaceDirection connection={connection} store={store.name} value={places.directionOf(store.id)} onChange={(way) => places.turn(store.id, way)} />
          )}
        </Stack>
      ))}
      {(places.stores.length > 1 || places.manyPlaces) && (
        <Checkbox label={t('places.many')} description={t('places.many-why')} checked={places.manyPlaces} onChange={(event) => places.setMany(event.currentTarget.checked)} />
      )}
      {!places.manyPlaces && places.chosen.length > 1 && problem === null && (
        <Alert color="orange" variant="light" role="status">
          {t('places.too-many', { count: places.chosen.length })}
        </Alert>
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

/** 'places.1.placeRef' is about the second pair that was sent. */
export function blamedStore(problem: Problem, sent: { locationId: number }[]): number | null {
  const at = /^places\.(\d+)\./.exec(problem.field ?? '')?.[1]
  return at === undefined ? null : (sent[Number(at)]?.locationId ?? null)
}
