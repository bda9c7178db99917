/** e-conomic's own way to ask: `name$eq:mug$or:name$eq:cup`. */

/** `[` and `]` are left alone: their documented escape matches nothing. */
const escaped = (text: string): string => text.replace(/[$(),*]/g, '$$$&')

export const equals = (property: string, value: string): string => `${property}$eq:${escaped(value)}`

/** Chains of `$eq` instead of `$in`: of text the list form is not known to find anything. */
export const anyOf = (property: string, values: readonly string[]): string => values.map((value) => equals(property, value)).join('$or:')

/** The address of one page of a list. */
export function listPath(collection: string, query: { filter?: string; sort?: string; page?: number; size: number }): string {
  const { filter, sort, page = 0, size } = query
  const asked = [...(filter === undefined ? [] : [['filter', filter]]), ...(sort === undefined ? [] : [['sort', sort]]), ['skippages', String(page)], ['pagesize', String(size)]]
  return `/${collection}?${asked.map(([name, value]) => `${name}=${encodeURIComponent(value ?? '')}`).join('&')}`
}
