/** The one next thing to press for an article's state; where it can't be pressed, what stands in the way. */
import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import type { ConnectionHead } from '../queries.ts'
import { nextAction, type ShownState } from './article-state.tsx'
import { LinkButton } from './link-button.tsx'
import { codeWords } from './reason.ts'
import { Failure } from './states.tsx'
import { TakeOver } from './take-over.tsx'

interface Props {
  state: ShownState
  shop: Pick<ConnectionHead, 'id' | 'stocking'>
  articleId: number
  /** False in a list: the button says enough there. */
  explained?: boolean
}

export function NextStep({ state, shop, articleId, explained = true }: Props) {
  const { t, i18n } = useTranslation()
  const next = nextAction(state)
  const press = useMutation({
    mutationFn: async (meant: boolean) => {
      const ask = { params: { connectionId: shop.id } }
      const articleIds = [articleId]
      if (next === 'find') await api('connections.find', { ...ask, body: { articleIds } })
      else if (meant || next === 'mind') await api('connections.stocking', { ...ask, body: { ask: meant ? 'leave' : 'mind', articleIds } })
      else if (next === 'track' || next === 'stock') await api('connections.stocking', { ...ask, body: { ask: next, articleIds } })
      else if (next === 'retry') await api('connections.retry', { ...ask, body: { articleIds } })
      else await api('connections.box', { ...ask, body: { boxed: next === 'tick', articleIds } })
    },
    onSuccess: () => {
      notifications.show({ message: t('next.pressed'), closeButtonProps: { 'aria-label': t('common.close') } })
      void data.invalidateQueries()
    },
  })
  if (next === null) return null
  const looks = { size: 'xs', variant: 'light', mt: explained ? 'xs' : 0 } as const
  const words = t(`states.${state}.next` as 'states.missing.next')
  if (next === 'count')
    return (
      <>
        {explained && (
          <Text size="sm" c="dimmed" mt={4}>
            {t('take-over.why')}
          </Text>
        )}
        <Group gap={6} mt={looks.mt}>
          <LinkButton to="/count" search={{ article: articleId }} size="xs" variant="light">
            {words}
          </LinkButton>
          {explained && <TakeOver connectionId={shop.id} articleIds={[articleId]} size="xs" variant="default" />}
        </Group>
      </>
    )
  if (next === 'open' || next === 'places')
    return (
      <LinkButton to={next === 'open' ? '/webshops/$id' : '/webshops/$id/guide'} params={{ id: String(shop.id) }} {...looks}>
        {words}
      </LinkButton>
    )
  const barred = (next === 'track' || next === 'stock') && shop.stocking.can !== 'yes'
  const why = barred ? codeWords(i18n, shop.stocking.can === 'right-missing' ? 'scope-missing' : shop.stocking.can, { scope: shop.stocking.scope }) : null
  return (
    <>
      <Group gap="sm" mt={looks.mt}>
        <Button {...looks} mt={0} loading={press.isPending} disabled={barred} title={explained ? undefined : (why ?? undefined)} onClick={() => press.mutate(false)}>
          {words}
        </Button>
        {explained && next === 'stock' && (
          <Button {...looks} variant="default" mt={0} disabled={press.isPending} onClick={() => press.mutate(true)}>
            {t('bulk.act.leave')}
          </Button>
        )}
        {explained && next === 'retry' && (
          <Link to="/webshops/$id" params={{ id: String(shop.id) }} search={{ tab: 'calls' }} className="link small">
            {t('next.see-calls')}
          </Link>
        )}
      </Group>
      {explained && why !== null && (
        <Text size="sm" c="dimmed" mt={4}>
          {why}
        </Text>
      )}
      {press.error && <Failure error={press.error} />}
    </>
  )
}
