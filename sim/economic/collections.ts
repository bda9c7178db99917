/** Lists: which page, in which order, of what; the totals beside it. */
import type { SimRequest } from '../kit.ts'
import { Refused } from './errors.ts'
import { type Fields, filterOf } from './filters.ts'
import type { World } from './world.ts'

const MOST = 1000
const USUAL = 20

export interface Listed<T> {
  /** In the order they stand without `sort`. */
  rows: readonly T[]
  fields: Fields<T>
  view: (row: T) => unknown
  /** Beginnings of `field$operator` that the remote breaks down at. */
  breaks?: readonly string[]
}

export function collection<T>(world: World, request: SimRequest, base: string, { rows, fields, view, breaks = [] }: Listed<T>): unknown {
  const skipPages = whole(request.query.get('skippages') ?? '0', 'skippages', 0, Number.MAX_SAFE_INTEGER)
  const pageSize = whole(request.query.get('pagesize') ?? String(USUAL), 'pagesize', 1, MOST)
  const filter = request.query.get('filter')
  const found = filter === null || filter === '' ? [...rows] : rows.filter(filterOf(filter, fields, { textIn: world.knobs.textIn === 'finds', breaks }))
  sort(found, request.query.get('sort'), fields)
  const pages = Math.max(1, Math.ceil(found.length / pageSize))
  const address = (page: number) => {
    const query = new URLSearchParams(request.query)
    query.set('skippages', String(page))
    query.set('pagesize', String(pageSize))
    return `${base}${request.path}?${query}`
  }
  return {
    collection: found.slice(skipPages * pageSize, (skipPages + 1) * pageSize).map(view),
    pagination: {
      skipPages,
      pageSize,
      maxPageSizeAllowed: MOST,
      results: found.length,
      resultsWithoutFilter: rows.length,
      firstPage: address(0),
      ...(skipPages + 1 < pages ? { nextPage: address(skipPages + 1) } : {}),
      lastPage: address(pages - 1),
    },
    metaData: {},
    self: `${base}${request.path}`,
  }
}

function whole(text: string, name: string, least: number, most: number): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= least && value <= most) return value
  throw new Refused(400, `${name} must be a whole number from ${least} to ${most}.`, { errorCode: 'E04810' })
}

function sort<T>(rows: T[], text: string | null, fields: Fields<T>): void {
  const keys = (text ?? '').split(',').filter((each) => each !== '')
  for (const key of keys.toReversed()) {
    const descending = key.startsWith('-')
    const field = fields[descending ? key.slice(1) : key]
    if (field === undefined) throw new Refused(400, 'Could not parse query string sort.', { errors: [`Property '${key}' is not sortable.`] })
    rows.sort((a, b) => (descending ? -1 : 1) * inOrder(field(a), field(b)))
  }
}
const inOrder = (a: string | number | boolean | undefined, b: string | number | boolean | undefined): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : String(a ?? '').localeCompare(String(b ?? ''))
