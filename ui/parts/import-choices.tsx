/** What is to be done with what was previewed, and the one press that does it. */
import { Button, Checkbox, Paper, Radio, Stack, Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { pieces } from '../format.ts'
import { type Connection, importQuery, type ShopImportShown } from '../queries.ts'
import { Failure } from './states.tsx'

type Choices = NonNullable<ShopImportShown['choices']>

export function ImportChoices({ connection, standing }: { connection: Connection; standing: ShopImportShown }) {
  const { t } = useTranslation()
  const [choices, choose] = useState<Choices>({ makes: true, images: true, prices: true, stock: true, boxes: true })
  const start = useMutation({
    mutationFn: () => api('imports.start', { params: { connectionId: connection.id }, body: { ...choices, stock: choices.stock && choices.boxes } }),
    onSuccess: (page) => data.setQueryData(importQuery(connection.id).queryKey, page),
  })
  const change = (name: keyof Choices) => (event: { currentTarget: { checked: boolean } }) => choose({ ...choices, [name]: event.currentTarget.checked })
  return (
    <Paper component="section" aria-labelledby="import-how">
      <Title order={2} id="import-how" size="h3" mb="xs">
        {t('import.how')}
      </Title>
      <Stack gap="md">
        <Radio.Group value={choices.makes ? 'yes' : 'no'} onChange={(value) => choose({ ...choices, makes: value === 'yes' })} aria-labelledby="import-how">
          <Stack gap="xs">
            <Radio value="yes" label={t('import.makes.yes')} />
            <Radio value="no" label={t('import.makes.no')} />
          </Stack>
        </Radio.Group>
        {choices.makes && (
          <>
            <Checkbox
              label={t('import.images.name')}
              description={t('import.images.why', { shown: pieces(standing.images) })}
              checked={choices.images}
              onChange={change('images')}
            />
            <Checkbox label={t('import.prices.name')} description={t('import.prices.why')} checked={choices.prices} onChange={change('prices')} />
          </>
        )}
        <Checkbox label={t('import.boxes.name')} description={t('import.boxes.why')} checked={choices.boxes} onChange={change('boxes')} />
        <Checkbox
          label={t('import.stock.name')}
          description={choices.boxes ? t('import.stock.why') : t('import.stock.needs-boxes')}
          checked={choices.stock && choices.boxes}
          disabled={!choices.boxes}
          onChange={change('stock')}
        />
        <Text size="sm">{t('import.once')}</Text>
        <div>
          <Button onClick={() => start.mutate()} loading={start.isPending} disabled={connection.state !== 'active'}>
            {t('import.start')}
          </Button>
        </div>
        {start.error && <Failure error={start.error} />}
      </Stack>
    </Paper>
  )
}
