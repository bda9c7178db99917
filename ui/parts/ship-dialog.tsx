/** "Markera som levererad": which pieces have left, and from which store. All that is open stands filled in. */
import { Button, Group, Modal, NumberInput, Select, Stack } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { locationsQuery, type Order } from '../queries.ts'
import { Failure } from './states.tsx'
import { useFocusBack } from './use-focus-back.ts'

export function ShipDialog({ order, close }: { order: Order; close: () => void }) {
  const { t } = useTranslation()
  useFocusBack()
  return (
    <Modal opened onClose={close} title={t('shipping.ship')} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Form order={order} close={close} />
    </Modal>
  )
}

/** The store most of it waits in. */
const storeOf = (order: Order): number | null => order.lines.flatMap((line) => line.at).find((each) => each.what === 'open' && each.locationId !== null)?.locationId ?? null

function Form({ order, close }: { order: Order; close: () => void }) {
  const { t } = useTranslation()
  const locations = useQuery(locationsQuery)
  const open = order.lines.filter((line) => line.open > 0)
  // One name for this shipment, however often it is sent.
  const [ref] = useState(() => crypto.randomUUID())
  const [locationId, setLocationId] = useState(storeOf(order))
  const [quantities, setQuantities] = useState<Record<string, number>>(() => Object.fromEntries(open.map((line) => [line.lineRef, line.open])))
  const lines = open.flatMap(({ lineRef }) => (quantities[lineRef] ? [{ lineRef, quantity: quantities[lineRef] }] : []))
  const ship = useMutation({
    mutationFn: () => api('orders.ship', { params: { orderId: order.id }, body: { ref, locationId: locationId ?? 0, lines } }),
    onSuccess: () => {
      void data.invalidateQueries()
      close()
    },
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (locationId !== null && lines.length > 0) ship.mutate()
  }
  return (
    <form onSubmit={send}>
      <Stack gap="md">
        <Select
          label={t('shipping.store')}
          data={(locations.data ?? []).map((each) => ({ value: String(each.id), label: each.name }))}
          value={locationId === null ? null : String(locationId)}
          onChange={(value) => setLocationId(value === null ? null : Number(value))}
          allowDeselect={false}
        />
        {open.map((line) => (
          <NumberInput
            key={line.lineRef}
            label={line.title}
            description={t('shipping.left', { count: line.open })}
            value={quantities[line.lineRef] ?? 0}
            onChange={(value) => setQuantities({ ...quantities, [line.lineRef]: Math.trunc(Number(value)) || 0 })}
            min={0}
            max={line.open}
            allowDecimal={false}
          />
        ))}
        {ship.error && <Failure error={ship.error} />}
        <Group>
          <Button type="submit" loading={ship.isPending} disabled={locationId === null || lines.length === 0}>
            {t('shipping.ship')}
          </Button>
          <Button variant="default" onClick={close}>
            {t('common.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
