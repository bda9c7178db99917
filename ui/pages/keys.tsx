/** API-nycklar: what outside systems may do here, each with a key of its own. */
import { Paper, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../api.ts'
import { KeyMade } from '../parts/key-made.tsx'
import { KeyRow } from '../parts/key-row.tsx'
import { NewKey } from '../parts/new-key.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Empty, Failure, Loading } from '../parts/states.tsx'
import { keysQuery } from '../queries.ts'

export function Keys() {
  const { t } = useTranslation()
  const keys = useQuery(keysQuery)
  // Those of a sync view stand on its page.
  const own = keys.data?.items.filter((key) => key.viewId === null) ?? []
  // Only here, and gone when the page is left.
  const [made, setMade] = useState<Answer<'keys.make'> | null>(null)
  return (
    <div className="middle">
      <PageHead title={t('keys.title')} text={t('keys.text')} />
      <Stack gap="lg">
        {made ? <KeyMade made={made} done={() => setMade(null)} /> : <NewKey onMade={setMade} />}
        {keys.isPending ? (
          <Loading rows={3} />
        ) : keys.error ? (
          <Failure error={keys.error} retry={() => void keys.refetch()} />
        ) : own.length === 0 ? (
          <Empty icon="key" title={t('keys.none')}>
            {t('keys.none-text')}
          </Empty>
        ) : (
          <Paper>
            <ul className="plain-rows">
              {own.map((key) => (
                <KeyRow key={key.id} of={key} now={keys.dataUpdatedAt} />
              ))}
            </ul>
          </Paper>
        )}
        <Text c="dimmed">
          {t('keys.of-views')}{' '}
          <Link to="/views" className="link">
            {t('keys.see-views')}
          </Link>
        </Text>
        <Text c="dimmed">
          {t('keys.docs-what')}{' '}
          <a href="/docs/api" className="link">
            {t('keys.docs')}
          </a>
        </Text>
      </Stack>
    </div>
  )
}
