/** Ta över webshopens antal: begins with a preview; nothing is written to the webshop by it. */
import { Button, type ButtonProps } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { Failure } from './states.tsx'

interface Props extends Pick<ButtonProps, 'size' | 'variant' | 'disabled'> {
  connectionId: number
  /** Absent = every article nobody has counted. */
  articleIds?: number[]
}

export function TakeOver({ connectionId, articleIds, ...looks }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const start = useMutation({
    mutationFn: () => api('runs.take-over', { params: { connectionId }, body: articleIds === undefined ? {} : { articleIds } }),
    onSuccess: (run) => {
      void data.invalidateQueries({ queryKey: ['connection', connectionId] })
      void navigate({ to: '/webshops/$id/runs/$runId', params: { id: String(connectionId), runId: String(run.id) } })
    },
  })
  return (
    <>
      <Button {...looks} loading={start.isPending} onClick={() => start.mutate()}>
        {articleIds === undefined ? t('take-over.all') : t('take-over.some')}
      </Button>
      {start.error && <Failure error={start.error} />}
    </>
  )
}
