/** The very first page: the company, its first store and its owner. */
import { Button, Divider, NativeSelect, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { Failure } from '../parts/states.tsx'
import { problemOf } from '../problem.ts'
import { setupQuery, signedIn } from '../session.ts'
import { Bare } from '../shell/bare.tsx'
import { currentLocale } from '../words.ts'

const COUNTRIES = ['SE', 'NO', 'DK', 'FI'] as const
const HOME = { sv: 'SE', nb: 'NO', da: 'DK', en: 'SE' } as const

export function FirstRun() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const setup = useQuery(setupQuery)
  const [form, setForm] = useState({ company: '', country: HOME[currentLocale()] as (typeof COUNTRIES)[number], location: '', name: '', email: '', password: '' })
  useEffect(() => {
    document.title = `${t('first-run.title')} – Lagerbro`
  }, [t])
  const put = (field: keyof typeof form) => (event: { currentTarget: { value: string } }) => {
    const { value } = event.currentTarget
    setForm((before) => ({ ...before, [field]: value }))
  }
  const make = useMutation({
    mutationFn: () =>
      api('setup.make', {
        body: {
          company: { name: form.company, country: form.country },
          location: { name: form.location },
          owner: { name: form.name, email: form.email, password: form.password, locale: currentLocale() },
        },
      }),
    onSuccess: (session) => {
      signedIn(session)
      void navigate({ to: '/webshops' })
    },
  })
  const demo = useMutation({
    mutationFn: async () => {
      const owner = await api('setup.demo', { body: {} })
      return api('session.open', { body: { email: owner.email, password: owner.password } })
    },
    onSuccess: (session) => {
      signedIn(session)
      void navigate({ to: '/articles' })
    },
  })
  const wrong = make.error ? problemOf(make.error) : null
  const errorOf = (...fields: string[]) => (wrong?.field && fields.includes(wrong.field) ? { error: wrong.words } : {})
  const placed = ['company.name', 'location.name', 'owner.name', 'owner.email', 'email', 'owner.password', 'password'].includes(wrong?.field ?? '')
  const send = (event: FormEvent) => {
    event.preventDefault()
    make.mutate()
  }
  return (
    <Bare>
      <Title order={1}>{t('first-run.title')}</Title>
      <Text c="dimmed" mt={4} mb="lg">
        {t('first-run.text')}
      </Text>
      <form onSubmit={send}>
        <Stack gap="md">
          <TextInput
            label={t('first-run.company')}
            value={form.company}
            onChange={put('company')}
            required
            maxLength={200}
            autoComplete="organization"
            {...errorOf('company.name')}
          />
          <NativeSelect
            label={t('first-run.country')}
            description={t('first-run.country-why')}
            value={form.country}
            onChange={put('country')}
            data={COUNTRIES.map((code) => ({ value: code, label: t(`first-run.countries.${code}`) }))}
          />
          <TextInput
            label={t('first-run.store')}
            description={t('first-run.store-why')}
            value={form.location}
            onChange={put('location')}
            required
            maxLength={100}
            {...errorOf('location.name')}
          />
          <Divider />
          <TextInput label={t('first-run.name')} value={form.name} onChange={put('name')} required maxLength={200} autoComplete="name" {...errorOf('owner.name')} />
          <TextInput label={t('first-run.email')} type="email" value={form.email} onChange={put('email')} required autoComplete="username" {...errorOf('owner.email', 'email')} />
          <PasswordInput
            label={t('first-run.password')}
            description={t('first-run.password-why')}
            value={form.password}
            onChange={put('password')}
            required
            minLength={10}
            autoComplete="new-password"
            visibilityToggleButtonProps={{ 'aria-label': t('common.show-password') }}
            {...errorOf('owner.password', 'password')}
          />
          {make.error && !placed && <Failure error={make.error} />}
          <Button type="submit" loading={make.isPending} fullWidth>
            {t('first-run.make')}
          </Button>
        </Stack>
      </form>
      {setup.data?.demo && (
        <>
          <Divider my="lg" label={t('first-run.or')} />
          <Button variant="default" fullWidth loading={demo.isPending} onClick={() => demo.mutate()}>
            {t('first-run.demo')}
          </Button>
          <Text size="sm" c="dimmed" mt="xs">
            {t('first-run.demo-why')}
          </Text>
          {demo.error && <Failure error={demo.error} />}
        </>
      )}
    </Bare>
  )
}
