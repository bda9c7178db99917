/** What the pages Registrera försäljning, Inleverans and Inventering share: store, time, scan field, lines, one button, and what came of it. */
import { ActionIcon, Button, Group, NativeSelect, NumberInput, Paper, Stack, Text, TextInput } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { locationsQuery } from '../queries.ts'
import { FindArticle, type Found } from './find-article.tsx'
import { Icon } from './icons.tsx'
import { LinkButton } from './link-button.tsx'
import { Pieces } from './pieces.tsx'
import { Empty, Failure, Loading } from './states.tsx'
import type { Line } from './use-lines.ts'

const STORE = 'lagerbro.store'
function lastStore(): number | null {
  try {
    return Number(localStorage.getItem(STORE)) || null
  } catch {
    return null
  }
}

export interface Place {
  locationId: number
  /** Null = now. */
  occurredAt: string | null
}

interface Props {
  lines: Line[]
  add: (found: Found) => void
  change: (articleId: number, quantity: number) => void
  drop: (articleId: number) => void
  words: { find: string; quantity: string; book: string; empty: string }
  least: number
  withTime: boolean
  /** Says how much there is: an ERP that keeps the store's stock does that itself. */
  sets: boolean
  busy: boolean
  error: unknown
  book: (place: Place) => void
  note?: ReactNode
  beside?: { line: (line: Line) => ReactNode; all: ReactNode; store: (locationId: number) => void }
}

export function Document({ lines, add, change, drop, words, least, withTime, sets, busy, error, book, note, beside }: Props) {
  const { t } = useTranslation()
  const field = useRef<HTMLInputElement>(null)
  const locations = useQuery(locationsQuery)
  const [store, setStore] = useState(lastStore)
  const [time, setTime] = useState('')
  const here = locations.data?.find((each) => each.id === store) ?? locations.data?.[0]
  const hereId = here?.id
  const tellStore = beside?.store
  useEffect(() => {
    if (hereId !== undefined) tellStore?.(hereId)
  }, [hereId, tellStore])
  const master = sets ? (here?.master ?? null) : null
  const right = master === null && lines.length > 0 && lines.every((line) => Number.isInteger(line.quantity) && (least === 0 || line.quantity !== 0))
  const send = () => {
    if (here && right && !busy) book({ locationId: here.id, occurredAt: time === '' ? null : new Date(time).toISOString() })
  }
  useHotkeys([['mod+Enter', send]], [])
  if (locations.isPending) return <Loading rows={3} />
  if (locations.error) return <Failure error={locations.error} retry={() => void locations.refetch()} />
  return (
    <Stack gap="md">
      <Paper>
        <Stack gap="md">
          <Group gap="md" align="flex-end">
            <NativeSelect
              label={t('document.store')}
              value={String(here?.id ?? '')}
              onChange={(event) => {
                const id = Number(event.currentTarget.value)
                setStore(id)
                try {
                  localStorage.setItem(STORE, String(id))
                } catch {
                  // Storage is off: chosen again next time.
                }
              }}
              data={(locations.data ?? []).map((each) => ({ value: String(each.id), label: each.name }))}
            />
          </Group>
          {master === null && <FindArticle label={words.find} onFound={add} field={field} />}
        </Stack>
      </Paper>
      {here && master !== null ? (
        <Empty
          icon="accounts"
          title={t('document.elsewhere', { name: master.name })}
          action={
            <LinkButton to="/stores/$id" params={{ id: String(here.id) }} variant="default">
              {t('document.elsewhere-link')}
            </LinkButton>
          }
        >
          {t('document.elsewhere-text', { name: master.name, store: here.name })}
        </Empty>
      ) : (
        <>
          {lines.length === 0 ? (
            <Empty icon="articles" title={words.empty} />
          ) : (
            <Paper p={0} className="lines">
              <table className="table">
                <thead>
                  <tr>
                    <th scope="col">{t('document.article')}</th>
                    {!beside && (
                      <th scope="col" className="number wide-only">
                        {t('document.in-store')}
                      </th>
                    )}
                    <th scope="col" className="number">
                      {words.quantity}
                    </th>
                    <th scope="col">
                      <span className="hidden">{t('document.drop')}</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {lines.map((line) => (
                    <tr key={line.article.id}>
                      <td>
                        {line.article.name}
                        <div className="row-sub mono">{line.article.number}</div>
                        {beside && <div className="row-sub">{beside.line(line)}</div>}
                      </td>
                      {!beside && (
                        <td className="number wide-only">
                          <Pieces value={line.article.levels.find((level) => level.locationId === here?.id)?.onHand ?? null} />
                        </td>
                      )}
                      <td className="number">
                        <NumberInput
                          size="sm"
                          w={104}
                          ml="auto"
                          className="quantity"
                          aria-label={t('document.quantity-of', { name: line.article.name })}
                          value={line.quantity}
                          allowDecimal={false}
                          min={least === 0 ? 0 : -1_000_000}
                          max={1_000_000}
                          clampBehavior="strict"
                          hideControls
                          onFocus={(event) => event.currentTarget.select()}
                          onChange={(value) => change(line.article.id, typeof value === 'number' ? value : Number.NaN)}
                          onKeyDown={(event) => {
                            if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) field.current?.focus()
                          }}
                          error={!Number.isInteger(line.quantity)}
                        />
                      </td>
                      <td className="drop">
                        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('document.drop-one', { name: line.article.name })} onClick={() => drop(line.article.id)}>
                          <Icon name="cross" size={18} />
                        </ActionIcon>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Paper>
          )}
          {lines.length > 0 && beside?.all}
          {error !== null && <Failure error={error} />}
          <Group justify="space-between" align="flex-end" gap="md" className="book">
            <Text c="dimmed" size="sm" className="book-note">
              {note}
            </Text>
            {withTime && (
              <TextInput
                type="datetime-local"
                label={t('document.time')}
                description={t('document.time-why')}
                value={time}
                onChange={(event) => setTime(event.currentTarget.value)}
              />
            )}
            <Button size="lg" onClick={send} loading={busy} disabled={!right}>
              {words.book}
            </Button>
          </Group>
        </>
      )}
    </Stack>
  )
}
