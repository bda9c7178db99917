/** The button that undoes what a run wrote to the webshop: it leads to a preview, and nothing changes before that was confirmed. */
import { Button, type ButtonProps } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import type { Run } from '../queries.ts'
import { Failure } from './states.tsx'

export function UndoRun({ run, connectionId, ...looks }: { run: Run; connectionId: number } & Pick<ButtonProps, 'size' | 'mt'>) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const undo = useMutation({
    mutationFn: () => api('runs.undo', { params: { connectionId, runId: run.id }, body: {} }),
    onSuccess: (started) => {
      data.setQueryData(['run', connectionId, started.id], started)
      void data.invalidateQueries({ queryKey: ['runs', connectionId] })
      void navigate({ to: '/webshops/$id/runs/$runId', params: { id: String(connectionId), runId: String(started.id) } })
    },
  })
  if (!run.undoable) return null
  return (
    <>
      <Button variant="default" onClick={() => undo.mutate()} loading={undo.isPending} aria-label={`${t('undo.button')} ${t(`run.kind.${run.kind}`)}`} {...looks}>
        {t('undo.button')}
      </Button>
      {undo.error && <Failure error={undo.error} />}
    </>
  )
}

/** "The run has been undone", with the way there; of an undo, the way to what it undoes. */
export function UndoneLink({ run, connectionId }: { run: Run; connectionId: number }) {
  const { t } = useTranslation()
  const other = run.ofId ?? run.undoneById
  if (other === null) return null
  return (
    <p className="undo-link">
      {t(run.ofId === null ? 'undo.was-undone' : 'undo.of')}{' '}
      <Link to="/webshops/$id/runs/$runId" params={{ id: String(connectionId), runId: String(other) }} className="link">
        {t('undo.show')}
      </Link>
    </p>
  )
}
