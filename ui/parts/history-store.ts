/** The store whose history is shown first: one where the number is known, else the first there is. */
import type { Article, Location } from '../queries.ts'

export const storeShown = (article: Article, locations: Location[]): number | null => article.levels.find((level) => level.onHand !== null)?.locationId ?? locations[0]?.id ?? null
