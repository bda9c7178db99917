/** One step of a connector's guide: its words, the path in the shop's admin, its fields, its button, and what the shop answered. */
import { Button, Group, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { problemOf } from '../problem.ts'
import type { Connection, Connector } from '../queries.ts'
import { currentLocale } from '../words.ts'
import { Answered } from './answered.tsx'
import { GuideWords, MenuPath } from './guide-words.tsx'
import { Places, usePlaces } from './places.tsx'
import { blamedField, SettingsFields, type Typed } from './settings-form.tsx'
import { Failure } from './states.tsx'
import { StepFrame } from './step-frame.tsx'

interface Props {
  number: number
  step: Connector['guide'][number]
  done: boolean
  missing: Connection['guide'][number]['missing']
  open: boolean
  toggle: () => void
  onDone: () => void
  connection: Connection
  connector: Connector
}

export function GuideStep({ number, step, done, missing, open, toggle, onDone, connection, connector }: Props) {
  const { t } = useTranslation()
  const locale = currentLocale()
  const [typed, setTyped] = useState<Typed>({})
  const places = usePlaces(connection)
  const press = useMutation({
    mutationFn: async () => {
      const params = { connectionId: connection.id }
      let latest = connection
      if (step.fields.length > 0 && (Object.keys(typed).length > 0 || step.button === 'check')) latest = await api('connections.settings', { params, body: { settings: typed } })
      data.setQueryData(['connection', connection.id], latest)
      switch (step.button) {
        case 'check':
          return api('connections.check', { params, body: {} })
        case 'map-places':
          // Several places must be allowed before they are chosen, and the store that stands in must have one.
          if (places.manyPlaces) await api('connections.settings', { params, body: { manyPlaces: true } })
          await api('connections.places', { params, body: { places: places.chosen } })
          return api('connections.settings', { params, body: places.settings })
        case 'activate':
          return api('connections.activate', { params, body: {} })
        case 'subscribe':
          return api('connections.subscribe', { params, body: {} })
        case 'match':
          await api('connections.match', { params, body: {} })
          return api('connections.show', { params })
        case null:
          return latest
      }
    },
    onSuccess: (latest) => {
      data.setQueryData(['connection', connection.id], latest)
      void data.invalidateQueries({ queryKey: ['connections'] })
      setTyped({})
      if (latest.guide.find((each) => each.code === step.code)?.done) onDone()
    },
  })
  const problem = press.error ? problemOf(press.error) : null
  const send = (event: FormEvent) => {
    event.preventDefault()
    press.mutate()
  }
  const shownBelow = problem !== null && !step.fields.includes(blamedField(problem) ?? '')
  return (
    <StepFrame number={number} title={step.title[locale]} done={done} open={open} toggle={toggle}>
      <form onSubmit={send}>
        <Stack gap="md">
          {step.menuPath && <MenuPath path={step.menuPath[locale]} label={t('guide.path')} />}
          <GuideWords text={step.words[locale]} />
          {step.button === 'map-places' && <Places connection={connection} places={places} />}
          {step.fields.length > 0 && (
            <SettingsFields
              connector={connector}
              connection={connection}
              names={step.fields}
              typed={typed}
              onType={(name, value) => setTyped((before) => ({ ...before, [name]: value }))}
              problem={problem}
            />
          )}
          {step.button === 'subscribe' && (
            <Text size="sm" c="dimmed">
              {connection.hookUrl === null ? t('guide.no-address') : t('guide.address')} {connection.hookUrl !== null && <code className="letters">{connection.hookUrl}</code>}
            </Text>
          )}
          {shownBelow && <Failure error={press.error} />}
          <Answered connection={connection} button={step.button} missing={missing} />
          {step.button !== null && (
            <Group>
              <Button type="submit" loading={press.isPending} variant={done ? 'default' : 'filled'}>
                {done && step.button !== 'map-places' ? t(`guide.again.${step.button}`) : t(`guide.button.${step.button}`)}
              </Button>
            </Group>
          )}
        </Stack>
      </form>
    </StepFrame>
  )
}
