/** Inställningar > API > Synkvyer: the outside systems that fetch changes here, how far behind each is, and a new one. */
import { Button, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../api.ts'
import { ago } from '../format.ts'
import { useNow } from '../live.ts'
import { Icon } from '../parts/icons.tsx'
import { NewView } from '../parts/new-view.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Empty, Failure, Loading } from '../parts/states.tsx'
import { lagWords, shownUpTo } from '../parts/view-lag.ts'
import { ViewMade } from '../parts/view-made.tsx'
import { type View, viewsQuery } from '../queries.ts'

export function Views() {
  const { t } = useTranslation()
  const views = useQuery({ ...viewsQuery, refetchInterval: 5000 })
  const [opened, setOpened] = useState(false)
  // Only here, and gone when the page is left.
  const [made, setMade] = useState<Answer<'views.make'> | null>(null)
  const now = useNow()
  const make = (
    <Button onClick={() => setOpened(true)} leftSection={<Icon name="plus" size={18} />}>
      {t('views.new')}
    </Button>
  )
  return (
    <div className="middle">
      <PageHead title={t('views.title')} text={t('views.text')} actions={views.data && views.data.length > 0 ? make : null} />
      <NewView opened={opened} close={() => setOpened(false)} onMade={setMade} />
      <div className="shops">
        {made && <ViewMade made={{ viewId: made.id, name: made.name, key: made.key }} done={() => setMade(null)} />}
        {views.isPending ? (
          <Loading rows={2} />
        ) : views.error ? (
          <Failure error={views.error} retry={() => void views.refetch()} />
        ) : views.data.length === 0 ? (
          <Empty icon="swap" title={t('views.none')} action={make}>
            {t('views.none-text')}
          </Empty>
        ) : (
          views.data.map((view) => <ViewCard key={view.id} view={view} now={now} />)
        )}
      </div>
    </div>
  )
}

function ViewCard({ view, now }: { view: View; now: number }) {
  const { t } = useTranslation()
  return (
    <Link to="/views/$id" params={{ id: String(view.id) }} className="shop-card">
      <Group justify="space-between" wrap="nowrap">
        <div>
          <span className="shop-name">{view.name}</span>
          <span className="row-sub">
            {lagWords(view, now, t)} · {view.polledAt === null ? t('views.never-polled-short') : t('views.polled', { ago: ago(view.polledAt, now) })}
          </span>
        </div>
        <Group gap="sm" wrap="nowrap">
          <Group gap="xs" justify="flex-end">
            {view.lag.rejected > 0 && (
              <span className="tag tag-act">
                <Icon name="alert" size={14} />
                {t('views.rejected-n', { count: view.lag.rejected, shown: shownUpTo(view.lag.rejected, view.lag.most) })}
              </span>
            )}
            {view.webhook?.state === 'paused' && (
              <span className="tag tag-act">
                <Icon name="pause" size={14} />
                {t('view-webhook.paused-short')}
              </span>
            )}
          </Group>
          <Icon name="next" size={18} />
        </Group>
      </Group>
    </Link>
  )
}
