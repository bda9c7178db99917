/** Every state an article can be in towards one connection: a stable code each, with words and one next action in the ui. Worst first. */
import { z } from 'zod'

export const ARTICLE_STATES = [
  // a person must do something
  'link-moved',
  'ambiguous',
  'missing',
  'not-tracked',
  'not-stocked',
  'bundle',
  'fulfilment-service',
  'has-choices',
  'item-gone',
  'place-gone',
  'value-refused',
  'too-hot',
  'remote-strange',
  'no-stock-yet',
  'not-synced-yet',
  // it goes on by itself
  'stocking',
  'looking',
  'checking',
  'waiting',
  'in-sync',
  // nothing to do: a person meant it
  'left-out',
  'undone',
  'not-boxed',
] as const
export const articleState = z.enum(ARTICLE_STATES)
export type ArticleState = z.infer<typeof articleState>

/** How many articles are in each state; states nobody is in are left out. */
export const stateCounts = z.partialRecord(articleState, z.number().int())
