/** Butiker: the places that hold stock, and which place of each webshop belongs to each (Webshop butiksid). */
import { Button, Group, Paper, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueries, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { Icon } from '../parts/icons.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { tail } from '../parts/place-field.tsx'
import { Empty, Failure, Loading } from '../parts/states.tsx'
import { connectionQuery, type Location, locationsQuery, webshopsQuery } from '../queries.ts'

export function Stores() {
  const { t } = useTranslation()
  const locations = useQuery(locationsQuery)
  const [name, setName] = useState('')
  const make = useMutation({
    mutationFn: () => api('locations.make', { body: { name } }),
    onSuccess: () => {
      setName('')
      void data.invalidateQueries({ queryKey: ['locations'] })
    },
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    make.mutate()
  }
  return (
    <div className="middle">
      <PageHead title={t('stores.title')} text={t('stores.text')} />
      <Stack gap="md">
        {locations.isPending ? (
          <Loading rows={2} />
        ) : locations.error ? (
          <Failure error={locations.error} retry={() => void locations.refetch()} />
        ) : locations.data.length === 0 ? (
          <Empty icon="store" title={t('stores.none')} />
        ) : (
          locations.data.map((location) => <Store key={location.id} location={location} />)
        )}
        <Paper>
          <form onSubmit={send}>
            <Group gap="sm" align="flex-end">
              <TextInput label={t('stores.new')} value={name} onChange={(event) => setName(event.currentTarget.value)} required maxLength={100} className="grow" />
              <Button type="submit" variant="default" loading={make.isPending}>
                {t('stores.make')}
              </Button>
            </Group>
          </form>
          {make.error && <Failure error={make.error} />}
        </Paper>
      </Stack>
    </div>
  )
}

function Store({ location }: { location: Location }) {
  const { t } = useTranslation()
  const heads = useQuery(webshopsQuery)
  const shops = useQueries({ queries: (heads.data ?? []).map((shop) => connectionQuery(shop.id)) })
  return (
    <Link to="/stores/$id" params={{ id: String(location.id) }} className="shop-card">
      <Group justify="space-between" wrap="nowrap">
        <div>
          <span className="shop-name">{location.name}</span>
          {shops.map((shop) => {
            if (!shop.data) return null
            const place = shop.data.places.find((each) => each.locationId === location.id)
            return (
              <span key={shop.data.id} className="row-sub block">
                {t('stores.place', { shop: shop.data.name })}{' '}
                {place ? (
                  <>
                    <span className="mono">{tail(place.placeRef)}</span> ({place.name})
                  </>
                ) : (
                  t('stores.no-place')
                )}
              </span>
            )
          })}
        </div>
        <Icon name="next" size={18} />
      </Group>
    </Link>
  )
}
