/** What a view is: its name, what it hears of, whether new products join by themselves. The same fields for a new one and a standing one. */
import { Checkbox, NativeSelect, Stack, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Body } from '../api.ts'
import { ViewPlaces } from './view-places.tsx'

type Entity = NonNullable<Body<'views.make'>['entities']>[number]
export interface ViewFieldsOf {
  name: string
  entities: Entity[]
  /** Of which stores it hears the stock; null = all. */
  locations: number[] | null
  /** Null = the first resend decides. */
  joinsProducts: boolean | null
  joinsOrders: boolean
  byNumber: boolean
}
const HEARD = ['product', 'article', 'price', 'stock', 'image', 'order', 'customer', 'invoice'] as const satisfies Entity[]
/** Ticked for a new one: who the customers are, and what they were billed, is told only to a system that needs it. */
export const TICKED: Entity[] = HEARD.filter((each) => each !== 'customer' && each !== 'invoice')
/** Nothing is left to choose. */
export const isWhole = ({ entities, locations }: ViewFieldsOf): boolean => entities.length > 0 && locations?.length !== 0

export function ViewFields({
  of: fields,
  change,
  undecided,
}: {
  of: ViewFieldsOf
  change: (next: ViewFieldsOf) => void /** Nobody has said yet whether new products join. */
  undecided: boolean
}) {
  const { t } = useTranslation()
  const joins = ['yes', 'no', ...(undecided ? (['first'] as const) : [])] as const
  return (
    <Stack gap="md">
      <TextInput
        label={t('views.name')}
        description={t('views.name-why')}
        value={fields.name}
        onChange={(event) => change({ ...fields, name: event.currentTarget.value })}
        required
        withAsterisk={false}
        maxLength={100}
        data-autofocus
      />
      <Checkbox.Group
        label={t('views.hears')}
        description={t('views.hears-why')}
        value={fields.entities}
        onChange={(chosen) => change({ ...fields, entities: HEARD.filter((each) => chosen.includes(each)) })}
        error={fields.entities.length > 0 ? undefined : t('views.hears-none')}
      >
        <Stack gap={8} mt={8}>
          {HEARD.map((each) => (
            <Checkbox key={each} value={each} label={t(`views.entity.${each}`)} />
          ))}
        </Stack>
      </Checkbox.Group>
      {fields.entities.includes('stock') && <ViewPlaces chosen={fields.locations} change={(locations) => change({ ...fields, locations })} />}
      <NativeSelect
        label={t('views.joins')}
        description={fields.joinsProducts === null ? t('views.joins-why') : undefined}
        value={fields.joinsProducts === null ? 'first' : fields.joinsProducts ? 'yes' : 'no'}
        onChange={(event) => change({ ...fields, joinsProducts: event.currentTarget.value === 'first' ? null : event.currentTarget.value === 'yes' })}
        data={joins.map((value) => ({ value, label: t(`views.joins-${value}`) }))}
      />
      <Checkbox label={t('views.joins-orders')} checked={fields.joinsOrders} onChange={(event) => change({ ...fields, joinsOrders: event.currentTarget.checked })} />
      <Checkbox
        label={t('views.by-number')}
        description={t('views.by-number-why')}
        checked={fields.byNumber}
        onChange={(event) => change({ ...fields, byNumber: event.currentTarget.checked })}
      />
    </Stack>
  )
}
