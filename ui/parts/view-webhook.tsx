/** A view's webhook: where the outside system is told that there is something to fetch, how the latest message went, and a test to press. */
import { Alert, Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Answer, api, type Body } from '../api.ts'
import { data } from '../data.ts'
import { ago, moment } from '../format.ts'
import type { View } from '../queries.ts'
import { useCompany } from '../session.ts'
import { CopyField } from './copy-field.tsx'
import { Icon, type IconName } from './icons.tsx'
import { Failure } from './states.tsx'
import { DropWebhook, WebhookForm } from './webhook-form.tsx'
import { whyNot } from './webhook-words.ts'

type Webhook = NonNullable<View['webhook']>

export function ViewWebhook({ view, now }: { view: View; now: number }) {
  const { t } = useTranslation()
  // Only here, and gone when the page is left.
  const [secret, setSecret] = useState<string | null>(null)
  return (
    <Paper component="section" aria-labelledby="webhook">
      <Title order={2} id="webhook" mb="sm">
        {t('view-webhook.title')}
      </Title>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('view-webhook.text')}
        </Text>
        {secret !== null && <SecretMade secret={secret} done={() => setSecret(null)} />}
        {view.webhook === null ? (
          <WebhookForm viewId={view.id} url={null} onSaved={setSecret} />
        ) : (
          <Standing key={view.webhook.url} viewId={view.id} webhook={view.webhook} now={now} onSaved={setSecret} />
        )}
      </Stack>
    </Paper>
  )
}

const LOOKS: Record<Webhook['state'], readonly [tone: 'good' | 'act', icon: IconName]> = { active: ['good', 'check'], failing: ['act', 'alert'], paused: ['act', 'pause'] }

function Standing({ viewId, webhook, now, onSaved }: { viewId: number; webhook: Webhook; now: number; onSaved: (secret: string | null) => void }) {
  const { t } = useTranslation()
  const fresh = webhook.state === 'active' && webhook.lastStatus === null
  const [tone, icon] = fresh ? (['quiet', 'wait'] as const) : LOOKS[webhook.state]
  return (
    <>
      <div>
        <Group gap="sm" mb={4}>
          <span className={`tag tag-${tone}`}>
            <Icon name={icon} size={14} />
            {t(`view-webhook.state.${fresh ? 'fresh' : webhook.state}`)}
          </span>
          {webhook.announcedAt !== null && <span className="row-sub">{t('view-webhook.announced', { ago: ago(webhook.announcedAt, now) })}</span>}
        </Group>
        <span className="mono">{webhook.url}</span>
      </div>
      <Trouble webhook={webhook} />
      <SendNow viewId={viewId} />
      <details>
        <summary>{t('view-webhook.change')}</summary>
        <Stack gap="md" mt="sm">
          <WebhookForm viewId={viewId} url={webhook.url} onSaved={onSaved} />
          <DropWebhook viewId={viewId} />
        </Stack>
      </details>
    </>
  )
}

/** Nothing while it works. */
function Trouble({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const { state, failingSince, nextTryAt } = webhook
  if (state === 'active' || failingSince === null) return null
  const since = moment(failingSince, timeZone)
  if (state === 'failing')
    return (
      <Text size="sm" role="status">
        {t('view-webhook.failing', { since })} {whyNot(webhook, t)} {nextTryAt !== null && t('view-webhook.next', { when: moment(nextTryAt, timeZone) })}
      </Text>
    )
  return (
    <Alert color="orange" variant="light" icon={<Icon name="pause" />} title={t('view-webhook.paused', { since })} role="status">
      <p className="flat">{whyNot(webhook, t)}</p>
      <p className="flat">{t('view-webhook.paused-text')}</p>
    </Alert>
  )
}

function SendNow({ viewId }: { viewId: number }) {
  const { t } = useTranslation()
  const send = useMutation({
    mutationFn: (kind: Body<'views.webhook-test'>['kind'] & string) => api('views.webhook-test', { params: { viewId }, body: { kind } }),
    onSuccess: () => void data.invalidateQueries({ queryKey: ['view', viewId] }),
  })
  const button = (kind: 'test' | 'replay') => ({ variant: 'default', size: 'sm', onClick: () => send.mutate(kind), loading: send.isPending && send.variables === kind })
  return (
    <Stack gap="xs">
      <Group gap="sm">
        <Button {...button('test')}>{t('view-webhook.test')}</Button>
        <Button {...button('replay')}>{t('view-webhook.replay')}</Button>
      </Group>
      {send.data && <Outcome outcome={send.data} />}
      {send.error && <Failure error={send.error} />}
    </Stack>
  )
}

function Outcome({ outcome }: { outcome: Answer<'views.webhook-test'> }) {
  const { t } = useTranslation()
  return (
    <p className={`fact fact-${outcome.delivered ? 'good' : 'bad'}`} role="status">
      <Icon name={outcome.delivered ? 'check' : 'alert'} size={16} />
      {outcome.delivered
        ? t('view-webhook.arrived', { status: outcome.status ?? '' })
        : `${t('view-webhook.not-arrived')} ${whyNot({ lastStatus: outcome.status, lastError: outcome.error }, t)}`}
    </p>
  )
}

/** Shown this once. */
function SecretMade({ secret, done }: { secret: string; done: () => void }) {
  const { t } = useTranslation()
  return (
    <Alert color="pine" variant="light" icon={<Icon name="key" />} title={t('view-webhook.secret-made')} role="status">
      <Stack gap="sm">
        <Text>{t('view-webhook.secret-text')}</Text>
        <CopyField label={t('view-webhook.secret')} value={secret} />
        <Button variant="default" onClick={done} className="start">
          {t('keys.done')}
        </Button>
      </Stack>
    </Alert>
  )
}
