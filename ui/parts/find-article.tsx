/** The field where articles are scanned or typed: an exact number or barcode at once, else what the name search finds. A leading "3*" is the number of pieces. */
import { Combobox, Loader, Text, TextInput, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type RefObject, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import type { ArticleRow } from '../queries.ts'
import { Icon } from './icons.tsx'

export interface Found {
  article: ArticleRow
  quantity: number
}

/** Exactly this number, else exactly this barcode (with the pieces behind one scan), else nothing. */
async function exactly(text: string): Promise<Found | null> {
  const byNumber = await api('articles.list', { query: { number: text, limit: '1' } })
  if (byNumber.items[0]) return { article: byNumber.items[0], quantity: 1 }
  if (!/^\d{8,14}$/.test(text)) return null
  const article = (await api('articles.list', { query: { barcode: text, limit: '1' } })).items[0]
  if (!article) return null
  const pack = article.barcodes.find((barcode) => barcode.code.padStart(14, '0') === text.padStart(14, '0'))?.pack ?? 1
  return { article, quantity: pack }
}

interface Props {
  label: string
  onFound: (found: Found) => void
  field: RefObject<HTMLInputElement | null>
  /** One is looked up, and nobody asks how many pieces. */
  single?: boolean
}

export function FindArticle({ label, onFound, field, single = false }: Props) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const [, times, asked = ''] = /^(?:(\d{1,5})\*)?(.*)$/s.exec(text) ?? []
  const [q] = useDebouncedValue(asked, 150)
  const hits = useQuery({ queryKey: ['find', q], queryFn: () => api('articles.list', { query: { q, limit: '8' } }), enabled: q.length >= 2 })
  const shown = q.length >= 2 ? (hits.data?.items ?? []) : []

  const take = (found: Found) => {
    onFound({ article: found.article, quantity: found.quantity * Number(times ?? 1) })
    setText('')
    setTrouble(null)
    combobox.closeDropdown()
    field.current?.focus()
  }
  const enter = async () => {
    if (asked === '' || busy) return
    setBusy(true)
    try {
      const found = await exactly(asked)
      const only = shown.length === 1 && q === asked ? shown[0] : undefined
      if (found) take(found)
      else if (only) take({ article: only, quantity: 1 })
      else setTrouble(t('find.none', { asked }))
    } catch {
      setTrouble(t('failure.no-answer'))
    } finally {
      setBusy(false)
    }
  }
  const key = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || combobox.getSelectedOptionIndex() !== -1) return
    event.preventDefault()
    void enter()
  }
  return (
    <Combobox
      store={combobox}
      withinPortal={false}
      onOptionSubmit={(value) => {
        const article = shown.find((each) => String(each.id) === value)
        if (article) take({ article, quantity: 1 })
      }}
    >
      <Combobox.Target withAriaAttributes>
        <TextInput
          ref={field}
          size={single ? 'md' : 'lg'}
          label={label}
          description={single ? t('find.how') : `${t('find.how')} ${t('find.many')}`}
          value={text}
          autoFocus
          data-autofocus
          autoComplete="off"
          leftSection={<Icon name="search" size={18} />}
          rightSection={busy ? <Loader size="xs" /> : null}
          error={trouble}
          onChange={(event) => {
            setText(event.currentTarget.value)
            setTrouble(null)
            combobox.openDropdown()
            combobox.resetSelectedOption()
          }}
          onBlur={() => combobox.closeDropdown()}
          onKeyDown={key}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={shown.length === 0}>
        <Combobox.Options aria-label={label}>
          {shown.map((article) => (
            <Combobox.Option key={article.id} value={String(article.id)}>
              <Text span>{article.name}</Text>{' '}
              <Text span c="dimmed" className="mono">
                {article.number}
              </Text>
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
