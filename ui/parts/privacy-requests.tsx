/** What customers have asked for through a webshop: what waits for a person, and what was done by itself. */
import { Button, Paper, Text, Title } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { moment } from '../format.ts'
import { type PrivacyRequest, privacyRequestsQuery } from '../queries.ts'
import { useCompany } from '../session.ts'
import { nameOfCustomer } from './customer-name.ts'
import { Failure } from './states.tsx'

/** Nothing is shown while nobody has asked. `customerId`: only what that customer asks for and waits for. */
export function PrivacyRequests({ customerId }: { customerId?: number }) {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  const query = useQuery(privacyRequestsQuery(customerId === undefined ? {} : { customerId: String(customerId), open: 'true' }))
  const rows = query.data?.items ?? []
  const open = rows.filter((row) => row.doneAt === null)
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />
  if (rows.length === 0) return null
  return (
    <Paper component="section" aria-labelledby="privacy" mb="lg">
      <Title order={2} id="privacy" mb="xs">
        {t('privacy.title')}
      </Title>
      {open.length === 0 && <Text c="dimmed">{t('privacy.none-open')}</Text>}
      <ul className="plain-rows">
        {(all ? rows : open).map((row) => (
          <Request key={row.id} request={row} linked={customerId === undefined} />
        ))}
      </ul>
      {rows.length > open.length && (
        <Button variant="subtle" size="xs" mt="xs" px={0} onClick={() => setAll(!all)}>
          {all ? t('privacy.only-open') : t('privacy.all')}
        </Button>
      )}
    </Paper>
  )
}

function Request({ request, linked }: { request: PrivacyRequest; linked: boolean }) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const done = useMutation({
    mutationFn: () => api('privacy-requests.done', { params: { requestId: request.id }, body: {} }),
    onSuccess: () => data.invalidateQueries({ queryKey: ['privacy-requests'] }),
  })
  const { customer } = request
  const when = request.doneAt === null ? t('privacy.due', { when: moment(request.dueAt, timeZone) }) : t('privacy.done-at', { when: moment(request.doneAt, timeZone) })
  return (
    <li>
      <span>
        {wordsOf(request, t)}
        <span className="row-sub block">
          {linked && customer !== null && (
            <>
              <Link to="/customers/$id" params={{ id: String(customer.id) }} className="link">
                {nameOfCustomer(customer, t)}
              </Link>
              {' · '}
            </>
          )}
          {when}
        </span>
        {done.error && <Failure error={done.error} />}
      </span>
      {request.doneAt === null && (
        <Button variant="default" size="xs" onClick={() => done.mutate()} loading={done.isPending}>
          {request.ask === 'data' ? t('privacy.handed-over') : t('privacy.keep')}
        </Button>
      )}
    </li>
  )
}

function wordsOf({ ask, doneAt, customer, forgotten, source }: PrivacyRequest, t: TFunction): string {
  const said = { source: source.name, count: forgotten }
  if (ask === 'erase-all') return t('privacy.erased-all', said)
  if (ask === 'data') return customer === null ? t('privacy.data-nobody', said) : t('privacy.data', said)
  return doneAt === null
    ? t('privacy.erase-also-here', said)
    : forgotten > 0
      ? t('privacy.erased', said)
      : customer === null
        ? t('privacy.erase-nobody', said)
        : t('privacy.kept', said)
}
