/** After a restore: what is missing since when, who has to send it again, and the press that says that nothing is missing any more. */
import { Alert, Button, Group, List, Modal, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { moment } from '../format.ts'
import { restoreQuery } from '../queries.ts'
import { useCompany } from '../session.ts'
import { Icon } from './icons.tsx'
import { Failure } from './states.tsx'

export function Restored() {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const [asking, setAsking] = useState(false)
  const restored = useQuery(restoreQuery).data?.restored ?? null
  const say = useMutation({
    mutationFn: () => api('restore.nothing-missing', { body: {} }),
    onSuccess: () => {
      setAsking(false)
      void data.invalidateQueries({ queryKey: ['restore'] })
    },
  })
  if (restored === null) return null
  const from = moment(restored.dataUntil, timeZone)
  return (
    <Alert color="orange" variant="light" icon={<Icon name="alert" />} title={t('restored.title')} mb="xl">
      <Stack gap="md" align="flex-start">
        <Text>{t('restored.text', { from })}</Text>
        <List spacing="xs">
          {restored.keys.length === 0 && <List.Item>{t('restored.tills', { from })}</List.Item>}
          {restored.keys.map(({ id, name, resentAt }) => (
            <List.Item key={id}>{resentAt === null ? t('restored.waits-for', { name, from }) : t('restored.sent', { name })}</List.Item>
          ))}
          <List.Item>{t('restored.by-hand')}</List.Item>
        </List>
        <Button onClick={() => setAsking(true)}>{t('restored.nothing-missing')}</Button>
      </Stack>
      <Modal opened={asking} onClose={() => setAsking(false)} title={t('restored.sure')} closeButtonProps={{ 'aria-label': t('common.close') }}>
        <Stack gap="md">
          <Text>{t('restored.sure-text')}</Text>
          <Group>
            <Button onClick={() => say.mutate()} loading={say.isPending}>
              {t('restored.yes')}
            </Button>
            <Button variant="default" onClick={() => setAsking(false)}>
              {t('common.cancel')}
            </Button>
          </Group>
          {say.error && <Failure error={say.error} />}
        </Stack>
      </Modal>
    </Alert>
  )
}
