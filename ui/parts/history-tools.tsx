/** What of an article's history is shown: which store, how much, and of which time. The address says it, so that it can be handed on. */
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Location } from '../queries.ts'
import { useCompany } from '../session.ts'
import { momentOf, wallTime } from '../wall-time.ts'

interface Props {
  articleId: number
  locations: Location[]
  locationId: number
  children: ReactNode
}

export function HistoryTools({ articleId, locations, locationId, children }: Props) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const navigate = useNavigate()
  const search = useSearch({ from: '/inside/articles/$id/history' })
  // Undefined = not asked for any more.
  const choose = (change: { [Name in keyof typeof search]?: (typeof search)[Name] | undefined }) => {
    const next = Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value !== undefined)) as typeof search
    void navigate({ to: '/articles/$id/history', params: { id: String(articleId) }, search: next, replace: true, resetScroll: false })
  }
  const moment = (name: 'from' | 'until', label: string) => (
    <TextInput
      type="datetime-local"
      size="sm"
      label={label}
      defaultValue={search[name] === undefined ? '' : wallTime(search[name], timeZone)}
      key={search[name]}
      onBlur={(event) => take(name, event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take(name, event.currentTarget.value)
      }}
    />
  )
  const take = (name: 'from' | 'until', wall: string) => {
    const at = wall === '' ? undefined : (momentOf(wall, timeZone) ?? undefined)
    if (at !== search[name]) choose({ [name]: at })
  }
  return (
    <div className="tools history-tools">
      {locations.length > 1 && (
        <NativeSelect
          size="sm"
          label={t('article.store')}
          value={String(locationId)}
          onChange={(event) => choose({ store: Number(event.currentTarget.value) })}
          data={locations.map((each) => ({ value: String(each.id), label: each.name }))}
        />
      )}
      <NativeSelect
        size="sm"
        label={t('timeline.show')}
        value={search.all ? 'all' : 'moved'}
        onChange={(event) => choose({ all: event.currentTarget.value === 'all' ? true : undefined })}
        data={[
          { value: 'moved', label: t('timeline.moved') },
          { value: 'all', label: t('timeline.all') },
        ]}
      />
      {moment('from', t('timeline.from'))}
      {moment('until', t('timeline.until'))}
      {(search.from !== undefined || search.until !== undefined) && (
        <Button size="sm" variant="default" onClick={() => choose({ from: undefined, until: undefined })}>
          {t('timeline.now')}
        </Button>
      )}
      {children}
    </div>
  )
}
