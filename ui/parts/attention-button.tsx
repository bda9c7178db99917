/** The one thing to press for what waits: it is done at once, after a question where many are changed, or leads to where it is settled. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { data } from '../data.ts'
import { pieces } from '../format.ts'
import type { AttentionGroup } from '../queries.ts'
import { actOf, type Waits } from './attention-act.ts'
import { Failure } from './states.tsx'

interface Props {
  group: AttentionGroup
  /** Null = all of the group. */
  one?: Waits | null
}

export function AttentionButton({ group, one = null }: Props) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState(false)
  const act = actOf(group, one)
  const press = useMutation({
    mutationFn: async () => (act.kind === 'do' ? act.run() : null),
    onSuccess: () => {
      setAsked(false)
      notifications.show({ message: t(group.action === 'test-mail' ? 'mail.test-sent' : 'next.pressed'), closeButtonProps: { 'aria-label': t('common.close') } })
      void data.invalidateQueries()
    },
  })
  const looks = one === null ? ({ size: 'sm' } as const) : ({ size: 'xs', variant: 'light' } as const)
  const words = one === null ? t(`attention.act.${group.action}`) : t(`attention.one.${group.action}` as 'attention.one.count')
  if (act.kind === 'go')
    return (
      <Button {...looks} variant={one === null ? 'default' : 'light'} renderRoot={(props) => <Link {...act.link} {...props} />}>
        {words}
      </Button>
    )
  const asks = one === null && group.count > 1 ? act.asks : null
  return (
    <div>
      <Button {...looks} loading={press.isPending} onClick={() => (asks === null ? press.mutate() : setAsked(true))}>
        {words}
      </Button>
      {press.error && !asked && <Failure error={press.error} />}
      {asks !== null && (
        <Modal opened={asked} onClose={() => setAsked(false)} title={words} closeButtonProps={{ 'aria-label': t('common.close') }} centered>
          <Stack gap="md">
            <Text>{t('bulk.count', { count: group.count, shown: pieces(group.count) })}</Text>
            <Text c="dimmed">{t(`bulk.why.${asks}`)}</Text>
            {press.error && <Failure error={press.error} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={() => setAsked(false)}>
                {t('common.cancel')}
              </Button>
              <Button loading={press.isPending} onClick={() => press.mutate()}>
                {words}
              </Button>
            </Group>
          </Stack>
        </Modal>
      )}
    </div>
  )
}
