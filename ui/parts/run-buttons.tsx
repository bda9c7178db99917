/** What can be done with something long that goes on, a webshop's run or a view's resend: pause it, go on with it, cancel it. */
import { Button, Group } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Failure } from './states.tsx'

type Turn = 'pause' | 'go-on' | 'cancel'

interface Props<R> {
  paused: boolean
  /** What the third button says. */
  cancel: string
  turn: (how: Turn) => Promise<R>
  turned: (latest: R) => void
}

export function RunButtons<R>({ paused, cancel, turn, turned }: Props<R>) {
  const { t } = useTranslation()
  const act = useMutation({ mutationFn: turn, onSuccess: turned })
  const button = (how: Turn) => ({ onClick: () => act.mutate(how), loading: act.isPending && act.variables === how, disabled: act.isPending && act.variables !== how })
  return (
    <>
      <Group mt="md" gap="sm">
        {paused ? (
          <Button {...button('go-on')}>{t('run.go-on')}</Button>
        ) : (
          <Button variant="default" {...button('pause')}>
            {t('run.pause')}
          </Button>
        )}
        <Button variant="subtle" color="gray" {...button('cancel')}>
          {cancel}
        </Button>
      </Group>
      {act.error && <Failure error={act.error} />}
    </>
  )
}
