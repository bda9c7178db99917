/** Webshop butiksid of one store: chosen from the places read from the shop, or pasted as its id or its address there. */
import { NativeSelect, TextInput, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Connection } from '../queries.ts'

interface Props {
  label: string
  connection: Connection
  value: string
  onChange: (text: string) => void
  /** The store that has a place already, when it isn't this one. */
  ownerOf: (ref: string) => string | null
  error?: string | null
}

export function PlaceField({ label, connection, value, onChange, ownerOf, error }: Props) {
  const { t } = useTranslation()
  const places = connection.health?.places ?? []
  const [pasting, setPasting] = useState(false)
  const why = (place: (typeof places)[number]): string | null => {
    const owner = ownerOf(place.ref)
    if (owner !== null) return t('places.taken', { store: owner })
    if (!place.active) return t('places.inactive')
    if (place.unusable === 'fulfilment-service') return t('places.service')
    return place.unusable === null ? null : t('places.cannot')
  }
  // A known place is shown as the number a person copies.
  const known = places.some((place) => place.ref === value)
  const common = { label, description: pasting ? t('places.paste-why') : t('places.of-why'), error: error ?? undefined }
  return (
    <div>
      {pasting ? (
        <TextInput
          {...common}
          value={known ? tail(value) : value}
          onChange={(event) => onChange(event.currentTarget.value)}
          placeholder="57770000111"
          autoComplete="off"
          spellCheck={false}
        />
      ) : (
        <NativeSelect {...common} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
          <option value="">{t('places.none')}</option>
          {value !== '' && !known && <option value={value}>{t('places.gone', { place: tail(value) })}</option>}
          {places.map((place) => {
            const reason = why(place)
            return (
              <option key={place.ref} value={place.ref} disabled={reason !== null && place.ref !== value}>
                {place.name} ({tail(place.ref)}){reason === null ? '' : ` – ${reason}`}
              </option>
            )
          })}
        </NativeSelect>
      )}
      <UnstyledButton
        className="link small"
        mt={6}
        onClick={() => {
          if (pasting && !known) onChange('')
          setPasting(!pasting)
        }}
      >
        {pasting ? t('places.choose') : t('places.paste')}
      </UnstyledButton>
    </div>
  )
}

/** The number a person knows it by: the last part of the remote's ref. */
export const tail = (ref: string): string => ref.split('/').at(-1) ?? ref
