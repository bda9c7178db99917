/** Ändra…: one thing changed for many articles at once. It only says what; the page it leads to shows what would become of each. */
import { Button, Checkbox, Group, Modal, NativeSelect, Radio, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type Body } from '../api.ts'
import { keepBulkChange } from '../bulk-queries.ts'
import { decimalFrom, minorFrom, pieces } from '../format.ts'
import { webshopsQuery } from '../queries.ts'
import { useCompany } from '../session.ts'
import { Failure } from './states.tsx'
import { useVat } from './vat.ts'

type Edit = Body<'bulk.edit'>
const WHATS = ['price', 'raise', 'lower', 'vat', 'tracked', 'archived'] as const
type What = (typeof WHATS)[number] | `box:${number}`
const isWhat = (value: string): value is What => value.startsWith('box:') || WHATS.some((each) => each === value)
const MOST_PERCENT = { raise: 1000, lower: 100 } as const

interface Props {
  opened: boolean
  onClose: () => void
  chosen: number[]
  /** The filter of the list, and how many it finds where that is known. */
  whole: { filter: NonNullable<Edit['filter']>; total: number | null }
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
  const shops = useQuery(webshopsQuery).data ?? []
  const [which, setWhich] = useState(chosen.length > 0 ? 'chosen' : 'whole')
  const [what, setWhat] = useState<What>('price')
  const [value, setValue] = useState('')
  const [wholeUnits, setWholeUnits] = useState(true)
  const change = changeOf(what, value, wholeUnits)
  const make = useMutation({
    mutationFn: (said: Edit['change']) => api('bulk.edit', { body: { ...(which === 'chosen' ? { articleIds: chosen } : { filter: whole.filter }), change: said } }),
    onSuccess: (made) => {
      keepBulkChange(made)
      void navigate({ to: '/articles/changes/$id', params: { id: String(made.id) } })
    },
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (change !== null) make.mutate(change)
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
        <NativeSelect
          label={t('bulk-edit.what')}
          value={what}
          onChange={(event) => {
            if (!isWhat(event.currentTarget.value)) return
            setWhat(event.currentTarget.value)
            setValue('')
          }}
          data={[
            ...WHATS.map((each) => ({ value: each, label: t(`bulk-edit.what-is.${each}`) })),
            ...shops.map((shop) => ({ value: `box:${shop.id}`, label: t('bulk-edit.box', { shop: shop.name }) })),
          ]}
        />
        <Value what={what} value={value} change={setValue} />
        {(what === 'raise' || what === 'lower') && (
          <Checkbox label={t('bulk-edit.whole-units')} checked={wholeUnits} onChange={(event) => setWholeUnits(event.currentTarget.checked)} />
        )}
        {make.error && <Failure error={make.error} />}
        <Text size="sm" c="dimmed">
          {t('bulk-edit.first')}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={make.isPending} disabled={change === null}>
            {t('import-file.preview')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** The field that belongs to what is changed. */
function Value({ what, value, change }: { what: What; value: string; change: (value: string) => void }) {
  const { t } = useTranslation()
  const { currency } = useCompany()
  const vat = useVat()
  if (what === 'price' || what === 'raise' || what === 'lower') {
    const wrong = value.trim() !== '' && changeOf(what, value, false) === null
    return (
      <TextInput
        label={what === 'price' ? t('new-article.price', { currency }) : t('bulk-edit.percent')}
        value={value}
        onChange={(event) => change(event.currentTarget.value)}
        inputMode="decimal"
        maw={220}
        required
        data-autofocus
        {...(wrong ? { error: what === 'price' ? t('new-article.price-wrong') : t('bulk-edit.percent-wrong', { most: pieces(MOST_PERCENT[what]) }) } : {})}
      />
    )
  }
  const options = what === 'vat' ? vat.classes.map((each) => ({ value: each, label: vat.words(each) })) : yesNo(what)
  function yesNo(asked: Exclude<What, 'vat' | 'price' | 'raise' | 'lower'>) {
    const about = asked === 'tracked' || asked === 'archived' ? asked : 'box'
    return [
      { value: 'yes', label: t(`bulk-edit.yes.${about}`) },
      { value: 'no', label: t(`bulk-edit.no.${about}`) },
    ]
  }
  return (
    <Radio.Group label={t('bulk-edit.to')} value={value} onChange={change}>
      <Stack gap="xs" mt="xs">
        {options.map((option) => (
          <Radio key={option.value} {...option} />
        ))}
      </Stack>
    </Radio.Group>
  )
}

/** Null = not said yet, or not sayable. */
function changeOf(what: What, value: string, wholeUnits: boolean): Edit['change'] | null {
  if (value.trim() === '') return null
  switch (what) {
    case 'price': {
      const priceMinor = minorFrom(value)
      return priceMinor === null ? null : { priceMinor }
    }
    case 'raise':
    case 'lower': {
      const percent = decimalFrom(value)
      if (percent === null || percent === 0 || percent > MOST_PERCENT[what]) return null
      return { pricePercent: what === 'raise' ? percent : -percent, wholeUnits }
    }
    case 'vat':
      return { vatClass: value }
    case 'tracked':
      return { stockTracked: value === 'yes' }
    case 'archived':
      return { archived: value === 'yes' }
    default:
      return { boxed: { connectionId: Number(what.slice('box:'.length)), boxed: value === 'yes' } }
  }
}
