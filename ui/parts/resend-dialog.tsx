/** Skicka om alla produkter…: says beforehand how much it is and how long it takes, and that pressing again begins nothing anew. */
import { Alert, Button, Group, List, Modal, Radio, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { pieces, span } from '../format.ts'
import type { ArticleRow, View } from '../queries.ts'
import { FindArticle } from './find-article.tsx'
import { Icon } from './icons.tsx'
import { Failure } from './states.tsx'
import { RunProgress } from './view-run.tsx'

const MODES = ['resend', 'verify', 'from_now'] as const
type Mode = (typeof MODES)[number]

export const goesOn = ({ run }: View): boolean => run !== null && run.endedAt === null

/** `standing`: one went on when it was opened, and is shown instead of asking. */
export function ResendDialog({ view, opened, standing, close }: { view: View; opened: boolean; standing: boolean; close: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal opened={opened} onClose={close} title={t('resend.title')} size="lg" closeButtonProps={{ 'aria-label': t('common.close') }}>
      {standing ? (
        <Stack gap="md">
          <Text>{t('resend.goes-on')}</Text>
          {view.run && <RunProgress view={view} run={view.run} />}
          <Button onClick={close} className="start">
            {t('resend.see')}
          </Button>
        </Stack>
      ) : (
        <Ask view={view} close={close} />
      )}
    </Modal>
  )
}

function Ask({ view, close }: { view: View; close: () => void }) {
  const { t } = useTranslation()
  const [some, setSome] = useState(false)
  const [chosen, setChosen] = useState<ArticleRow[]>([])
  const [mode, setMode] = useState<Mode>('resend')
  const products = some ? chosen.map((each) => each.productId) : null
  const params = { viewId: view.id }
  const none = some && chosen.length === 0
  const size = useQuery({
    queryKey: ['view', view.id, 'size', mode, products],
    queryFn: () => api('views.resend-size', { params, body: { mode, products } }),
    enabled: !none,
    placeholderData: (before) => before,
  })
  const start = useMutation({
    mutationFn: () => api('views.resend', { params, body: { mode, products } }),
    onSuccess: ({ repeated }) => {
      // Somebody else was quicker.
      if (repeated) notifications.show({ message: t('resend.goes-on'), closeButtonProps: { 'aria-label': t('common.close') } })
      void data.invalidateQueries({ queryKey: ['view', view.id] })
      close()
    },
  })
  return (
    <Stack gap="md">
      <Radio.Group label={t('resend.which')} value={some ? 'some' : 'all'} onChange={(value) => setSome(value === 'some')}>
        <Stack gap={8} mt={8}>
          <Radio value="all" label={t('resend.all')} />
          <Radio value="some" label={t('resend.some')} />
        </Stack>
      </Radio.Group>
      {some && <Chosen chosen={chosen} change={setChosen} />}
      <Radio.Group label={t('resend.how')} value={mode} onChange={(value) => setMode(MODES.find((each) => each === value) ?? 'resend')}>
        <Stack gap={8} mt={8}>
          {MODES.map((each) => (
            <Radio key={each} value={each} label={t(`resend.mode.${each}`)} description={t(`resend.mode-why.${each}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <Alert
        color="pine"
        variant="light"
        icon={<Icon name="swap" />}
        role="status"
        title={none ? t('resend.choose') : size.data ? sizeWords(size.data.items) : t('common.counting')}
      >
        <List size="sm" spacing={4}>
          {!none && size.data && mode !== 'from_now' && <List.Item>{timeWords(size.data.minutes)}</List.Item>}
          <List.Item>{t('resend.live-first')}</List.Item>
          <List.Item>{t('resend.again')}</List.Item>
          <List.Item>{joinsWords()}</List.Item>
        </List>
      </Alert>
      {size.error && <Failure error={size.error} retry={() => void size.refetch()} />}
      {start.error && <Failure error={start.error} />}
      <Group>
        <Button onClick={() => start.mutate()} loading={start.isPending} disabled={none}>
          {t(mode === 'from_now' ? 'resend.start-count' : 'resend.start')}
        </Button>
        <Button variant="default" onClick={close}>
          {t('common.cancel')}
        </Button>
      </Group>
    </Stack>
  )

  /** Until somebody has said, the first resend decides. */
  function joinsWords(): string {
    if (view.joinsProducts === null) return t(some ? 'resend.joins-not' : 'resend.joins')
    return t(view.joinsProducts ? 'resend.joins-yes' : 'resend.joins-no')
  }
  function sizeWords(items: number): string {
    return t(mode === 'from_now' ? 'resend.counts' : 'resend.sends', { count: items, shown: pieces(items) })
  }
  function timeWords(minutes: number | null): string {
    if (view.polledAt === null) return t('views.never-polled')
    return minutes === null ? t('resend.no-rate') : t('resend.takes', { span: span(minutes * 60_000), rate: pieces(Math.round(view.ratePerMinute ?? 0)) })
  }
}

/** A product comes with all its articles, prices and stock. */
function Chosen({ chosen, change }: { chosen: ArticleRow[]; change: (next: ArticleRow[]) => void }) {
  const { t } = useTranslation()
  const field = useRef<HTMLInputElement>(null)
  return (
    <div>
      <FindArticle label={t('resend.find')} field={field} single onFound={({ article }) => change([article, ...chosen.filter((each) => each.productId !== article.productId)])} />
      <ul className="plain-rows" aria-label={t('resend.chosen')}>
        {chosen.map((each) => (
          <li key={each.productId}>
            <span>
              {each.name} <span className="mono quiet">{each.number}</span>
            </span>
            <Button size="xs" variant="default" onClick={() => change(chosen.filter((other) => other !== each))} aria-label={t('resend.drop-one', { name: each.name })}>
              {t('resend.drop')}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}
