/** The one next thing to press for an article's state. */
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { nextAction, type ShownState } from './article-state.tsx'
import { LinkButton } from './link-button.tsx'
import { Failure } from './states.tsx'

export function NextStep({ state, connectionId, articleId }: { state: ShownState; connectionId: number; articleId: number }) {
  const { t } = useTranslation()
  const next = nextAction(state)
  const press = useMutation({
    mutationFn: async () => {
      const params = { connectionId }
      if (next === 'match') await api('connections.match', { params, body: {} })
      else if (next === 'retry') await api('connections.retry', { params, body: { articleIds: [articleId] } })
      else await api('connections.box', { params, body: { boxed: next === 'tick', articleIds: [articleId] } })
    },
    onSuccess: () => {
      notifications.show({ message: t('next.pressed'), closeButtonProps: { 'aria-label': t('common.close') } })
      void data.invalidateQueries()
    },
  })
  if (next === null) return null
  const looks = { size: 'xs', variant: 'light', mt: 'xs' } as const
  const words = t(`states.${state}.next` as 'states.missing.next')
  if (next === 'count')
    return (
      <LinkButton to="/count" search={{ article: articleId }} {...looks}>
        {words}
      </LinkButton>
    )
  if (next === 'open' || next === 'places')
    return (
      <LinkButton to={next === 'open' ? '/webshops/$id' : '/webshops/$id/guide'} params={{ id: String(connectionId) }} {...looks}>
        {words}
      </LinkButton>
    )
  return (
    <>
      <Button {...looks} loading={press.isPending} onClick={() => press.mutate()}>
        {words}
      </Button>
      {press.error && <Failure error={press.error} />}
    </>
  )
}
