/** Ny kund: somebody the shop wants to know by name, before or without an order. */
import { Button, Group, Modal, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { CustomerFields, sentOf } from './customer-fields.tsx'
import { Failure } from './states.tsx'

export function NewCustomer({ opened, close }: { opened: boolean; close: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal opened={opened} onClose={close} title={t('customers.new')} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Form close={close} />
    </Modal>
  )
}

function Form({ close }: { close: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [fields, setFields] = useState({ name: '', email: '', phone: '' })
  const body = sentOf(fields)
  const empty = Object.values(body).every((each) => each === null)
  const make = useMutation({
    mutationFn: () => api('customers.make', { body }),
    onSuccess: (made) => {
      void data.invalidateQueries({ queryKey: ['customers'] })
      close()
      void navigate({ to: '/customers/$id', params: { id: String(made.id) } })
    },
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (!empty) make.mutate()
  }
  return (
    <form onSubmit={send}>
      <Stack gap="md">
        <CustomerFields of={fields} change={setFields} />
        {make.error && <Failure error={make.error} />}
        <Group>
          <Button type="submit" loading={make.isPending} disabled={empty}>
            {t('customers.make')}
          </Button>
          <Button variant="default" onClick={close}>
            {t('common.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
