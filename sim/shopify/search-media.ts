/** Which files a search of the Files page finds. */
import { compareIds } from './ids.ts'
import { compared, matches, type Term } from './search.ts'
import type { Media, State } from './state.ts'

export const fileMatches = (state: State, media: Media, query: Term[][]): boolean =>
  matches(query, (term) => {
    switch (term.field) {
      case 'id':
        return term.comparator === '' ? media.id === term.value : compared(term, compareIds(media.id, term.value), 0)
      case 'ids':
        return term.value.split(',').includes(media.id)
      case 'filename':
        return term.value.endsWith('*') ? media.filename.startsWith(term.value.slice(0, -1)) : media.filename === term.value
      case 'media_type':
        return term.value.toUpperCase() === 'IMAGE'
      case 'product_id':
        return state.products.get(term.value)?.media.includes(media) ?? false
      case 'status':
        return media.status === term.value.toUpperCase()
      default:
        return true
    }
  })
