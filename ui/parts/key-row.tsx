/** One API key: what it may do, when it was used, and the way to stop it. */
import { Button, Group } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Answer, api } from '../api.ts'
import { data } from '../data.ts'
import { ago, moment } from '../format.ts'
import { keysQuery } from '../queries.ts'
import { useCompany } from '../session.ts'
import { Icon } from './icons.tsx'
import { Failure } from './states.tsx'

type Key = Answer<'keys.list'>['items'][number]

export function KeyRow({ of: key, now }: { of: Key; now: number }) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const [sure, setSure] = useState(false)
  const revoke = useMutation({
    mutationFn: () => api('keys.revoke', { params: { keyId: key.id } }),
    onSuccess: () => {
      void data.invalidateQueries({ queryKey: keysQuery.queryKey })
      if (key.viewId !== null) void data.invalidateQueries({ queryKey: ['view', key.viewId] })
    },
  })
  const may = [
    ...(['articles', 'stock', 'orders', 'customers', 'connections'] as const).flatMap((noun) => {
      const what = t(`keys.what.${noun}`)
      if (key.scopes.includes(`${noun}:write`)) return [t('keys.write-what', { what })]
      return key.scopes.includes(`${noun}:read`) ? [t('keys.read-what', { what })] : []
    }),
    ...(['views', 'companies'] as const).filter((noun) => key.scopes.includes(`${noun}:write`)).map((noun) => t('keys.write-what', { what: t(`keys.what.${noun}`) })),
  ]
  return (
    <li>
      <span>
        <span className="strong">{key.name}</span> <span className="mono quiet">{key.prefix}…</span>
        <span className="row-sub block">{may.join(' · ')}</span>
        <span className="row-sub block">
          {t('keys.made-at', { when: moment(key.createdAt, timeZone) })} · {key.lastUsedAt === null ? t('keys.never-used') : t('keys.used', { ago: ago(key.lastUsedAt, now) })}
        </span>
        {sure && key.revokedAt === null && (
          <span className="block small differs" role="status">
            {key.lastUsedAt === null ? t('keys.revoke-unused') : t('keys.revoke-used', { ago: ago(key.lastUsedAt, now) })}
          </span>
        )}
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
