/** What each store sold and each webshop was asked for: today's number, fourteen days as bars, and the same as a table. */
import { Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { day, pieces } from '../format.ts'
import { overviewSalesQuery, type Sales } from '../queries.ts'
import { DayBars } from './day-bars.tsx'
import { Icon } from './icons.tsx'
import { Failure, Loading } from './states.tsx'

export function SalesDays() {
  const { t } = useTranslation()
  const sales = useQuery(overviewSalesQuery)
  if (sales.isPending) return <Loading rows={2} />
  if (sales.error) return <Failure error={sales.error} retry={() => void sales.refetch()} />
  if (sales.data.places.every(({ pieces: sold }) => sold.every((n) => n === 0))) return null
  // One measure for all: a small shop's bars are small beside a large one's.
  const most = Math.max(1, ...sales.data.places.flatMap((place) => place.pieces))
  return (
    <section aria-labelledby="sales">
      <Title order={2} id="sales" mb="sm">
        {t('overview.sales')}
      </Title>
      <div className="card days">
        <ul className="sales-places">
          {sales.data.places.map((place) => (
            <li key={`${place.kind} ${place.id}`}>
              <span className="sales-place">
                <Icon name={place.kind} size={18} /> <span className="wrap">{place.name}</span>
              </span>
              <DayBars days={sales.data.days} rows={[{ look: 'days-settled', values: place.pieces }]} most={most} />
              <span className="sales-sum">
                <span className="strong">{t('overview.sales-today', { shown: pieces(place.pieces.at(-1) ?? 0) })}</span>
                <small>{t('overview.sales-all', { shown: pieces(sumOf(place.pieces)) })}</small>
              </span>
            </li>
          ))}
        </ul>
        <details>
          <summary>{t('differences.days.table')}</summary>
          <Table sales={sales.data} />
        </details>
      </div>
    </section>
  )
}

const sumOf = (numbers: readonly number[]) => numbers.reduce((all, n) => all + n, 0)

/** Newest first, as a person reads back in time. */
function Table({ sales: { days, places } }: { sales: Sales }) {
  const { t } = useTranslation()
  return (
    <section className="scroll-x" aria-labelledby="sales">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('differences.days.day')}</th>
            {places.map((place) => (
              <th key={`${place.kind} ${place.id}`} scope="col" className="number">
                {place.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days
            .map((each, at) => (
              <tr key={each}>
                <th scope="row">{day(each)}</th>
                {places.map((place) => (
                  <td key={`${place.kind} ${place.id}`} className="number">
                    {pieces(place.pieces[at] ?? 0)}
                  </td>
                ))}
              </tr>
            ))
            .toReversed()}
        </tbody>
      </table>
    </section>
  )
}
