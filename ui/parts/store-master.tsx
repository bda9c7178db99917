/** Lagerstyring: who keeps the stock of a store, and handing it over or taking it back, behind a dialog that says what happens. */
import { Button, Group, Modal, NativeSelect, Paper, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueries, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { connectionQuery, connectionsQuery, type Location } from '../queries.ts'
import { Failure } from './states.tsx'

interface Wanted {
  id: number
  name: string
  to: 'become' | 'leave'
}

/** Nothing to choose while there is no ERP; a webshop is turned where its place is chosen. */
export function StoreMaster({ store }: { store: Location }) {
  const { t } = useTranslation()
  const heads = useQuery(connectionsQuery)
  const erps = (heads.data ?? []).filter((each) => each.role === 'erp' && each.state !== 'setup')
  const shown = useQueries({ queries: erps.map((each) => connectionQuery(each.id)) }).flatMap((each) => each.data ?? [])
  const [wanted, setWanted] = useState<Wanted | null>(null)
  const turn = useMutation({
    mutationFn: async ({ id, to }: Wanted) => {
      const params = { connectionId: id }
      return to === 'become' ? api('masters.become', { params, body: {} }) : api('masters.leave', { params, body: {} })
    },
    onSuccess: () => {
      setWanted(null)
      notifications.show({ message: t('common.saved'), closeButtonProps: { 'aria-label': t('common.close') } })
      void data.invalidateQueries()
    },
  })
  const { master } = store
  if (master !== null && heads.data?.some((each) => each.id === master.connectionId && each.role === 'webshop'))
    return (
      <Paper>
        <Text>{t('stores.master-shop', { name: master.name })}</Text>
      </Paper>
    )
  if (erps.length === 0) return null
  // An ERP has one place: it can have the store that was chosen in its guide, and no other.
  const able = shown.filter((each) => each.places.some((place) => place.locationId === store.id))
  const unable = shown.filter((each) => !able.includes(each))
  const options = [{ value: '', label: t('stores.master-own') }, ...able.map((each) => ({ value: String(each.id), label: each.name }))]
  const choose = (value: string) => {
    turn.reset()
    const chosen = able.find((each) => String(each.id) === value)
    if (chosen !== undefined) setWanted({ id: chosen.id, name: chosen.name, to: 'become' })
    else if (master !== null) setWanted({ id: master.connectionId, name: master.name, to: 'leave' })
  }
  return (
    <Paper>
      <Stack gap="sm">
        <NativeSelect
          label={t('stores.master')}
          description={t('stores.master-why')}
          value={master === null ? '' : String(master.connectionId)}
          onChange={(event) => choose(event.currentTarget.value)}
          data={options}
        />
        {unable.map((each) => (
          <Link key={each.id} to="/webshops/$id/guide" params={{ id: String(each.id) }} search={{ step: 'store' }} className="link">
            {t('stores.master-guide', { name: each.name })}
          </Link>
        ))}
      </Stack>
      <Modal
        opened={wanted !== null}
        onClose={() => setWanted(null)}
        title={wanted === null ? '' : wanted.to === 'leave' ? t('stores.master-leave') : t('stores.master-become', { name: wanted.name })}
        centered
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {wanted !== null && (
          <Stack gap="md">
            <Text>{t(wanted.to === 'leave' ? 'stores.master-leave-text' : 'stores.master-become-text', { name: wanted.name, store: store.name })}</Text>
            {turn.error && <Failure error={turn.error} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={() => setWanted(null)}>
                {t('common.cancel')}
              </Button>
              <Button onClick={() => turn.mutate(wanted)} loading={turn.isPending} data-autofocus>
                {t('stores.master-do')}
              </Button>
            </Group>
          </Stack>
        )}
      </Modal>
    </Paper>
  )
}
