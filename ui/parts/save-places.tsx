/** Saving which store has which place. On a running connection it is first said what it means, per store, and a person confirms. */
import { Alert, Button, Group, Modal, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Answer, api, type Body } from '../api.ts'
import { data } from '../data.ts'
import { pieces } from '../format.ts'
import { type Connection, locationsQuery } from '../queries.ts'
import { tail } from './place-field.tsx'
import { Failure, Loading } from './states.tsx'

type Wanted = Body<'connections.places'>
type Preview = Answer<'connections.preview-places'>

/** `begin` saves at once while nothing can be sent yet; else it opens the preview, which `dialog` draws. */
export function useSavePlaces(connection: Connection, onSaved: (latest: Connection) => void) {
  const [asking, setAsking] = useState<Wanted | null>(null)
  const params = { connectionId: connection.id }
  const save = useMutation({
    mutationFn: (body: Wanted) => api('connections.places', { params, body }),
    onSuccess: (latest) => {
      data.setQueryData(['connection', connection.id], latest)
      for (const key of ['connections', 'orders', 'article', 'articles']) void data.invalidateQueries({ queryKey: [key] })
      setAsking(null)
      onSaved(latest)
    },
  })
  const look = useMutation({ mutationFn: (body: Wanted) => api('connections.preview-places', { params, body }) })
  const begin = (body: Wanted) => {
    save.reset()
    look.reset()
    // An ERP is sent nothing: there is nothing to look at first.
    if (connection.countsFrom === null || connection.role === 'erp') return save.mutate(body)
    look.mutate(body, { onSuccess: () => setAsking(body) })
  }
  const dialog = (
    <PlacesDialog
      connection={connection}
      wanted={asking}
      preview={look.data ?? null}
      onClose={() => setAsking(null)}
      onConfirm={() => asking !== null && save.mutate(asking)}
      busy={save.isPending}
      error={save.error}
    />
  )
  return { begin, dialog, busy: look.isPending || save.isPending, error: asking === null ? (save.error ?? look.error) : null }
}

interface DialogProps {
  connection: Connection
  wanted: Wanted | null
  preview: Preview | null
  onClose: () => void
  onConfirm: () => void
  busy: boolean
  error: Error | null
}

function PlacesDialog({ connection, wanted, preview, onClose, onConfirm, busy, error }: DialogProps) {
  const { t } = useTranslation()
  return (
    <Modal opened={wanted !== null} onClose={onClose} title={t('places-preview.title')} closeButtonProps={{ 'aria-label': t('common.close') }} centered size="lg">
      {wanted !== null && (
        <Stack gap="md">
          {preview === null ? <Loading rows={2} /> : <Meaning connection={connection} preview={preview} />}
          {error !== null && <Failure error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button onClick={onConfirm} loading={busy} disabled={preview === null}>
              {t('places-preview.save')}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}

function Meaning({ connection, preview }: { connection: Connection; preview: Preview }) {
  const { t } = useTranslation()
  const stores = useQuery(locationsQuery).data ?? []
  const nameOf = (locationId: number) => stores.find((store) => store.id === locationId)?.name ?? ''
  const told = preview.stores.filter((store) => store.direction === 'out')
  const zeros = told.reduce((sum, store) => sum + store.toZero, 0)
  const differ = told.reduce((sum, store) => sum + store.differ, 0)
  return (
    <Stack gap="sm">
      {preview.stores.map((store) => (
        <section key={store.locationId} className="answer" aria-label={nameOf(store.locationId)}>
          <Title order={3} size="h4">
            {nameOf(store.locationId)}
          </Title>
          <Text size="sm" c="dimmed">
            {t('places-preview.place', { place: store.name, number: tail(store.placeRef) })}
          </Text>
          <Way connection={connection} store={store} name={nameOf(store.locationId)} />
          {store.takes === null ? store.direction === 'out' && <Counts store={store} /> : <Taken takes={store.takes} />}
        </section>
      ))}
      {preview.ends.map((place) => (
        <section key={place.placeRef} className="answer">
          <Text>{t('places-preview.ends', { place: place.name, number: tail(place.placeRef) })}</Text>
        </section>
      ))}
      {preview.openOrders > 0 && <Text>{t('places-preview.orders', { count: preview.openOrders, shown: pieces(preview.openOrders) })}</Text>}
      {connection.firstSyncedAt === null ? (
        <Alert variant="light" color="gray">
          {t('places-preview.not-yet')}
        </Alert>
      ) : zeros > 0 ? (
        <Alert variant="light" color="orange">
          {t('places-preview.zeros', { count: zeros, shown: pieces(zeros) })}
        </Alert>
      ) : differ > 0 ? (
        <Text size="sm" c="dimmed">
          {t('places-preview.then')}
        </Text>
      ) : null}
    </Stack>
  )
}

/** Which way stock goes from now on, where that is another way than before or isn't the usual one. */
function Way({ connection, store, name }: { connection: Connection; store: Preview['stores'][number]; name: string }) {
  const { t } = useTranslation()
  const { direction, directionBefore } = store
  if (direction === 'out' && directionBefore !== 'in') return null
  return <Text>{t(direction === 'in' ? 'places-preview.takes' : 'places-preview.gives', { shop: connection.name, store: name })}</Text>
}

function Taken({ takes: { same, up, down, first } }: { takes: NonNullable<Preview['stores'][number]['takes']> }) {
  const { t } = useTranslation()
  const rows = { same, 'takes-up': up, 'takes-down': down, 'takes-first': first }
  return (
    <ul className="counts">
      <li className="strong">
        {up + down + first === 0 ? t('places-preview.takes-none') : t('places-preview.takes-change', { count: up + down + first, shown: pieces(up + down + first) })}
      </li>
      {(Object.keys(rows) as (keyof typeof rows)[]).map((row) => rows[row] > 0 && <li key={row}>{t(`places-preview.${row}`, { count: rows[row], shown: pieces(rows[row]) })}</li>)}
    </ul>
  )
}

function Counts({ store }: { store: Preview['stores'][number] }) {
  const { t } = useTranslation()
  if (store.articles + store.unknown === 0) return <Text>{t('places-preview.nothing')}</Text>
  return (
    <ul className="counts">
      <li className="strong">{store.differ === 0 ? t('places-preview.no-change') : t('places-preview.differ', { count: store.differ, shown: pieces(store.differ) })}</li>
      {store.toZero > 0 && <li>{t('places-preview.to-zero', { count: store.toZero, shown: pieces(store.toZero) })}</li>}
      {store.same > 0 && <li>{t('places-preview.same', { count: store.same, shown: pieces(store.same) })}</li>}
      {store.unknown > 0 && <li>{t('places-preview.unknown', { count: store.unknown, shown: pieces(store.unknown) })}</li>}
      {store.blocked > 0 && <li>{t('places-preview.blocked', { count: store.blocked, shown: pieces(store.blocked) })}</li>}
    </ul>
  )
}
