/** One store: its name, and which place of each webshop is the same store (Webshop butiksid). */
import { Button, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueries, useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { LinkButton } from '../parts/link-button.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { PlaceDirection } from '../parts/place-direction.tsx'
import { PlaceField } from '../parts/place-field.tsx'
import { blamedStore, usePlaces } from '../parts/places.tsx'
import { reasonWords } from '../parts/reason.ts'
import { useSavePlaces } from '../parts/save-places.tsx'
import { Empty, Failure, Loading } from '../parts/states.tsx'
import { StoreMaster } from '../parts/store-master.tsx'
import { problemOf } from '../problem.ts'
import { type Connection, connectionQuery, type Location, locationsQuery, webshopsQuery } from '../queries.ts'

export function StorePage() {
  const { t } = useTranslation()
  const { id } = useParams({ from: '/inside/stores/$id' })
  const locations = useQuery(locationsQuery)
  const store = locations.data?.find((each) => each.id === Number(id))
  const back = { words: t('stores.title'), link: { to: '/stores' } } as const
  return (
    <div className="middle">
      <PageHead title={store?.name ?? t('stores.one')} back={back} />
      {locations.isPending ? (
        <Loading rows={3} />
      ) : locations.error ? (
        <Failure error={locations.error} retry={() => void locations.refetch()} />
      ) : store === undefined ? (
        <Empty icon="store" title={t('stores.not-here')} />
      ) : (
        <Stack gap="md">
          <Name key={store.id} store={store} />
          <StoreMaster store={store} />
          <Shops store={store} />
        </Stack>
      )}
    </div>
  )
}

function Name({ store }: { store: Location }) {
  const { t } = useTranslation()
  const [name, setName] = useState(store.name)
  const save = useMutation({
    mutationFn: () => api('locations.change', { params: { locationId: store.id }, body: { name } }),
    onSuccess: () => void data.invalidateQueries({ queryKey: ['locations'] }),
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <Paper>
      <form onSubmit={send}>
        <Group gap="sm" align="flex-end">
          <TextInput label={t('stores.name')} value={name} onChange={(event) => setName(event.currentTarget.value)} required maxLength={100} className="grow" />
          {name !== store.name && (
            <Button type="submit" loading={save.isPending}>
              {t('common.save')}
            </Button>
          )}
        </Group>
      </form>
      {save.error && <Failure error={save.error} />}
    </Paper>
  )
}

function Shops({ store }: { store: Location }) {
  const { t } = useTranslation()
  const heads = useQuery(webshopsQuery)
  const shops = useQueries({ queries: (heads.data ?? []).map((shop) => connectionQuery(shop.id)) })
  if (heads.isPending) return <Loading rows={2} />
  if (heads.error) return <Failure error={heads.error} retry={() => void heads.refetch()} />
  if (heads.data.length === 0)
    return (
      <Empty
        icon="webshop"
        title={t('stores.no-shops')}
        action={
          <LinkButton to="/webshops" variant="default">
            {t('stores.to-shops')}
          </LinkButton>
        }
      >
        {t('stores.no-shops-text')}
      </Empty>
    )
  return shops.map((shop, n) =>
    shop.data ? (
      <Shop key={shop.data.id} store={store} connection={shop.data} />
    ) : shop.error ? (
      <Failure key={heads.data[n]?.id} error={shop.error} retry={() => void shop.refetch()} />
    ) : (
      <Loading key={heads.data[n]?.id} rows={2} />
    ),
  )
}

function Shop({ store, connection }: { store: Location; connection: Connection }) {
  const { t, i18n } = useTranslation()
  const places = usePlaces(connection)
  const saving = useSavePlaces(connection, () => {
    places.saved()
    notifications.show({ message: t('common.saved'), closeButtonProps: { 'aria-label': t('common.close') } })
  })
  const problem = saving.error ? problemOf(saving.error) : null
  const blamed = problem !== null && blamedStore(problem, places.chosen) === store.id
  const guide = { to: '/webshops/$id/guide', params: { id: String(connection.id) } } as const
  const before = connection.places.find((place) => place.locationId === store.id)
  const same = places.placeOf(store.id) === (before?.placeRef ?? '') && places.directionOf(store.id) === (before?.direction ?? 'out')
  const send = (event: FormEvent) => {
    event.preventDefault()
    // The box is ticked in the guide, where all stores stand side by side.
    saving.begin({ places: places.chosen })
  }
  return (
    <Paper>
      <Title order={2} size="h3" mb="sm">
        {t('stores.shop', { shop: connection.name })}
      </Title>
      {connection.health === null ? (
        <Stack gap="sm" align="flex-start">
          <Text>{t('stores.first-guide')}</Text>
          <LinkButton {...guide} variant="default">
            {t('stores.to-guide')}
          </LinkButton>
        </Stack>
      ) : (
        <form onSubmit={send}>
          <Stack gap="md">
            <PlaceField
              label={t('stores.field')}
              connection={connection}
              value={places.placeOf(store.id)}
              onChange={(ref) => places.pick(store.id, ref)}
              ownerOf={(ref) => places.ownerOf(ref, store.id)}
              error={blamed && problem ? reasonWords(i18n, problem) : null}
            />
            {places.placeOf(store.id) !== '' && (
              <PlaceDirection connection={connection} store={store.name} value={places.directionOf(store.id)} onChange={(way) => places.turn(store.id, way)} />
            )}
            {problem !== null && !blamed && <Failure error={saving.error} />}
            <Group>
              <Button type="submit" loading={saving.busy} disabled={same}>
                {t('common.save')}
              </Button>
              <Link {...guide} search={{ step: 'places' }} className="link">
                {t('stores.all-places')}
              </Link>
            </Group>
          </Stack>
        </form>
      )}
      {saving.dialog}
    </Paper>
  )
}
