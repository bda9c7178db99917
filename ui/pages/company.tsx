/** Företag: its name, and the other companies this person works in. */
import { Button, Group, NativeSelect, Paper, Stack, Text, TextInput, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { Icon } from '../parts/icons.tsx'
import { MailSettings } from '../parts/mail-settings.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Failure } from '../parts/states.tsx'
import { sessionQuery, signedIn, useEnterCompany, useSession } from '../session.ts'

const COUNTRIES = ['SE', 'NO', 'DK', 'FI'] as const

export function CompanyPage() {
  const { t } = useTranslation()
  return (
    <div className="middle">
      <PageHead title={t('company.title')} text={t('company.text')} />
      <Stack gap="lg">
        <Name />
        <MailSettings />
        <Mine />
        <More />
      </Stack>
    </div>
  )
}

function Name() {
  const { t } = useTranslation()
  const { company } = useSession()
  const [name, setName] = useState(company?.name ?? '')
  const save = useMutation({
    mutationFn: () => api('company.change', { body: { name } }),
    onSuccess: () => void data.invalidateQueries({ queryKey: sessionQuery.queryKey }),
  })
  if (company === null) return null
  const send = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <Paper>
      <form onSubmit={send}>
        <Group gap="sm" align="flex-end">
          <TextInput label={t('company.name')} value={name} onChange={(event) => setName(event.currentTarget.value)} required maxLength={200} className="grow" />
          {name !== company.name && (
            <Button type="submit" variant="default" loading={save.isPending}>
              {t('common.save')}
            </Button>
          )}
        </Group>
      </form>
      <Text size="sm" c="dimmed" mt="sm">
        {t('company.facts', { country: t(`first-run.countries.${company.country}`), currency: company.currency, zone: company.timeZone })}
      </Text>
      {save.error && <Failure error={save.error} />}
    </Paper>
  )
}

function Mine() {
  const { t } = useTranslation()
  const { company, companies } = useSession()
  const enter = useEnterCompany()
  if (companies.length < 2) return null
  return (
    <Paper component="section" aria-labelledby="mine">
      <Title order={2} id="mine" mb="xs">
        {t('company.mine')}
      </Title>
      <ul className="plain-rows">
        {companies.map((each) => (
          <li key={each.id}>
            <span className="strong">{each.name}</span>
            {each.id === company?.id ? (
              <span className="tag tag-good">
                <Icon name="check" size={14} />
                {t('company.here')}
              </span>
            ) : (
              <Button size="xs" variant="default" onClick={() => enter.mutate(each.id)} loading={enter.isPending} aria-label={t('company.switch-to', { company: each.name })}>
                {t('company.switch')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {enter.error && <Failure error={enter.error} />}
    </Paper>
  )
}

function More() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { company } = useSession()
  const [name, setName] = useState('')
  const [store, setStore] = useState('')
  const [country, setCountry] = useState<(typeof COUNTRIES)[number]>(company?.country ?? 'SE')
  const make = useMutation({
    mutationFn: async () => {
      const session = await api('company.make', { body: { name, country } })
      signedIn(session)
      await api('locations.make', { body: { name: store } })
    },
    onSuccess: () => void navigate({ to: '/' }),
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    make.mutate()
  }
  return (
    <Paper component="section" aria-labelledby="new">
      <Title order={2} id="new" mb={4}>
        {t('company.new')}
      </Title>
      <Text c="dimmed" mb="md">
        {t('company.new-text')}
      </Text>
      <form onSubmit={send}>
        <Stack gap="sm">
          <TextInput label={t('company.name')} value={name} onChange={(event) => setName(event.currentTarget.value)} required maxLength={200} />
          <NativeSelect
            label={t('company.country')}
            value={country}
            onChange={(event) => setCountry(COUNTRIES.find((each) => each === event.currentTarget.value) ?? 'SE')}
            data={COUNTRIES.map((each) => ({ value: each, label: t(`first-run.countries.${each}`) }))}
          />
          <TextInput label={t('company.store')} value={store} onChange={(event) => setStore(event.currentTarget.value)} required maxLength={100} />
          <Button type="submit" variant="default" loading={make.isPending} className="start">
            {t('company.make')}
          </Button>
        </Stack>
      </form>
      {make.error && <Failure error={make.error} />}
    </Paper>
  )
}
