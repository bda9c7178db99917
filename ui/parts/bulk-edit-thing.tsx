/** One thing that is changed of many articles: what, and to what. */
import { ActionIcon, Checkbox, Group, NativeSelect, Radio, Stack, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Body } from '../api.ts'
import { decimalFrom, minorFrom, pieces } from '../format.ts'
import { webshopsQuery } from '../queries.ts'
import { useCompany } from '../session.ts'
import { Icon } from './icons.tsx'
import { useVat } from './vat.ts'

export type EditChange = Body<'bulk.edit'>['change']
const WHATS = ['price', 'raise', 'lower', 'vat', 'tracked', 'archived'] as const
type What = (typeof WHATS)[number] | `box:${number}`
const isWhat = (value: string): value is What => value.startsWith('box:') || WHATS.some((each) => each === value)
const MOST_PERCENT = { raise: 1000, lower: 100 } as const

export interface Thing {
  what: What
  value: string
  /** Of a price by percent. */
  wholeUnits: boolean
}
export const thing = (what: What): Thing => ({ what, value: '', wholeUnits: true })

/** A price is changed in one way, and the box of one webshop, in one go. */
const kindOf = (what: What): string => (what === 'raise' || what === 'lower' ? 'price' : what.startsWith('box:') ? 'box' : what)
/** What is still free to be changed beside these. */
export const freeBeside = (others: readonly Thing[], shopIds: readonly number[]): What[] =>
  [...WHATS, ...shopIds.map((id): What => `box:${id}`)].filter((what) => !others.some((other) => kindOf(other.what) === kindOf(what)))

interface Props {
  it: Thing
  /** What it may be. */
  free: readonly What[]
  change: (it: Thing) => void
  /** Null = it is the only one. */
  drop: (() => void) | null
}

export function BulkEditThing({ it, free, change, drop }: Props) {
  const { t } = useTranslation()
  const shops = useQuery(webshopsQuery).data ?? []
  const words = (what: What) =>
    what.startsWith('box:') ? t('bulk-edit.box', { shop: shops.find((shop) => `box:${shop.id}` === what)?.name ?? '' }) : t(`bulk-edit.what-is.${what as (typeof WHATS)[number]}`)
  return (
    <Stack gap="sm">
      <Group align="flex-end" wrap="nowrap" gap="xs">
        <NativeSelect
          label={t('bulk-edit.what')}
          value={it.what}
          onChange={(event) => {
            const what = event.currentTarget.value
            if (isWhat(what)) change(thing(what))
          }}
          data={free.map((what) => ({ value: what, label: words(what) }))}
          flex={1}
        />
        {drop && (
          <ActionIcon variant="subtle" size="xl" onClick={drop} aria-label={t('bulk-edit.drop', { what: words(it.what) })}>
            <Icon name="cross" size={18} />
          </ActionIcon>
        )}
      </Group>
      <Value what={it.what} value={it.value} change={(value) => change({ ...it, value })} />
      {(it.what === 'raise' || it.what === 'lower') && (
        <Checkbox label={t('bulk-edit.whole-units')} checked={it.wholeUnits} onChange={(event) => change({ ...it, wholeUnits: event.currentTarget.checked })} />
      )}
    </Stack>
  )
}

/** The field that belongs to what is changed. */
function Value({ what, value, change }: { what: What; value: string; change: (value: string) => void }) {
  const { t } = useTranslation()
  const { currency } = useCompany()
  const vat = useVat()
  if (what === 'price' || what === 'raise' || what === 'lower') {
    const wrong = value.trim() !== '' && changeOf({ what, value, wholeUnits: false }) === null
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
export function changeOf({ what, value, wholeUnits }: Thing): EditChange | null {
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
