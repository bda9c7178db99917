/** The events of an article's history as a table; a phone shows what there was after each one beneath it. */
import { useTranslation } from 'react-i18next'
import { pieces } from '../format.ts'
import type { HistoryEvent } from '../queries.ts'
import { EventChange, EventWords } from './history-event.tsx'
import { useEventWords } from './history-words.ts'
import { Pieces } from './pieces.tsx'

/** `begins`: where the first of them started from, once it is among them. */
export function HistoryTable({ events, articleName, begins }: { events: HistoryEvent[]; articleName: string; begins: string | null }) {
  const { t } = useTranslation()
  const wordsOf = useEventWords(articleName)
  return (
    <div className="card">
      <table className="table history">
        <thead>
          <tr>
            <th scope="col">{t('timeline.event')}</th>
            <th scope="col" className="number">
              {t('timeline.change')}
            </th>
            <th scope="col" className="number wide-only">
              {t('article.on-hand')}
            </th>
            <th scope="col" className="number wide-only">
              {t('article.reserved')}
            </th>
            <th scope="col" className="number">
              {t('article.available')}
            </th>
          </tr>
        </thead>
        <tbody>
          {events.map((event) => {
            const after = (value: number) => <Pieces value={event.known ? value : null} />
            return (
              <tr key={`${event.sort} ${event.id}`} className={event.sort === 'moved' ? undefined : 'aside'}>
                <td>
                  <EventWords event={event} said={wordsOf(event)} />
                </td>
                <td className="number">
                  <EventChange event={event} />
                </td>
                <td className="number wide-only">{after(event.onHandAfter)}</td>
                <td className="number wide-only">{after(event.reservedAfter)}</td>
                <td className="number strong">
                  {after(event.onHandAfter - event.reservedAfter)}
                  {event.known && event.reservedAfter !== 0 && (
                    <span className="row-sub narrow-only">
                      {pieces(event.onHandAfter)} − {pieces(event.reservedAfter)}
                    </span>
                  )}
                </td>
              </tr>
            )
          })}
          {begins !== null && (
            <tr className="aside">
              <td colSpan={5}>
                {t('timeline.start')}: {begins}
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  )
}
