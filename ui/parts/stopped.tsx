/** Why nothing is sent, and how to go on. */
import { Alert, Button, Group } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { moment } from '../format.ts'
import type { Connection } from '../queries.ts'
import { useCompany } from '../session.ts'
import { Icon } from './icons.tsx'
import { codeWords } from './reason.ts'
import { Failure } from './states.tsx'

export function Stopped({ connection }: { connection: Connection }) {
  const { t, i18n } = useTranslation()
  const { timeZone } = useCompany()
  const resume = useMutation({
    mutationFn: () => api('connections.resume', { params: { connectionId: connection.id }, body: {} }),
    onSuccess: (latest) => data.setQueryData(['connection', connection.id], latest),
  })
  if (connection.state === 'paused')
    return (
      <Alert color="orange" variant="light" icon={<Icon name="pause" />} title={t('connection.paused')} mb="md" role="status">
        <p className="flat">
          {connection.why === null || connection.why.code === 'person'
            ? t('connection.paused-by-hand')
            : (codeWords(i18n, connection.why.code, connection.why.facts) ?? connection.why.code)}
        </p>
        <Group mt="sm">
          <Button size="sm" onClick={() => resume.mutate()} loading={resume.isPending}>
            {t('connection.resume')}
          </Button>
        </Group>
        {resume.error && <Failure error={resume.error} />}
      </Alert>
    )
  if (connection.state === 'setup')
    return (
      <Alert color="gray" variant="light" icon={<Icon name="wait" />} title={t('connection.setup')} mb="md">
        {t('connection.setup-text')}
      </Alert>
    )
  if (connection.firstSyncedAt === null)
    return (
      <Alert color="orange" variant="light" icon={<Icon name="wait" />} title={t('connection.not-synced')} mb="md" role="status">
        {t('connection.not-synced-text')}
      </Alert>
    )
  if (connection.quietUntil !== null)
    return (
      <Alert color="gray" variant="light" icon={<Icon name="wait" />} mb="md" role="status">
        {t('connection.quiet', { at: moment(connection.quietUntil, timeZone) })}
      </Alert>
    )
  return null
}
