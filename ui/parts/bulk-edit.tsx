/** Ändra…: what is changed for many articles at once. It only says what; the page it leads to shows what would become of each. */
import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type Body } from '../api.ts'
import { keepBulkChange } from '../bulk-queries.ts'
import { pieces } from '../format.ts'
import { webshopsQuery } from '../queries.ts'
import { BulkEditThing, changeOf, type EditChange, freeBeside, thing } from './bulk-edit-thing.tsx'
import { Icon } from './icons.tsx'
import { Failure } from './states.tsx'

interface Props {
  opened: boolean
  onClose: () => void
  chosen: number[]
  /** The filter of the list, and how many it finds where that is known. */
  whole: { filter: NonNullable<Body<'bulk.edit'>['filter']>; total: number | null }
}

export function BulkEdit({ opened, onClose, chosen, whole }: Props) {
  const { t } = useTranslation()
  return (
    <Modal opened={opened} onClose={onClose} title={t('bulk-edit.title')} size="lg" closeButtonProps={{ 'aria-label': t('common.close') }} centered>
      {opened && <Form onClose={onClose} chosen={chosen} whole={whole} />}
    </Modal>
  )
}

function Form({ onClose, chosen, whole }: Omit<Props, 'opened'>) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const shopIds = useQuery(webshopsQuery).data?.map((shop) => shop.id) ?? []
  const [which, setWhich] = useState(chosen.length > 0 ? 'chosen' : 'whole')
  const [things, setThings] = useState([thing('price')])
  const said = things.map(changeOf)
  const next = freeBeside(things, shopIds)[0]
  const make = useMutation({
    mutationFn: (change: EditChange) => api('bulk.edit', { body: { ...(which === 'chosen' ? { articleIds: chosen } : { filter: whole.filter }), change } }),
    onSuccess: (made) => {
      keepBulkChange(made)
      void navigate({ to: '/articles/changes/$id', params: { id: String(made.id) } })
    },
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (!said.includes(null)) make.mutate(Object.assign({}, ...said))
  }
  const all = whole.total === null ? t('bulk-edit.whole') : t('bulk-edit.whole-n', { count: whole.total, shown: pieces(whole.total) })
  return (
    <form onSubmit={send}>
      <Stack gap="md">
        {chosen.length > 0 ? (
          <Radio.Group label={t('box.which')} value={which} onChange={setWhich}>
            <Stack gap="xs" mt="xs">
              <Radio value="chosen" label={t('bulk-edit.chosen', { count: chosen.length, shown: pieces(chosen.length) })} />
              <Radio value="whole" label={all} />
            </Stack>
          </Radio.Group>
        ) : (
          <Text>{all}</Text>
        )}
        {things.map((it, at) => (
          <BulkEditThing
            // biome-ignore lint/suspicious/noArrayIndexKey: another choice in the same place keeps the focus there.
            key={at}
            it={it}
            free={freeBeside(things.toSpliced(at, 1), shopIds)}
            change={(now) => setThings(things.with(at, now))}
            drop={things.length > 1 ? () => setThings(things.toSpliced(at, 1)) : null}
          />
        ))}
        {next !== undefined && (
          <Button variant="subtle" size="sm" leftSection={<Icon name="plus" size={16} />} onClick={() => setThings([...things, thing(next)])} style={{ alignSelf: 'flex-start' }}>
            {t('bulk-edit.more')}
          </Button>
        )}
        {make.error && <Failure error={make.error} />}
        <Text size="sm" c="dimmed">
          {t('bulk-edit.first')}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={make.isPending} disabled={said.includes(null)}>
            {t('import-file.preview')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
