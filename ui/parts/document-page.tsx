/** The page of one sort of document, from the first scan to "it is booked": Registrera försäljning, Inleverans and Inventering are this with their own words. */
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { data } from '../data.ts'
import { Booked } from './booked.tsx'
import { Document, type Place } from './document.tsx'
import { LinkButton } from './link-button.tsx'
import { PageHead } from './page-head.tsx'
import type { Line, Lines } from './use-lines.ts'

export interface BookedLine {
  articleId: number
  articleNumber: string
  change: number
  onHand: number | null
}
interface Props {
  type: 'sale' | 'goods-receipt' | 'count'
  title: string
  text: string
  words: { find: string; quantity: string; book: string; empty: string }
  note?: string
  lines: Lines
  /** The least number a line may have; 1 = anything but zero. */
  least: 0 | 1
  withTime: boolean
  book: (lines: Line[], place: Place) => Promise<BookedLine[]>
  done: (lines: BookedLine[]) => { title: string; text: string; again: string }
  /** Said under each line, and under all of them. */
  beside?: { line: (line: Line) => ReactNode; all: ReactNode; store: (locationId: number) => void }
}

export function DocumentPage({ type, title, text, words, note, lines: { lines, add, change, drop, clear, booked }, least, withTime, book, done, beside }: Props) {
  const { t } = useTranslation()
  const send = useMutation({
    mutationFn: (place: Place) => book(lines, place),
    onSuccess: () => {
      booked()
      void data.invalidateQueries()
    },
  })
  const said = send.data ? done(send.data) : null
  return (
    <div className="middle">
      <PageHead
        title={title}
        text={text}
        actions={
          <LinkButton to="/documents" search={{ type }} variant="default" size="sm">
            {t(`documents.title.${type}`)}
          </LinkButton>
        }
      />
      {send.data && said ? (
        <Booked
          title={said.title}
          text={said.text}
          lines={send.data.map(({ articleId, articleNumber: number, change: by, onHand }) => ({
            articleId,
            number,
            name: lines.find((each) => each.article.id === articleId)?.article.name ?? '',
            change: by,
            onHand,
          }))}
          again={{
            words: said.again,
            press: () => {
              send.reset()
              clear()
            },
          }}
        />
      ) : (
        <Document
          lines={lines}
          add={add}
          change={change}
          drop={drop}
          words={words}
          least={least}
          withTime={withTime}
          sets={type !== 'sale'}
          busy={send.isPending}
          error={send.error}
          book={send.mutate}
          note={note}
          {...(beside ? { beside } : {})}
        />
      )}
    </div>
  )
}
