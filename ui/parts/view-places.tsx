/** Of which stores a view hears the stock: all, those made later too, or the ones that are ticked. */
import { Checkbox, Radio, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { locationsQuery } from '../queries.ts'

/** Null = all. Where there is one store there is nothing to choose. */
export function ViewPlaces({ chosen, change }: { chosen: number[] | null; change: (next: number[] | null) => void }) {
  const { t } = useTranslation()
  const stores = useQuery(locationsQuery)
  if ((stores.data?.length ?? 0) < 2 && chosen === null) return null
  return (
    <Stack gap={8}>
      <Radio.Group
        label={t('views.places')}
        description={t('views.places-why')}
        value={chosen === null ? 'all' : 'some'}
        onChange={(value) => change(value === 'all' ? null : (stores.data ?? []).map(({ id }) => id))}
      >
        <Stack gap={8} mt={8}>
          <Radio value="all" label={t('views.places-all')} />
          <Radio value="some" label={t('views.places-some')} />
        </Stack>
      </Radio.Group>
      {chosen !== null && (
        <Checkbox.Group
          aria-label={t('views.places-some')}
          value={chosen.map(String)}
          onChange={(next) => change(next.map(Number))}
          error={chosen.length === 0 ? t('views.places-none') : undefined}
        >
          <Stack gap={8} ml="xl">
            {stores.data?.map(({ id, name }) => (
              <Checkbox key={id} value={String(id)} label={name} />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
    </Stack>
  )
}
