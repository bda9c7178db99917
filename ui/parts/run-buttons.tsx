/** What can be done with a run that goes on: pause it, go on with it, cancel it. */
import { Button, Group } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import type { Run } from '../queries.ts'
import { Failure } from './states.tsx'

export function RunButtons({ run, connectionId }: { run: Run; connectionId: number }) {
  const { t } = useTranslation()
  const input = { params: { connectionId, runId: run.id }, body: {} }
  const onSuccess = (latest: Run) => {
    data.setQueryData(['run', connectionId, run.id], latest)
    void data.invalidateQueries({ queryKey: ['connection', connectionId] })
    void data.invalidateQueries({ queryKey: ['runs', connectionId] })
  }
  const pause = useMutation({ mutationFn: () => api('runs.pause', input), onSuccess })
  const goOn = useMutation({ mutationFn: () => api('runs.go-on', input), onSuccess })
  const cancel = useMutation({ mutationFn: () => api('runs.cancel', input), onSuccess })
  const error = pause.error ?? goOn.error ?? cancel.error
  return (
    <>
      <Group mt="md" gap="sm">
        {run.state === 'paused' ? (
          <Button onClick={() => goOn.mutate()} loading={goOn.isPending}>
            {t('run.go-on')}
          </Button>
        ) : (
          <Button variant="default" onClick={() => pause.mutate()} loading={pause.isPending}>
            {t('run.pause')}
          </Button>
        )}
        <Button variant="subtle" color="gray" onClick={() => cancel.mutate()} loading={cancel.isPending}>
          {t('run.stop')}
        </Button>
      </Group>
      {error && <Failure error={error} />}
    </>
  )
}
