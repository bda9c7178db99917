/** One sync view, live: is its reader well, what waits, what was rejected and why, and the menu that sends all products again. */
import { Alert, Button, Menu, SimpleGrid, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ago, pieces, span } from '../format.ts'
import { useLiveView, useNow } from '../live.ts'
import { Figure } from '../parts/figure.tsx'
import { Icon } from '../parts/icons.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { goesOn, ResendDialog } from '../parts/resend-dialog.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { ViewKeys } from '../parts/view-keys.tsx'
import { behindMs, lagOf, nothingLinked, resentOf, shownLag, shownUpTo } from '../parts/view-lag.ts'
import { ViewRejected } from '../parts/view-rejected.tsx'
import { ViewRun } from '../parts/view-run.tsx'
import { ViewSettings } from '../parts/view-settings.tsx'
import { ViewWebhook } from '../parts/view-webhook.tsx'
import { ViewWhy } from '../parts/view-why.tsx'
import { type View, viewQuery } from '../queries.ts'

/** A reader that asks now and then is well; one that hasn't for this long, while something waits, is said so. */
const AWAY_MS = 10 * 60_000

export function ViewPage() {
  const { t } = useTranslation()
  const { id } = useParams({ from: '/inside/views/$id' })
  const { why = '' } = useSearch({ from: '/inside/views/$id' })
  const live = useLiveView(Number(id))
  const view = useQuery(viewQuery(Number(id)))
  const now = useNow()
  // Whether one went on is judged when the menu is pressed: the one begun here is none that "goes on already".
  const [sending, setSending] = useState({ opened: false, standing: false })
  const back = { words: t('views.title'), link: { to: '/views' } } as const
  if (!view.data)
    return (
      <>
        <PageHead title={t('views.one')} back={back} />
        {view.error ? <Failure error={view.error} retry={() => void view.refetch()} /> : <Loading />}
      </>
    )
  const shown = view.data
  return (
    <>
      <PageHead
        title={shown.name}
        text={shown.polledAt === null ? t('views.never-polled') : t('views.polled-at', { ago: ago(shown.polledAt, now) })}
        back={back}
        actions={
          <Menu position="bottom-end" withinPortal={false}>
            <Menu.Target>
              <Button variant="default">{t('views.manage')}</Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => setSending({ opened: true, standing: goesOn(shown) })}>{t('resend.item')}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        }
      />
      {view.error !== null && !live && <Failure error={null} />}
      <ResendDialog view={shown} {...sending} close={() => setSending({ ...sending, opened: false })} />
      {shown.readers > 1 && (
        <Alert color="orange" variant="light" icon={<Icon name="alert" />} title={t('views.readers')} mb="md" role="status">
          {t('views.readers-text')}
        </Alert>
      )}
      <p className="flat health-words" role="status">
        {words(shown, now, t)}
      </p>
      <Figures view={shown} now={now} />
      <div className="columns view-columns">
        <Stack gap="lg">
          <ViewRun view={shown} />
          <ViewRejected view={shown} />
          <ViewWhy key={why} view={shown} asked={why} />
          <ViewWebhook view={shown} now={now} />
        </Stack>
        <Stack gap="lg">
          <ViewKeys view={shown} now={now} />
          <ViewSettings key={String(shown.joinsProducts)} view={shown} />
        </Stack>
      </div>
    </>
  )
}

/** The one sentence: what is wrong first, then what is on its way, then that all is well. */
function words(view: View, now: number, t: TFunction): string {
  const { lag, polledAt } = view
  if (nothingLinked(view)) return t('views.words.nothing')
  if (polledAt === null) return t('views.words.never', { count: lagOf(view), shown: shownLag(view) })
  if (lag.rejected > 0) return t('views.words.rejected', { count: lag.rejected, shown: shownUpTo(lag.rejected, lag.most) })
  if (lagOf(view) === 0) return t('views.words.well')
  const away = now - new Date(polledAt).getTime()
  if (away > AWAY_MS) return t('views.words.away', { count: lagOf(view), span: span(away), shown: shownLag(view) })
  return t('views.words.waiting', { count: lagOf(view), shown: shownLag(view) })
}

function Figures({ view, now }: { view: View; now: number }) {
  const { t } = useTranslation()
  const { lag, ratePerMinute, ackedAt } = view
  const behind = behindMs(view, now)
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing="md" component="dl" className="health">
      <Figure
        words={t('views.lag')}
        value={shownLag(view)}
        under={
          lagOf(view) === 0
            ? t('views.lag-none')
            : resentOf(view) > 0
              ? t('views.lag-of', { live: shownUpTo(lag.live, lag.most), resent: shownUpTo(resentOf(view), lag.most) })
              : behind === null
                ? t('views.lag-live')
                : t('views.behind', { span: span(behind) })
        }
      />
      <Figure
        words={t('views.acked')}
        value={ackedAt === null ? '–' : span(now - new Date(ackedAt).getTime())}
        under={ackedAt === null ? t('views.acked-never') : t('views.acked-under')}
      />
      <Figure
        words={t('views.rate')}
        value={ratePerMinute === null ? '–' : pieces(Math.round(ratePerMinute))}
        under={ratePerMinute === null ? t('views.rate-none') : t('views.rate-under')}
      />
      <Figure
        words={t('views.rejected')}
        value={shownUpTo(lag.rejected, lag.most)}
        under={lag.rejected > 0 ? t('views.rejected-some') : t('views.rejected-none')}
        {...(lag.rejected > 0 ? { tone: 'act' as const } : {})}
      />
    </SimpleGrid>
  )
}
