/** Which of our stores has which of the webshop's places, with an arrow that says which way the stock goes. */
import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type Connection, connectorsQuery, locationsQuery } from '../queries.ts'

export function CataloguePlaces({ connection }: { connection: Connection }) {
  const { t } = useTranslation()
  const stores = useQuery(locationsQuery).data ?? []
  const guide = useQuery(connectorsQuery).data?.find((each) => each.code === connection.code)?.guide
  const step = guide?.find((each) => each.button === 'map-places')?.code
  return (
    <div>
      <Text className="strong">{t('catalogue.places.name')}</Text>
      <Text size="sm" c="dimmed">
        {t('catalogue.places.why')}
      </Text>
      {connection.places.length === 0 ? (
        <Text mt="xs">{t('catalogue.places.none')}</Text>
      ) : (
        <ul className="place-arrows">
          {connection.places.map((place) => {
            const inward = place.direction === 'in'
            return (
              <li key={place.locationId}>
                <span className="strong">{stores.find((each) => each.id === place.locationId)?.name}</span>
                <span aria-hidden="true">{inward ? '←' : '→'}</span>
                <span className="strong">{place.name}</span>
                <span className="row-sub">{t(inward ? 'catalogue.places.in' : 'catalogue.places.out', { shop: connection.name, place: place.name })}</span>
              </li>
            )
          })}
        </ul>
      )}
      <Link to="/webshops/$id/guide" params={{ id: String(connection.id) }} search={step === undefined ? {} : { step }} className="link small">
        {t('catalogue.places.change')}
      </Link>
    </div>
  )
}
