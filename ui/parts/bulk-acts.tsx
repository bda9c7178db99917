/** What can be done with many articles at one webshop: those that were ticked in a list, or all in the state the list is filtered by. */
import { Button, Group, Menu, Modal, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ArticleState } from '../../src/web/contract/states.ts'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { pieces } from '../format.ts'
import type { ConnectionHead } from '../queries.ts'
import { isUnticked, nextAction } from './article-state.tsx'
import { Icon } from './icons.tsx'
import { codeWords } from './reason.ts'
import { Failure } from './states.tsx'

const ACTS = ['tick', 'track', 'stock', 'leave', 'mind', 'find', 'retry', 'untick'] as const
type Act = (typeof ACTS)[number]
/** The most numbers a shop is asked for at once. */
const MOST_FOUND = 500

export interface Chosen {
  id: number
  state: ArticleState
}
const fits = (act: Act, state: ArticleState): boolean =>
  act === 'leave' ? state === 'not-stocked' : act === 'tick' ? isUnticked(state) : act === 'untick' ? !isUnticked(state) : nextAction(state) === act

async function carryOut(connectionId: number, act: Act, ids: number[] | 'all', state: ArticleState | null): Promise<void> {
  const ask = { params: { connectionId } }
  const some = ids === 'all' ? {} : { articleIds: ids }
  switch (act) {
    case 'tick':
    case 'untick':
      if (ids !== 'all') await api('connections.box', { ...ask, body: { boxed: act === 'tick', articleIds: ids } })
      return
    case 'track':
    case 'stock':
    case 'leave':
    case 'mind':
      await api('connections.stocking', { ...ask, body: { ask: act, ...some } })
      return
    case 'retry':
      await api('connections.retry', { ...ask, body: { ...some, ...(state === null ? {} : { state }) } })
      return
    case 'find':
      if (ids === 'all') await api('connections.match', { ...ask, body: {} })
      else for (let n = 0; n < ids.length; n += MOST_FOUND) await api('connections.find', { ...ask, body: { articleIds: ids.slice(n, n + MOST_FOUND) } })
  }
}

interface Props {
  shop: ConnectionHead
  chosen: Chosen[]
  /** The state the list is filtered by, and how many are in it. */
  whole: { state: ArticleState; count: number } | null
  onDone: () => void
}

export function BulkActs({ shop, chosen, whole, onDone }: Props) {
  const { t, i18n } = useTranslation()
  const [asked, setAsked] = useState<{ act: Act; ids: number[] | 'all'; count: number } | null>(null)
  const press = useMutation({
    mutationFn: async () => {
      if (asked !== null) await carryOut(shop.id, asked.act, asked.ids, whole?.state ?? null)
    },
    onSuccess: () => {
      notifications.show({ message: t('next.pressed'), closeButtonProps: { 'aria-label': t('common.close') } })
      void data.invalidateQueries()
      setAsked(null)
      onDone()
    },
  })
  const open = (act: Act, ids: number[] | 'all', count: number) => {
    press.reset()
    setAsked({ act, ids, count })
  }
  const barred = (act: Act): string | null =>
    (act === 'track' || act === 'stock') && shop.stocking.can !== 'yes'
      ? codeWords(i18n, shop.stocking.can === 'right-missing' ? 'scope-missing' : shop.stocking.can, { scope: shop.stocking.scope })
      : null
  const acts = ACTS.map((act) => ({ act, ids: chosen.filter((each) => fits(act, each.state)).map((each) => each.id) })).filter(({ ids }) => ids.length > 0)
  const all = whole === null || whole.count === 0 ? undefined : ACTS.find((act) => act !== 'tick' && act !== 'untick' && nextAction(whole.state) === act)
  const why = asked === null ? null : barred(asked.act)
  return (
    <>
      {chosen.length > 0 && (
        <Menu position="bottom-start" withinPortal={false} withInitialFocusPlaceholder={false} width={270}>
          <Menu.Target>
            <Button rightSection={<Icon name="next" size={14} />}>{t('bulk.menu', { shown: pieces(chosen.length) })}</Button>
          </Menu.Target>
          <Menu.Dropdown>
            {acts.map(({ act, ids }) => (
              <Menu.Item key={act} onClick={() => open(act, ids, ids.length)}>
                {t(`bulk.act.${act}`)} ({pieces(ids.length)})
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {chosen.length === 0 && all !== undefined && whole !== null && (
        <Button variant="light" onClick={() => open(all, 'all', whole.count)}>
          {t('bulk.all', { act: t(`bulk.act.${all}`), shown: pieces(whole.count) })}
        </Button>
      )}
      <Modal
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={asked === null ? '' : `${t(`bulk.act.${asked.act}`)} – ${shop.name}`}
        closeButtonProps={{ 'aria-label': t('common.close') }}
        centered
      >
        {asked !== null && (
          <Stack gap="md">
            <Text>{t('bulk.count', { count: asked.count, shown: pieces(asked.count) })}</Text>
            <Text c="dimmed">{t(`bulk.why.${asked.act}`)}</Text>
            {why !== null && <Text fw={600}>{why}</Text>}
            {press.error && <Failure error={press.error} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={() => setAsked(null)}>
                {t('common.cancel')}
              </Button>
              <Button onClick={() => press.mutate()} loading={press.isPending} disabled={why !== null}>
                {t(`bulk.act.${asked.act}`)}
              </Button>
            </Group>
          </Stack>
        )}
      </Modal>
    </>
  )
}
