/** Exportera and Radera personuppgifter: what a person may ask of the shop. */
import { Button, Group, Modal, Paper, Stack, Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { download } from '../csv.ts'
import { data } from '../data.ts'
import type { Customer } from '../queries.ts'
import { nameOfCustomer } from './customer-name.ts'
import { Failure } from './states.tsx'

export function CustomerRights({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  const save = useMutation({
    mutationFn: () => api('customers.export', { params: { customerId: customer.id } }),
    onSuccess: (all) => download(`${t('customer.file')}-${customer.id}.json`, `${JSON.stringify(all, null, 2)}\n`, 'application/json'),
  })
  return (
    <Paper component="section" aria-labelledby="rights">
      <Title order={2} id="rights" mb="sm">
        {t('customer.rights')}
      </Title>
      <Text c="dimmed" mb="md">
        {t('customer.rights-text')}
      </Text>
      {save.error && <Failure error={save.error} />}
      <Group>
        <Button variant="default" onClick={() => save.mutate()} loading={save.isPending}>
          {t('customer.export')}
        </Button>
        <Button variant="default" onClick={() => setOpened(true)}>
          {t('customer.erase')}
        </Button>
      </Group>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={t('customer.erase-title', { name: nameOfCustomer(customer, t) })}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <Erase customer={customer} close={() => setOpened(false)} />
      </Modal>
    </Paper>
  )
}

function Erase({ customer, close }: { customer: Customer; close: () => void }) {
  const { t } = useTranslation()
  const erase = useMutation({
    mutationFn: () => api('customers.erase', { params: { customerId: customer.id }, body: {} }),
    onSuccess: (gone) => {
      // Nothing of the person stays in the browser either.
      data.removeQueries({ queryKey: ['customers'] })
      data.removeQueries({ queryKey: ['orders'] })
      data.removeQueries({ queryKey: ['order'] })
      close()
      data.setQueryData(['customer', customer.id], gone)
    },
  })
  return (
    <Stack gap="md">
      <Text>{t('customer.erase-text')}</Text>
      {customer.openOrders > 0 && <Text>{t('customer.erase-open', { count: customer.openOrders })}</Text>}
      {erase.error && <Failure error={erase.error} />}
      <Group>
        <Button color="red" onClick={() => erase.mutate()} loading={erase.isPending}>
          {t('customer.erase-sure')}
        </Button>
        <Button variant="default" onClick={close} data-autofocus>
          {t('common.cancel')}
        </Button>
      </Group>
    </Stack>
  )
}
