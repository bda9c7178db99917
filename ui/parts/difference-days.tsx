/** How many differences were found and settled per day: two rows of bars, and the same as a table for whoever can't see them. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type Answer, api } from '../api.ts'
import { day, pieces } from '../format.ts'
import { DayBars } from './day-bars.tsx'
import { Failure, Loading } from './states.tsx'

type Day = Answer<'differences.days'>['items'][number]

export function DifferenceDays({ connectionId }: { connectionId: number }) {
  const { t } = useTranslation()
  const days = useQuery({
    queryKey: ['difference-days', connectionId],
    queryFn: () => api('differences.days', { params: { connectionId } }),
    select: (page) => page.items,
    refetchInterval: 10_000,
  })
  if (days.isPending) return <Loading rows={2} />
  if (days.error) return <Failure error={days.error} retry={() => void days.refetch()} />
  const found = days.data.reduce((all, each) => all + each.found, 0)
  const settled = days.data.reduce((all, each) => all + each.settled, 0)
  if (found === 0 && settled === 0) return null
  return (
    <figure className="card days" aria-labelledby="days">
      <figcaption id="days">
        <span className="strong">{t('differences.days.title')}</span>
        <span className="days-key days-found">{t('differences.days.found', { shown: pieces(found) })}</span>
        <span className="days-key days-settled">{t('differences.days.settled', { shown: pieces(settled) })}</span>
      </figcaption>
      <DayBars
        days={days.data.map((each) => each.day)}
        rows={[
          { look: 'days-found', values: days.data.map((each) => each.found) },
          { look: 'days-settled', values: days.data.map((each) => each.settled) },
        ]}
      />
      <div className="days-ends quiet">
        <span>{day(days.data[0]?.day ?? '')}</span>
        <span>{t('differences.days.today')}</span>
      </div>
      <details>
        <summary>{t('differences.days.table')}</summary>
        <Table days={days.data} />
      </details>
    </figure>
  )
}

function Table({ days }: { days: Day[] }) {
  const { t } = useTranslation()
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t('differences.days.day')}</th>
          <th scope="col" className="number">
            {t('differences.days.found-column')}
          </th>
          <th scope="col" className="number">
            {t('differences.days.settled-column')}
          </th>
        </tr>
      </thead>
      <tbody>
        {days
          .filter((each) => each.found > 0 || each.settled > 0)
          .map((each) => (
            <tr key={each.day}>
              <th scope="row">{day(each.day)}</th>
              <td className="number">{pieces(each.found)}</td>
              <td className="number">{pieces(each.settled)}</td>
            </tr>
          ))}
      </tbody>
    </table>
  )
}
