/** The one thing to press for a line of "why isn't it in sync?". */
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { type Article, connectionsQuery } from '../queries.ts'
import { LinkButton } from './link-button.tsx'
import { NextStep } from './next-step.tsx'
import type { ShopTab } from './shop-tabs.ts'
import { Failure } from './states.tsx'
import { isState, type SyncLine } from './sync-words.ts'

interface Props {
  line: SyncLine
  article: Article
}
const LOOKS = { size: 'xs', variant: 'light', mt: 'xs' } as const
/** Where on the connection's page it is done. */
const TABS: Partial<Record<SyncLine['action'] & string, ShopTab>> = { messages: 'incoming', differences: 'differences' }

export function SyncAction({ line, article }: Props) {
  const { t } = useTranslation()
  const connections = useQuery(connectionsQuery)
  const { action, code, role } = line
  const id = String(line.listenerId)
  const shop = connections.data?.find((each) => each.id === line.listenerId)
  if (action === null || action === 'wait') return null
  if (isState(code) && role === 'webshop') return shop === undefined ? null : <NextStep state={code} shop={shop} articleId={article.id} />
  switch (action) {
    case 'view':
      return (
        <LinkButton to="/views/$id" params={{ id }} {...LOOKS}>
          {t('sync.do.view')}
        </LinkButton>
      )
    case 'guide':
      return (
        <LinkButton to="/webshops/$id/guide" params={{ id }} {...LOOKS}>
          {t('sync.do.guide')}
        </LinkButton>
      )
    case 'open':
    case 'messages':
    case 'differences': {
      const tab = TABS[action]
      return (
        <LinkButton to="/webshops/$id" params={{ id }} search={tab === undefined ? {} : { tab }} {...LOOKS}>
          {t(`sync.do.${action}`)}
        </LinkButton>
      )
    }
    default:
      return <Press line={line} article={article} />
  }
}

function Press({ line, article }: Props) {
  const { t } = useTranslation()
  const press = useMutation({
    mutationFn: () => pressed(line, article),
    onSuccess: () => {
      notifications.show({ message: t('next.pressed'), closeButtonProps: { 'aria-label': t('common.close') } })
      void data.invalidateQueries()
    },
  })
  const { action } = line
  const words =
    action === 'link' ? t('why.link') : action === 'retry' ? t('failure.retry') : action === 'send' || action === 'ask' || action === 'resend' ? t(`sync.do.${action}`) : null
  if (words === null) return null
  return (
    <>
      <Button {...LOOKS} loading={press.isPending} onClick={() => press.mutate()}>
        {words}
      </Button>
      {press.error && <Failure error={press.error} />}
    </>
  )
}

async function pressed({ action, role, about, facts, listenerId, locationId }: SyncLine, article: Article): Promise<unknown> {
  const params = { connectionId: listenerId }
  if (action === 'send') return await api('differences.send', { params: { ...params, differenceId: Number(facts.differenceId) }, body: {} })
  if (action === 'ask') return await api('masters.ask', { params, body: { numbers: [article.number] } })
  if (action === 'resend') return await api('catalogues.tell', { params, body: { products: [article.productId] } })
  if (action === 'link') return await api('views.link', { params: { viewId: listenerId }, body: { products: [article.productId] } })
  if (role !== 'view') return await api('catalogues.retry', { params, body: {} })
  const entity = about === 'connection' || about === 'view' ? 'article' : about
  const id = entity === 'product' ? article.productId : entity === 'image' ? Number(facts.imageId) : article.id
  return await api('views.retry', { params: { viewId: listenerId }, body: { items: [{ entity, id, locationId }] } })
}
