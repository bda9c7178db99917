/** The lines being typed on one of the three document pages. */
import { useCallback, useState } from 'react'
import { newRef } from '../api.ts'
import { serverNow } from '../clock.ts'
import type { ArticleRow } from '../queries.ts'
import type { Found } from './find-article.tsx'

export interface Line {
  article: ArticleRow
  quantity: number
  /** When this number was last touched: a count is compared with the book at that moment. */
  at: string
}

const touch = () => serverNow().toISOString()

export function useLines(prefix: string) {
  const [lines, setLines] = useState<Line[]>([])
  // One name per document, kept over repeats: pressing twice or a lost answer books once.
  const [ref, setRef] = useState(() => newRef(prefix))
  /** Scanning one that is already there counts it up; the newest stands first. */
  const add = useCallback(({ article, quantity }: Found) => {
    setLines((before) => {
      const there = before.find((line) => line.article.id === article.id)
      return [{ article, quantity: (there?.quantity ?? 0) + quantity, at: touch() }, ...before.filter((line) => line !== there)]
    })
  }, [])
  const change = useCallback(
    (articleId: number, quantity: number) => setLines((before) => before.map((line) => (line.article.id === articleId ? { ...line, quantity, at: touch() } : line))),
    [],
  )
  const drop = useCallback((articleId: number) => setLines((before) => before.filter((line) => line.article.id !== articleId)), [])
  const clear = useCallback(() => {
    setLines([])
    setRef(newRef(prefix))
  }, [prefix])
  return { lines, ref, add, change, drop, clear }
}
