/** Ny synkvy: what it hears of and what it may hand in. Its key is shown once, by the page. */
import { Button, Checkbox, Group, Modal, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Answer, api, type Body } from '../api.ts'
import { data } from '../data.ts'
import { viewsQuery } from '../queries.ts'
import { Failure } from './states.tsx'
import { isWhole, TICKED, ViewFields, type ViewFieldsOf } from './view-fields.tsx'

type Write = NonNullable<Body<'views.make'>['writes']>[number]
const WRITES = ['orders:write', 'customers:write', 'articles:write', 'stock:write'] as const satisfies Write[]

export function NewView({ opened, close, onMade }: { opened: boolean; close: () => void; onMade: (made: Answer<'views.make'>) => void }) {
  const { t } = useTranslation()
  return (
    <Modal opened={opened} onClose={close} title={t('views.new')} size="lg" closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Form close={close} onMade={onMade} />
    </Modal>
  )
}

function Form({ close, onMade }: { close: () => void; onMade: (made: Answer<'views.make'>) => void }) {
  const { t } = useTranslation()
  const [fields, setFields] = useState<ViewFieldsOf>({ name: '', entities: TICKED, locations: null, joinsProducts: null, joinsOrders: true, byNumber: false })
  const [writes, setWrites] = useState<string[]>(['orders:write'])
  const make = useMutation({
    mutationFn: () => api('views.make', { body: { ...fields, writes: WRITES.filter((each) => writes.includes(each)) } }),
    onSuccess: (made) => {
      void data.invalidateQueries({ queryKey: viewsQuery.queryKey })
      close()
      onMade(made)
    },
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (isWhole(fields)) make.mutate()
  }
  return (
    <form onSubmit={send}>
      <Stack gap="md">
        <ViewFields of={fields} change={setFields} undecided />
        <Checkbox.Group label={t('views.writes')} value={writes} onChange={setWrites}>
          <Stack gap={8} mt={8}>
            <Checkbox value="orders:write" label={t('views.writes-orders')} />
            <Checkbox value="customers:write" label={t('views.writes-customers')} />
            <Checkbox value="articles:write" label={t('views.writes-articles')} />
            <Checkbox value="stock:write" label={t('views.writes-stock')} />
          </Stack>
        </Checkbox.Group>
        {make.error && <Failure error={make.error} />}
        <Group>
          <Button type="submit" loading={make.isPending} disabled={!isWhole(fields)}>
            {t('views.make')}
          </Button>
          <Button variant="default" onClick={close}>
            {t('common.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
