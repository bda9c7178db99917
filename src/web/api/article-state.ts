/** States as the database says them, in the words the contract knows. */
import { ARTICLE_STATES, type ArticleState } from '../contract/states.ts'

/** What the pages can't name is shown as what it is: something strange a person should look at. */
export const stateShown = (state: string): ArticleState => ARTICLE_STATES.find((each) => each === state) ?? 'remote-strange'

/** `held` = what unappliedArticles says: nothing of theirs is raised until somebody has looked at a message (R26). */
export const isHeldByMessage = (row: { state: string; articleId: number }, held: number[] | 'all'): boolean =>
  row.state === 'checking' && (held === 'all' || held.includes(row.articleId))
