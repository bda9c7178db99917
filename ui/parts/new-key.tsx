/** A new API key: what will use it, and what it may do. Who may change something may read it too. */
import { Button, Checkbox, Paper, Stack, Text, TextInput, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Answer, api, type Body } from '../api.ts'
import { data } from '../data.ts'
import { keysQuery } from '../queries.ts'
import { Failure } from './states.tsx'

type Scope = Body<'keys.make'>['scopes'][number]
const NOUNS = ['articles', 'stock', 'orders', 'customers', 'connections'] as const
type Noun = (typeof NOUNS)[number]
/** Who makes them reads them too, so there is nothing to tick for that. */
const WRITTEN = ['views', 'companies'] as const

export function NewKey({ onMade }: { onMade: (made: Answer<'keys.make'>) => void }) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  // What a till needs.
  const [scopes, setScopes] = useState<ReadonlySet<Scope>>(new Set(['articles:read', 'stock:read', 'stock:write']))
  const make = useMutation({
    mutationFn: () => api('keys.make', { body: { name, scopes: [...scopes] } }),
    onSuccess: (made) => {
      void data.invalidateQueries({ queryKey: keysQuery.queryKey })
      onMade(made)
    },
  })
  const tick = (noun: Noun, deed: 'read' | 'write', on: boolean) => {
    const next = new Set(scopes)
    if (on) next.add(`${noun}:${deed}`).add(`${noun}:read`)
    else next.delete(`${noun}:${deed}`)
    if (!on && deed === 'read') next.delete(`${noun}:write`)
    setScopes(next)
  }
  const tickWrite = (noun: (typeof WRITTEN)[number], on: boolean) => {
    const next = new Set(scopes)
    if (on) next.add(`${noun}:write`)
    else next.delete(`${noun}:write`)
    setScopes(next)
  }
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (scopes.size > 0) make.mutate()
  }
  return (
    <Paper component="section" aria-labelledby="new">
      <Title order={2} id="new" mb="sm">
        {t('keys.new')}
      </Title>
      <form onSubmit={send}>
        <Stack gap="md">
          <TextInput label={t('keys.name')} description={t('keys.name-why')} value={name} onChange={(event) => setName(event.currentTarget.value)} required maxLength={100} />
          <table className="table scopes">
            <thead>
              <tr>
                <th scope="col">{t('keys.may')}</th>
                <th scope="col">{t('keys.read')}</th>
                <th scope="col">{t('keys.write')}</th>
              </tr>
            </thead>
            <tbody>
              {NOUNS.map((noun) => {
                const what = t(`keys.what.${noun}`)
                return (
                  <tr key={noun}>
                    <th scope="row">{what}</th>
                    <td>
                      <Checkbox
                        aria-label={t('keys.read-what', { what })}
                        checked={scopes.has(`${noun}:read`)}
                        onChange={(event) => tick(noun, 'read', event.currentTarget.checked)}
                      />
                    </td>
                    <td>
                      <Checkbox
                        aria-label={t('keys.write-what', { what })}
                        checked={scopes.has(`${noun}:write`)}
                        onChange={(event) => tick(noun, 'write', event.currentTarget.checked)}
                      />
                    </td>
                  </tr>
                )
              })}
              {WRITTEN.map((noun) => (
                <tr key={noun}>
                  <th scope="row">{t(`keys.what.${noun}`)}</th>
                  <td />
                  <td>
                    <Checkbox
                      aria-label={t('keys.write-what', { what: t(`keys.what.${noun}`) })}
                      checked={scopes.has(`${noun}:write`)}
                      onChange={(event) => tickWrite(noun, event.currentTarget.checked)}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {scopes.size === 0 && (
            <Text size="sm" c="dimmed" role="alert">
              {t('keys.choose')}
            </Text>
          )}
          {make.error && <Failure error={make.error} />}
          <Button type="submit" loading={make.isPending} disabled={scopes.size === 0} className="start">
            {t('keys.make')}
          </Button>
        </Stack>
      </form>
    </Paper>
  )
}
