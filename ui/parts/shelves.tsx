/** What stands in each store, counted. */
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { pieces } from '../format.ts'
import type { Overview } from '../queries.ts'

export function Shelves({ shelves }: { shelves: Overview['shelves'] }) {
  const { t } = useTranslation()
  return (
    <div className="card scroll-x">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('overview.shelf-store')}</th>
            <th scope="col" className="number">
              {t('overview.shelf-articles')}
            </th>
            <th scope="col" className="number">
              {t('overview.shelf-pieces')}
            </th>
            <th scope="col" className="number">
              {t('overview.shelf-out')}
            </th>
          </tr>
        </thead>
        <tbody>
          {shelves.map((shelf) => (
            <tr key={shelf.locationId}>
              <th scope="row">
                <Link to="/stores/$id" params={{ id: String(shelf.locationId) }} className="row-link">
                  {shelf.name}
                </Link>
              </th>
              <td className="number">{pieces(shelf.articles)}</td>
              <td className="number">{pieces(shelf.pieces)}</td>
              <td className="number">{pieces(shelf.out)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
