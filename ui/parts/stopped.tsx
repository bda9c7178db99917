/** Why nothing is sent, since when, and the one thing to do about it. */
import { Alert, Button, Group, List } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { moment } from '../format.ts'
import { type Connection, connectorsQuery } from '../queries.ts'
import { useCompany } from '../session.ts'
import { currentLocale } from '../words.ts'
import { Icon, type IconName } from './icons.tsx'
import { codeWords } from './reason.ts'
import { Failure } from './states.tsx'

/** Shorter troubles pass by themselves before anybody has read about them. */
const WORTH_SAYING_MS = 60_000
/** Nobody answered, for one reason or another. */
const SILENT = ['timeout', 'unreachable', 'name-unknown', 'certificate-wrong']
/** Mended where apps and their rights are. */
const OF_THE_APP = ['scope-missing', 'app-uninstalled', 'app-not-installed', 'access-denied', 'token-wrong', 'client-wrong']

export function Stopped({ connection, now }: { connection: Connection; now: number }) {
  const { t } = useTranslation()
  if (connection.state === 'paused') return connection.why === null || connection.why.code === 'person' ? <ByHand connection={connection} /> : <KeptOut connection={connection} />
  if (connection.state === 'setup')
    return (
      <Alert color="gray" variant="light" icon={<Icon name="wait" />} title={t('connection.setup')} mb="md">
        {t('connection.setup-text')}
      </Alert>
    )
  if (connection.stopped.length > 0) return <Without connection={connection} />
  if (connection.trouble !== null && now - new Date(connection.trouble.since).getTime() >= WORTH_SAYING_MS) return <Waits connection={connection} />
  if (connection.firstSyncedAt === null && connection.role === 'webshop')
    return (
      <Alert color="orange" variant="light" icon={<Icon name="wait" />} title={t('connection.not-synced')} mb="md" role="status">
        {t('connection.not-synced-text')}
      </Alert>
    )
  return null
}

function ByHand({ connection }: { connection: Connection }) {
  const { t } = useTranslation()
  return (
    <Said icon="pause" title={t('connection.paused')} action={<Ask connection={connection} route="connections.resume" words={t('connection.resume')} />}>
      <p className="flat">{t('connection.paused-by-hand')}</p>
    </Said>
  )
}

/** An answer stopped it: somebody has to do something in the shop. It is asked again by itself. */
function KeptOut({ connection }: { connection: Connection }) {
  const { t, i18n } = useTranslation()
  const { timeZone } = useCompany()
  const { code, facts, at } = connection.why ?? { code: '', facts: {}, at: null }
  const since = moment(at ?? connection.createdAt, timeZone)
  return (
    <Said
      icon="pause"
      title={code === 'scope-missing' ? t('stopped.right', { name: connection.name, since }) : t('stopped.kept-out', { name: connection.name, since })}
      action={<Ask connection={connection} route="connections.resume" words={t('stopped.connect')} />}
    >
      <p className="flat">{codeWords(i18n, code, facts) ?? code}</p>
      {OF_THE_APP.includes(code) && <Where connection={connection} />}
      <Meanwhile connection={connection} />
    </Said>
  )
}

/** It doesn't answer, has a fault of its own, or asks for a pause: nobody has to do anything. */
function Waits({ connection }: { connection: Connection }) {
  const { t, i18n } = useTranslation()
  const { timeZone } = useCompany()
  const { code, facts, since: at } = connection.trouble ?? { code: '', facts: {}, since: connection.createdAt }
  const since = moment(at, timeZone)
  const silent = SILENT.includes(code)
  return (
    <Said
      icon="wait"
      title={
        silent
          ? t('stopped.silent', { name: connection.name, since })
          : code === 'throttled'
            ? t('stopped.busy', { name: connection.name, since })
            : t('stopped.faulty', { name: connection.name, since })
      }
      action={<Ask connection={connection} route="connections.check" words={t('stopped.try')} />}
    >
      <p className="flat">{codeWords(i18n, code, facts) ?? code}</p>
      <Meanwhile connection={connection} />
    </Said>
  )
}

/** A right was taken away: only what needs it stands still, and goes on by itself when it is given back. */
function Without({ connection }: { connection: Connection }) {
  const { t } = useTranslation()
  const blind = connection.stopped.some(({ what }) => what === 'orders')
  return (
    <Said icon="alert" title={t('stopped.without', { name: connection.name })} action={<Ask connection={connection} route="connections.check" words={t('stopped.look')} />}>
      <List spacing={4} mb="xs">
        {connection.stopped.map(({ what, scope }) => (
          <List.Item key={what}>{what === 'stock' && blind ? t('stopped.stock-blind') : t(`stopped.work.${what}`, { scope })}</List.Item>
        ))}
      </List>
      <p className="flat">{t('stopped.give-back')}</p>
      <Where connection={connection} />
    </Said>
  )
}

function Meanwhile({ connection }: { connection: Connection }) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  return (
    <p className="flat">
      {t(connection.role === 'erp' ? 'stopped.meanwhile-erp' : 'stopped.meanwhile')}{' '}
      {connection.quietUntil !== null && t('stopped.again', { at: moment(connection.quietUntil, timeZone) })}
    </p>
  )
}

/** The way to where apps and their rights are, in the remote's own admin: the guide's first step knows it. */
function Where({ connection }: { connection: Connection }) {
  const { t } = useTranslation()
  const connectors = useQuery(connectorsQuery)
  const path = connectors.data?.find((connector) => connector.code === connection.code)?.guide.find((step) => step.doneWhen.includes('rights'))?.menuPath
  return path ? <p className="flat">{t('stopped.where', { name: connection.name, path: path[currentLocale()] })}</p> : null
}

function Ask({ connection, route, words }: { connection: Connection; route: 'connections.resume' | 'connections.check'; words: string }) {
  const ask = useMutation({
    mutationFn: () => api(route, { params: { connectionId: connection.id }, body: {} }),
    onSuccess: (latest) => data.setQueryData(['connection', connection.id], latest),
  })
  return (
    <>
      <Group mt="sm">
        <Button size="sm" onClick={() => ask.mutate()} loading={ask.isPending}>
          {words}
        </Button>
      </Group>
      {ask.error && <Failure error={ask.error} />}
    </>
  )
}

function Said({ icon, title, action, children }: { icon: IconName; title: string; action: ReactNode; children: ReactNode }) {
  return (
    <Alert color="orange" variant="light" icon={<Icon name={icon} />} title={title} mb="md" role="status">
      {children}
      {action}
    </Alert>
  )
}
