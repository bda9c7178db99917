/** The settings of the products a webshop is told of: what goes, its price, its pictures, where it is shown, and when. */
import { Checkbox, Fieldset, NativeSelect, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type Catalogue, type Connection, locationsQuery } from '../queries.ts'
import { CatalogueChannels } from './catalogue-channels.tsx'
import { CataloguePlaces } from './catalogue-places.tsx'

/** What a person may change. */
export type Changes = Partial<Omit<Catalogue, 'waiting' | 'rejected' | 'run' | 'nextRunAt'>>

interface Props {
  connection: Connection
  catalogue: Catalogue
  change: (more: Changes) => void
}
const HOURS = [1, 3, 6, 12, 24] as const
const VENDORS = ['product', 'location'] as const

export function CatalogueFields({ connection, catalogue, change }: Props) {
  const { t } = useTranslation()
  return (
    <Stack gap="lg">
      <Part name={t('catalogue.part.what')}>
        <Box on={catalogue.products} name="products" change={(products) => change({ products })} />
        <Box on={catalogue.descriptions} name="descriptions" change={(descriptions) => change({ descriptions })} />
        <Box on={catalogue.boxes} name="boxes" change={(boxes) => change({ boxes })} />
      </Part>
      <Part name={t('catalogue.part.price')}>
        <PricesFrom catalogue={catalogue} change={change} />
        <YesNo on={catalogue.priceWhenChanged} name="price-when-changed" change={(priceWhenChanged) => change({ priceWhenChanged })} />
      </Part>
      <Part name={t('catalogue.part.stock')}>
        <Box on={catalogue.stock} name="stock" change={(stock) => change({ stock })} />
        <CataloguePlaces connection={connection} />
      </Part>
      <Part name={t('catalogue.part.images')}>
        <YesNo on={catalogue.overwriteImages} name="overwrite-images" change={(overwriteImages) => change({ overwriteImages })} />
      </Part>
      <Part name={t('catalogue.part.shown')}>
        <NativeSelect
          label={t('catalogue.vendor.name')}
          description={t('catalogue.vendor.why')}
          value={catalogue.vendorFrom}
          onChange={(event) => change({ vendorFrom: VENDORS.find((each) => each === event.currentTarget.value) ?? 'product' })}
          data={VENDORS.map((each) => ({ value: each, label: t(`catalogue.vendor.${each}`) }))}
        />
        <CatalogueChannels connection={connection} chosen={catalogue.channels} change={(channels) => change({ channels })} />
      </Part>
      <Part name={t('catalogue.part.when')}>
        <Box on={catalogue.live} name="live" change={(live) => change({ live })} />
        <NativeSelect
          label={t('catalogue.every.name')}
          description={t('catalogue.every.why')}
          value={String(catalogue.everyHours ?? '')}
          onChange={(event) => change({ everyHours: HOURS.find((each) => String(each) === event.currentTarget.value) ?? null })}
          data={[...HOURS.map((each) => ({ value: String(each), label: t('catalogue.every.hours', { count: each }) })), { value: '', label: t('catalogue.every.never') }]}
        />
      </Part>
    </Stack>
  )
}

function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Fieldset legend={name} variant="unstyled" className="under catalogue-part">
      <Stack gap="md">{children}</Stack>
    </Fieldset>
  )
}

function Box({ on, name, change }: { on: boolean; name: 'products' | 'descriptions' | 'boxes' | 'stock' | 'live'; change: (on: boolean) => void }) {
  const { t } = useTranslation()
  return <Checkbox label={t(`catalogue.${name}.name`)} description={t(`catalogue.${name}.why`)} checked={on} onChange={(event) => change(event.currentTarget.checked)} />
}

/** A question the guide answers with Ja or Nei; below it stands what the answer means. */
function YesNo({ on, name, change }: { on: boolean; name: 'price-when-changed' | 'overwrite-images'; change: (on: boolean) => void }) {
  const { t } = useTranslation()
  return (
    <NativeSelect
      label={t(`catalogue.${name}.name`)}
      description={t(on ? `catalogue.${name}.yes` : `catalogue.${name}.no`)}
      value={on ? 'yes' : 'no'}
      onChange={(event) => change(event.currentTarget.value === 'yes')}
      data={[
        { value: 'yes', label: t('catalogue.yes') },
        { value: 'no', label: t('catalogue.no') },
      ]}
    />
  )
}

function PricesFrom({ catalogue, change }: Pick<Props, 'catalogue' | 'change'>) {
  const { t } = useTranslation()
  const stores = useQuery(locationsQuery).data ?? []
  return (
    <NativeSelect
      label={t('catalogue.price-from.name')}
      description={t('catalogue.price-from.why')}
      value={String(catalogue.priceLocationId ?? '')}
      onChange={(event) => change({ priceLocationId: Number(event.currentTarget.value) || null })}
      data={[{ value: '', label: t('catalogue.price-from.own') }, ...stores.map((store) => ({ value: String(store.id), label: store.name }))]}
    />
  )
}
