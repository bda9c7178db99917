/** The field that searches everywhere, with what it finds: arrows and Enter, or a scanner, which writes and presses Enter before anybody could look. */
import { Combobox, Loader, Text, TextInput, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ToOptions, useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { data } from '../data.ts'
import { Icon } from '../parts/icons.tsx'
import { Failure } from '../parts/states.tsx'
import { searchQuery } from '../queries.ts'
import { useCompany } from '../session.ts'
import { groupsOf, type Hit } from './search-hits.ts'

export function SearchBox({ onGone }: { onGone: () => void }) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const asked = text.trim()
  const [q] = useDebouncedValue(asked, 150)
  const found = useQuery({ ...searchQuery(q), placeholderData: keepPreviousData })
  const groups = q !== '' && asked !== '' && found.data ? groupsOf(found.data, q, { t, timeZone }) : []
  const hits = groups.flatMap((group) => [...group.hits, ...(group.all === null ? [] : [group.all])])
  const combobox = useCombobox({ opened: hits.length > 0 })
  const { resetSelectedOption } = combobox
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was chosen is gone with the text it was found by.
  useEffect(() => resetSelectedOption(), [q])

  const go = (to: ToOptions) => {
    onGone()
    void navigate(to)
  }
  const enter = async () => {
    const answer = await data.fetchQuery(searchQuery(asked))
    const all = groupsOf(answer, asked, { t, timeZone }).flatMap((group) => group.hits)
    const exact = all.find(({ value }) => value === `article ${answer.exact?.articleId}`)
    const only = all.length === 1 ? all[0] : undefined
    if (exact ?? only) go((exact ?? only)?.to ?? {})
    // Several: the first is marked, and the next Enter opens it.
    else combobox.selectFirstOption()
  }
  const key = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onGone()
    if (event.key !== 'Enter' || combobox.getSelectedOptionIndex() !== -1 || asked === '') return
    event.preventDefault()
    // What failed is said below.
    enter().catch(() => setText((before) => before))
  }
  const nothing = q !== '' && q === asked && found.data !== undefined && !found.isPlaceholderData && hits.length === 0
  return (
    <Combobox store={combobox} onOptionSubmit={(value) => go(hits.find((each) => each.value === value)?.to ?? {})}>
      <Combobox.EventsTarget withAriaAttributes withExpandedAttribute>
        <TextInput
          size="lg"
          aria-label={t('search.title')}
          aria-autocomplete="list"
          placeholder={t('search.how')}
          data-autofocus
          maxLength={100}
          value={text}
          leftSection={<Icon name="search" size={20} />}
          rightSection={asked !== '' && found.isFetching ? <Loader size="xs" /> : null}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={key}
        />
      </Combobox.EventsTarget>
      {hits.length > 0 && (
        <Combobox.Options aria-label={t('search.title')} className="hits" mah="60vh" tabIndex={0}>
          {groups.map((group) => (
            <Combobox.Group key={group.kind} label={t(`search.kind.${group.kind}`)}>
              {group.hits.map((each) => (
                <Combobox.Option key={each.value} value={each.value}>
                  <Row hit={each} />
                </Combobox.Option>
              ))}
              {group.all !== null && (
                <Combobox.Option value={group.all.value} className="hits-all">
                  {group.all.name}
                </Combobox.Option>
              )}
            </Combobox.Group>
          ))}
        </Combobox.Options>
      )}
      <div role="status" className={nothing ? 'hits-none' : 'hidden'}>
        {nothing && <Text>{t('search.none', { asked })}</Text>}
        {nothing && (
          <Text size="sm" c="dimmed">
            {t('search.none-how')}
          </Text>
        )}
        {hits.length > 0 && t('search.found', { count: hits.length })}
      </div>
      {found.error && <Failure error={found.error} retry={() => void found.refetch()} />}
      <Text size="sm" c="dimmed" mt="sm" className="wide-only">
        {t('search.keys')}
      </Text>
    </Combobox>
  )
}

function Row({ hit: { name, number, beside, alarm } }: { hit: Hit }) {
  return (
    <span className="hit">
      <span className="hit-name">
        {name} {number !== null && <span className="mono quiet">{number}</span>}
      </span>
      {alarm !== null && (
        <span className="tag tag-act">
          <Icon name="alert" size={14} />
          {alarm}
        </span>
      )}
      {beside !== '' && <span className="row-sub">{beside}</span>}
    </span>
  )
}
