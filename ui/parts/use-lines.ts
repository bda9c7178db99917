/** The lines being typed on one of the three document pages; a long one is kept on this device until it is booked. */
import { useCallback, useEffect, useState } from 'react'
import { newRef } from '../api.ts'
import { serverNow } from '../clock.ts'
import type { ArticleRow } from '../queries.ts'
import { useSession } from '../session.ts'
import type { Found } from './find-article.tsx'

export interface Line {
  article: ArticleRow
  quantity: number
  /** When this number was last touched: a count is compared with the book at that moment. */
  at: string
}
interface Draft {
  ref: string
  lines: Line[]
}
export type Lines = ReturnType<typeof useLines>

const touch = () => serverNow().toISOString()

/** `kept` = a phone that sleeps, or a page that is left, loses nothing of it. */
export function useLines(prefix: string, { kept = false } = {}) {
  const { company } = useSession()
  const name = kept ? `lagerbro.draft.${prefix}.${company?.id}` : null
  // One name per document, kept over repeats: pressing twice or a lost answer books once.
  const [draft, setDraft] = useState<Draft>(() => readDraft(name) ?? { ref: newRef(prefix), lines: [] })
  const { lines } = draft
  useEffect(() => writeDraft(name, draft), [name, draft])
  const setLines = useCallback((work: (before: Line[]) => Line[]) => setDraft((before) => ({ ...before, lines: work(before.lines) })), [])
  /** Scanning one that is already there counts it up; the newest stands first. */
  const add = useCallback(
    ({ article, quantity }: Found) => {
      setLines((before) => {
        const there = before.find((line) => line.article.id === article.id)
        return [{ article, quantity: (there?.quantity ?? 0) + quantity, at: touch() }, ...before.filter((line) => line !== there)]
      })
    },
    [setLines],
  )
  const change = useCallback(
    (articleId: number, quantity: number) => setLines((before) => before.map((line) => (line.article.id === articleId ? { ...line, quantity, at: touch() } : line))),
    [setLines],
  )
  const drop = useCallback((articleId: number) => setLines((before) => before.filter((line) => line.article.id !== articleId)), [setLines])
  const clear = useCallback(() => setDraft({ ref: newRef(prefix), lines: [] }), [prefix])
  /** It is in the book now: the lines stay to be looked at, and nothing of them is kept. */
  const booked = useCallback(() => writeDraft(name, null), [name])
  return { lines, ref: draft.ref, add, change, drop, clear, booked }
}

function readDraft(name: string | null): Draft | null {
  try {
    const text = name === null ? null : localStorage.getItem(name)
    return text === null ? null : (JSON.parse(text) as Draft)
  } catch {
    return null
  }
}

function writeDraft(name: string | null, draft: Draft | null): void {
  if (name === null) return
  try {
    if (draft === null || draft.lines.length === 0) localStorage.removeItem(name)
    else localStorage.setItem(name, JSON.stringify(draft))
  } catch {
    // Storage is off or full: the page must stay open.
  }
}
