/** Sign-in. The answer never tells whether the address exists. */
import { Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { type FormEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { Failure } from '../parts/states.tsx'
import { signedIn } from '../session.ts'
import { Bare } from '../shell/bare.tsx'

export function SignIn() {
  const { t } = useTranslation()
  const router = useRouter()
  const { to } = useSearch({ from: '/sign-in' })
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  useEffect(() => {
    document.title = `${t('sign-in.title')} – Lagerbro`
  }, [t])
  const open = useMutation({
    mutationFn: () => api('session.open', { body: { email, password } }),
    onSuccess: (session) => {
      signedIn(session)
      router.history.push(to ?? '/')
    },
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    open.mutate()
  }
  return (
    <Bare>
      <Title order={1}>{t('sign-in.title')}</Title>
      <Text c="dimmed" mt={4} mb="lg">
        {t('sign-in.text')}
      </Text>
      <form onSubmit={send}>
        <Stack gap="md">
          <TextInput label={t('sign-in.email')} type="email" value={email} onChange={(event) => setEmail(event.currentTarget.value)} required autoComplete="username" autoFocus />
          <PasswordInput
            label={t('sign-in.password')}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            required
            autoComplete="current-password"
            visibilityToggleButtonProps={{ 'aria-label': t('common.show-password') }}
          />
          {open.error && <Failure error={open.error} />}
          <Button type="submit" loading={open.isPending} fullWidth>
            {t('sign-in.open')}
          </Button>
        </Stack>
      </form>
    </Bare>
  )
}
