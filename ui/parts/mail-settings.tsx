/** E-post: through which server, to whom, a test letter, and what came of the latest ones. */
import { Button, Checkbox, Group, NativeSelect, NumberInput, Paper, PasswordInput, Stack, Text, Textarea, TextInput, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { LOCALE_NAMES, LOCALES } from '../locale.ts'
import { type Mail, mailQuery } from '../queries.ts'
import { useSession } from '../session.ts'
import { currentLocale } from '../words.ts'
import { LatestLetters } from './latest-letters.tsx'
import { Failure, Loading } from './states.tsx'

const SECURITY = ['starttls', 'tls', 'none'] as const
const USUAL_PORT = { starttls: 587, tls: 465, none: 25 } as const
type Settings = NonNullable<Mail['settings']>

export function MailSettings() {
  const { t } = useTranslation()
  const mail = useQuery(mailQuery)
  return (
    <Paper component="section" aria-labelledby="mail">
      <Title order={2} id="mail" mb={4}>
        {t('mail.title')}
      </Title>
      <Text c="dimmed" mb="md">
        {t('mail.text')}
      </Text>
      {mail.data ? (
        <Form key={String(mail.data.settings === null)} mail={mail.data} />
      ) : mail.error ? (
        <Failure error={mail.error} retry={() => void mail.refetch()} />
      ) : (
        <Loading rows={3} />
      )}
    </Paper>
  )
}

function Form({ mail: { settings, letters } }: { mail: Mail }) {
  const { t } = useTranslation()
  const { person } = useSession()
  const [typed, setTyped] = useState<Settings>(
    settings ?? { host: '', port: USUAL_PORT.starttls, security: 'starttls', user: '', sender: person.email, recipients: [person.email], locale: currentLocale(), digest: true },
  )
  const [to, setTo] = useState(typed.recipients.join('\n'))
  const [password, setPassword] = useState('')
  const change = (more: Partial<Settings>) => setTyped((before) => ({ ...before, ...more }))
  const recipients = to.split(/[\s,;]+/).filter((each) => each !== '')
  const signsIn = typed.security !== 'none' && (typed.user ?? '') !== ''
  const shown = (fresh: Mail) => data.setQueryData(mailQuery.queryKey, fresh)
  const save = useMutation({
    mutationFn: () => api('mail.set', { body: { ...typed, user: signsIn ? typed.user : null, password: signsIn && password !== '' ? password : null, recipients } }),
    onSuccess: (fresh) => {
      shown(fresh)
      setPassword('')
      notifications.show({ message: t('common.saved'), closeButtonProps: { 'aria-label': t('common.close') } })
    },
  })
  const trial = useMutation({
    mutationFn: () => api('mail.test', { body: {} }),
    onSuccess: () => notifications.show({ message: t('mail.test-sent'), closeButtonProps: { 'aria-label': t('common.close') } }),
  })
  const end = useMutation({
    mutationFn: () => api('mail.unset', {}),
    onSuccess: (fresh) => {
      shown(fresh)
      notifications.show({ message: t('mail.off-done'), closeButtonProps: { 'aria-label': t('common.close') } })
    },
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    trial.reset()
    save.mutate()
  }
  return (
    <form onSubmit={send}>
      <Stack gap="md">
        <TextInput
          label={t('mail.host')}
          description={t('mail.host-why')}
          value={typed.host}
          onChange={(event) => change({ host: event.currentTarget.value.trim() })}
          required
          maxLength={253}
        />
        <Group gap="md" align="flex-end">
          <NativeSelect
            label={t('mail.security')}
            value={typed.security}
            onChange={(event) => {
              const security = SECURITY.find((each) => each === event.currentTarget.value) ?? 'starttls'
              change({ security, port: USUAL_PORT[security] })
            }}
            data={SECURITY.map((each) => ({ value: each, label: t(`mail.${each}`) }))}
            className="grow"
          />
          <NumberInput label={t('mail.port')} value={typed.port} onChange={(port) => change({ port: Number(port) })} min={1} max={65_535} hideControls w={100} required />
        </Group>
        {typed.security !== 'none' && (
          <Group gap="md" align="flex-start" grow preventGrowOverflow={false}>
            <TextInput
              label={t('mail.user')}
              description={t('mail.user-why')}
              value={typed.user ?? ''}
              onChange={(event) => change({ user: event.currentTarget.value })}
              maxLength={200}
              autoComplete="off"
            />
            <PasswordInput
              label={t('mail.password')}
              description={t('mail.password-why')}
              placeholder={settings?.user ? t('mail.kept') : ''}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
              maxLength={500}
              autoComplete="new-password"
            />
          </Group>
        )}
        <TextInput type="email" label={t('mail.sender')} value={typed.sender} onChange={(event) => change({ sender: event.currentTarget.value })} required maxLength={254} />
        <Textarea
          label={t('mail.recipients')}
          description={t('mail.recipients-why')}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
          required
          autosize
          minRows={2}
        />
        <NativeSelect
          label={t('mail.locale')}
          value={typed.locale}
          onChange={(event) => change({ locale: LOCALES.find((each) => each === event.currentTarget.value) ?? 'sv' })}
          data={LOCALES.map((each) => ({ value: each, label: LOCALE_NAMES[each] }))}
        />
        <Checkbox label={t('mail.digest')} checked={typed.digest} onChange={(event) => change({ digest: event.currentTarget.checked })} />
        <Group gap="sm">
          <Button type="submit" loading={save.isPending}>
            {t('common.save')}
          </Button>
          {settings !== null && (
            <>
              <Button variant="default" onClick={() => trial.mutate()} loading={trial.isPending}>
                {t('mail.test')}
              </Button>
              <Button variant="subtle" onClick={() => end.mutate()} loading={end.isPending}>
                {t('mail.off')}
              </Button>
            </>
          )}
        </Group>
        {[save.error, trial.error, end.error].map((error, n) => error !== null && <Failure key={['save', 'test', 'end'][n]} error={error} />)}
        {letters.length > 0 && <LatestLetters letters={letters} />}
      </Stack>
    </form>
  )
}
