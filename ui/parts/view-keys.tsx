/** A view's own keys. A new one works beside the old, which is revoked when the other system uses the new. */
import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Answer, api } from '../api.ts'
import { data } from '../data.ts'
import type { View } from '../queries.ts'
import { CopyField } from './copy-field.tsx'
import { KeyRow } from './key-row.tsx'
import { Failure } from './states.tsx'
import { addressOfView, ViewDocs, ViewMade } from './view-made.tsx'

export function ViewKeys({ view, now }: { view: View; now: number }) {
  const { t } = useTranslation()
  // Only here, and gone when the page is left.
  const [made, setMade] = useState<Answer<'views.make-key'> | null>(null)
  const make = useMutation({
    mutationFn: () => api('views.make-key', { params: { viewId: view.id }, body: {} }),
    onSuccess: (key) => {
      setMade(key)
      void data.invalidateQueries({ queryKey: ['view', view.id] })
    },
  })
  return (
    <Paper component="section" aria-labelledby="view-keys">
      <Group justify="space-between" mb="sm">
        <Title order={2} id="view-keys">
          {t('view-keys.title')}
        </Title>
        <Button size="xs" variant="default" onClick={() => make.mutate()} loading={make.isPending}>
          {t('keys.new')}
        </Button>
      </Group>
      <Text size="sm" c="dimmed" mb="sm">
        {t('view-keys.text')}
      </Text>
      {make.error && <Failure error={make.error} />}
      {made ? (
        <ViewMade made={{ viewId: view.id, name: made.name, key: made.key }} done={() => setMade(null)} />
      ) : (
        <Stack gap={6} align="stretch">
          <CopyField label={t('views.address')} value={addressOfView(view.id)} quiet />
          <ViewDocs />
        </Stack>
      )}
      <ul className="plain-rows">
        {view.keys.map((key) => (
          <KeyRow key={key.id} of={key} now={now} />
        ))}
      </ul>
    </Paper>
  )
}
