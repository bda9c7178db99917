/** States as the database says them, in the words the contract knows. */
import { ARTICLE_STATES, type ArticleState } from '../contract/states.ts'

/** What the pages can't name is shown as what it is: something strange a person should look at. */
export const stateShown = (state: string): ArticleState => ARTICLE_STATES.find((each) => each === state) ?? 'remote-strange'
