/** Open orders that ship from a place of the shop that belongs to no store: they are in nobody's stock, and that is said. */
import { Alert, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { pieces } from '../format.ts'
import type { Connection } from '../queries.ts'
import { Icon } from './icons.tsx'
import { LinkButton } from './link-button.tsx'

export function OrdersElsewhere({ connection }: { connection: Connection }) {
  const { t } = useTranslation()
  const count = connection.ordersElsewhere
  if (count === 0) return null
  return (
    <Alert color="orange" variant="light" icon={<Icon name="alert" />} title={t('elsewhere.title', { count, shown: pieces(count) })} mb="md" role="status">
      <p className="flat">{t('elsewhere.text')}</p>
      <Group mt="sm">
        <LinkButton to="/webshops/$id/guide" params={{ id: String(connection.id) }} search={{ step: 'places' }} size="sm" variant="default">
          {t('elsewhere.choose')}
        </LinkButton>
        <LinkButton to="/orders" search={{ state: 'exception', shop: connection.id }} size="sm" variant="default">
          {t('elsewhere.orders')}
        </LinkButton>
      </Group>
    </Alert>
  )
}
