/** One step of a connector's guide: its words, the path in the shop's admin, its fields, its button, and what the shop answered. */
import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { type Problem, problemOf } from '../problem.ts'
import type { Connection, Connector } from '../queries.ts'
import { currentLocale } from '../words.ts'
import { Answered } from './answered.tsx'
import { CopyField } from './copy-field.tsx'
import { ErpFetch } from './erp-fetch.tsx'
import { ErpLines } from './erp-lines.tsx'
import { ErpStore } from './erp-store.tsx'
import { GuideWords, MenuPath } from './guide-words.tsx'
import { blamedStore, Places, usePlaces } from './places.tsx'
import { RunLine } from './run-line.tsx'
import { useSavePlaces } from './save-places.tsx'
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
  /** Opens another step. */
  goTo: (code: string) => void
  connection: Connection
  connector: Connector
}

export function GuideStep({ number, step, done, missing, open, toggle, onDone, goTo, connection, connector }: Props) {
  const { t } = useTranslation()
  const locale = currentLocale()
  const navigate = useNavigate()
  const [typed, setTyped] = useState<Typed>({})
  const places = usePlaces(connection)
  // A shop with one stock has no step for places: only a company with several stores is asked, beside the button.
  const asksStore = step.button === 'activate' && !connector.guide.some((each) => each.button === 'map-places') && connection.state === 'setup' && places.stores.length > 1
  const onlyPlace = connection.health?.places[0]?.ref ?? null
  const [store, setStore] = useState('')
  const whichStore = asksStore && onlyPlace !== null && store !== '' ? Number(store) : null
  // These bring a button of their own.
  const ownButton = step.button === null || step.button === 'code' || step.button === 'fetch' ? null : step.button
  const finish = (latest: Connection) => {
    if (latest.guide.find((each) => each.code === step.code)?.done) onDone()
  }
  const savePlaces = useSavePlaces(connection, (latest) => {
    places.saved()
    finish(latest)
  })
  const press = useMutation({
    mutationFn: async () => {
      const params = { connectionId: connection.id }
      let latest = connection
      if (step.fields.length > 0 && (Object.keys(typed).length > 0 || step.button === 'check')) latest = await api('connections.settings', { params, body: { settings: typed } })
      data.setQueryData(['connection', connection.id], latest)
      switch (step.button) {
        case 'check':
          return api('connections.check', { params, body: {} })
        case 'activate':
          if (whichStore !== null) await api('connections.places', { params, body: { places: [{ locationId: whichStore, placeRef: onlyPlace ?? '' }], manyPlaces: false } })
          return api('connections.activate', { params, body: {} })
        case 'subscribe':
          // What was typed here may be wrong like anything else: until the shop has answered with it, the earlier steps would stand open.
          if (Object.keys(typed).length > 0) await api('connections.check', { params, body: {} })
          return api('connections.subscribe', { params, body: {} })
        case 'match':
          // What it found is looked at and saved there.
          await navigate({ to: '/webshops/$id/runs/$runId', params: { id: String(connection.id), runId: String((await api('connections.match', { params, body: {} })).id) } })
          return api('connections.show', { params })
        case 'map-places':
        case 'code':
        case 'fetch':
        case null:
          return latest
      }
    },
    onSuccess: (latest) => {
      data.setQueryData(['connection', connection.id], latest)
      void data.invalidateQueries({ queryKey: ['connections'] })
      setTyped({})
      finish(latest)
    },
  })
  // Where a person makes the webhooks in the shop's own menu, the address is something to take along.
  const byHand = step.button === 'subscribe' && step.menuPath !== null ? connection.hookUrl : null
  const error = savePlaces.error ?? press.error
  const problem = error ? problemOf(error) : null
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (step.button === 'map-places') savePlaces.begin(places.body)
    else press.mutate()
  }
  const shownBelow = problem !== null && !step.fields.includes(blamedField(problem) ?? '') && !(step.button === 'map-places' && blamedStore(problem, places.chosen) !== null)
  const culprit =
    problem === null
      ? undefined
      : blamedStep(
          problem,
          connector.guide.filter((each) => each.code !== step.code),
        )
  return (
    <StepFrame number={number} title={step.title[locale]} done={done} open={open} toggle={toggle}>
      <form onSubmit={send}>
        <Stack gap="md">
          {step.menuPath ? (
            <MenuPath path={step.menuPath[locale]} label={t('guide.path')} />
          ) : (
            <Text size="sm" c="dimmed">
              {t('guide.here')}
            </Text>
          )}
          <GuideWords text={step.words[locale]} />
          {step.button === 'map-places' &&
            (connector.role === 'erp' ? <ErpStore connection={connection} places={places} /> : <Places connection={connection} places={places} problem={problem} />)}
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
          {asksStore && onlyPlace !== null && (
            <NativeSelect
              label={t('guide.which-store')}
              description={t('guide.which-store-why')}
              required
              value={store || String(connection.places[0]?.locationId ?? '')}
              onChange={(event) => setStore(event.currentTarget.value)}
              data={[{ value: '', label: t('guide.choose-store') }, ...places.stores.map((each) => ({ value: String(each.id), label: each.name }))]}
            />
          )}
          {byHand !== null && <CopyField label={t('guide.paste-address')} value={byHand} quiet />}
          {step.button === 'subscribe' && byHand === null && (
            <Text size="sm" c="dimmed">
              {connection.hookUrl === null ? t('guide.no-address') : t('guide.address')} {connection.hookUrl !== null && <code className="letters">{connection.hookUrl}</code>}
            </Text>
          )}
          {shownBelow && <Failure error={error} />}
          {culprit && (
            <Group>
              <Button variant="default" h="auto" mih={42} py="xs" className="wraps" onClick={() => goTo(culprit.code)}>
                {t('guide.go-to', { number: connector.guide.indexOf(culprit) + 1, title: culprit.title[locale] })}
              </Button>
            </Group>
          )}
          <Answered connection={connection} button={step.button} missing={missing} />
          {step.button === 'match' && connection.runs.filter((run) => run.kind === 'match').map((run) => <RunLine key={run.id} run={run} connectionId={connection.id} />)}
          {step.button === 'code' && <ErpLines connection={connection} onShown={() => goTo(step.code)} />}
          {step.button === 'fetch' && <ErpFetch connection={connection} />}
          {ownButton !== null && (
            <Group>
              <Button type="submit" loading={press.isPending || savePlaces.busy} variant={done ? 'default' : 'filled'}>
                {done && ownButton !== 'map-places' ? t(`guide.again.${ownButton}`) : t(`guide.button.${ownButton}`)}
              </Button>
            </Group>
          )}
        </Stack>
      </form>
      {savePlaces.dialog}
    </StepFrame>
  )
}

/** The step to go back to when the shop, or what is saved, says no; undefined when it is none of these. */
function blamedStep(problem: Problem, steps: Connector['guide']): Connector['guide'][number] | undefined {
  const field = blamedField(problem)
  if (field !== null) return steps.find((step) => step.fields.includes(field))
  if (/^place-|^many-places/.test(problem.code)) return steps.find((step) => step.button === 'map-places')
  const rights = problem.code === 'remote-denied' || (problem.code === 'not-ready' && (problem.facts.missing === 'rights' || problem.facts.missing === 'credentials'))
  return rights ? steps.find((step) => step.doneWhen.includes('rights')) : undefined
}
