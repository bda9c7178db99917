/** A connector's own fields, drawn from its data. A saved secret is never shown again, only that it is there. */
import { NativeSelect, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../problem.ts'
import type { Connection, Connector } from '../queries.ts'
import { currentLocale } from '../words.ts'
import { reasonWords } from './reason.ts'

export type Typed = Record<string, string>

interface Props {
  connector: Connector
  connection: Connection
  names: string[]
  typed: Typed
  onType: (name: string, value: string) => void
  problem: Problem | null
}

const saysUnknown = (field: Connector['fields'][number]): boolean => field.options.some((option) => option.value === 'unknown')

/** Another field, as typed or saved, or what was found out, says that it can't be chosen. */
const isLockedBy = ({ locked }: Connector['fields'][number], now: Pick<Props, 'connector' | 'connection' | 'typed'>): boolean =>
  locked !== null && [saidOf(locked.when, now), now.connection.health?.learned[locked.when]].includes(locked.is)

/** What a field says now: as typed, as saved, or the first of its options. */
function saidOf(name: string, { connector, connection, typed }: Pick<Props, 'connector' | 'connection' | 'typed'>): string | undefined {
  const first = connector.fields.find((each) => each.name === name)?.options[0]?.value
  return typed[name] ?? connection.settings.find((each) => each.name === name)?.value ?? first
}
const isLeftOut = ({ unless }: Connector['fields'][number], now: Pick<Props, 'connector' | 'connection' | 'typed'>): boolean =>
  unless !== null && saidOf(unless.when, now) === unless.is

/** Which field a settings refusal points at. */
export function blamedField(problem: Problem | null): string | null {
  if (problem?.code !== 'settings-wrong') return null
  return problem.field ?? (typeof problem.facts.field === 'string' ? problem.facts.field : null)
}

export function SettingsFields({ connector, connection, names, typed, onType, problem }: Props) {
  const { t, i18n } = useTranslation()
  const locale = currentLocale()
  const blamed = blamedField(problem)
  return (
    <Stack gap="md">
      {connector.fields
        .filter((field) => names.includes(field.name) && !isLeftOut(field, { connector, connection, typed }))
        .map((field) => {
          const saved = connection.settings.find((each) => each.name === field.name)
          const common = {
            label: field.label[locale],
            description: field.help[locale],
            value: typed[field.name] ?? saved?.value ?? '',
            onChange: (event: { currentTarget: { value: string } }) => onType(field.name, event.currentTarget.value),
            ...(blamed === field.name && problem ? { error: reasonWords(i18n, problem) } : {}),
          }
          if (field.locked && isLockedBy(field, { connector, connection, typed }))
            return (
              <NativeSelect
                key={field.name}
                label={common.label}
                description={field.locked.why[locale]}
                disabled
                value={field.locked.as}
                data={field.options.map((option) => ({ value: option.value, label: option.label[locale] }))}
              />
            )
          if (field.options.length > 0)
            return (
              <NativeSelect
                key={field.name}
                {...common}
                value={common.value || (saysUnknown(field) ? 'unknown' : '')}
                data={[
                  // One that has its own "don't know" needs no second way to say so.
                  ...(field.optional && !common.value && !saysUnknown(field) ? [{ value: '', label: t('guide.standard') }] : []),
                  ...field.options.map((option) => ({ value: option.value, label: option.label[locale] })),
                ]}
              />
            )
          const placeholder = field.secret && saved?.set ? t('guide.secret-saved') : (field.placeholder ?? '')
          const must = { required: !field.optional && !saved?.set, withAsterisk: false, autoComplete: 'off', placeholder, spellCheck: false }
          return field.secret ? (
            <PasswordInput key={field.name} {...common} {...must} autoComplete="new-password" visibilityToggleButtonProps={{ 'aria-label': t('common.show-password') }} />
          ) : (
            <TextInput key={field.name} {...common} {...must} />
          )
        })}
    </Stack>
  )
}
