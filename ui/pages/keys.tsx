/** API-nycklar: what outside systems may do here, each with a key of its own. */
import { Button, Group, Paper, Stack } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Answer, api } from '../api.ts'
import { data } from '../data.ts'
import { ago, moment } from '../format.ts'
import { Icon } from '../parts/icons.tsx'
import { KeyMade } from '../parts/key-made.tsx'
import { NewKey } from '../parts/new-key.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Empty, Failure, Loading } from '../parts/states.tsx'
import { keysQuery } from '../queries.ts'
import { useCompany } from '../session.ts'

type Key = Answer<'keys.list'>['items'][number]

export function Keys() {
  const { t } = useTranslation()
  const keys = useQuery(keysQuery)
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
        ) : keys.data.items.length === 0 ? (
          <Empty icon="key" title={t('keys.none')}>
            {t('keys.none-text')}
          </Empty>
        ) : (
          <Paper>
            <ul className="plain-rows">
              {keys.data.items.map((key) => (
                <KeyRow key={key.id} of={key} now={keys.dataUpdatedAt} />
              ))}
            </ul>
          </Paper>
        )}
      </Stack>
    </div>
  )
}

function KeyRow({ of: key, now }: { of: Key; now: number }) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const [sure, setSure] = useState(false)
  const revoke = useMutation({
    mutationFn: () => api('keys.revoke', { params: { keyId: key.id } }),
    onSuccess: () => void data.invalidateQueries({ queryKey: keysQuery.queryKey }),
  })
  const may = (['articles', 'stock', 'orders', 'connections'] as const).flatMap((noun) => {
    const what = t(`keys.what.${noun}`)
    if (key.scopes.includes(`${noun}:write`)) return [t('keys.write-what', { what })]
    return key.scopes.includes(`${noun}:read`) ? [t('keys.read-what', { what })] : []
  })
  return (
    <li>
      <span>
        <span className="strong">{key.name}</span> <span className="mono quiet">{key.prefix}…</span>
        <span className="row-sub block">{may.join(' · ')}</span>
        <span className="row-sub block">
          {t('keys.made-at', { when: moment(key.createdAt, timeZone) })} · {key.lastUsedAt === null ? t('keys.never-used') : t('keys.used', { ago: ago(key.lastUsedAt, now) })}
        </span>
      </span>
      {key.revokedAt !== null ? (
        <span className="tag">
          <Icon name="cross" size={14} />
          {t('keys.revoked')}
        </span>
      ) : sure ? (
        <Group gap="xs">
          <Button size="xs" color="red" onClick={() => revoke.mutate()} loading={revoke.isPending} data-autofocus autoFocus>
            {t('keys.revoke-sure', { name: key.name })}
          </Button>
          <Button size="xs" variant="default" onClick={() => setSure(false)}>
            {t('common.cancel')}
          </Button>
        </Group>
      ) : (
        <Button size="xs" variant="default" onClick={() => setSure(true)} aria-label={t('keys.revoke-one', { name: key.name })}>
          {t('keys.revoke')}
        </Button>
      )}
      {revoke.error && <Failure error={revoke.error} />}
    </li>
  )
}
