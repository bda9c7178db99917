/** One article as a listener shows it. The same shape as the connectors' RemoteListing; the room `core` knows no connector, so it says it itself. */
export interface Listing {
  itemRef: string
  parentRef: string | null
  /** To the letter; null or '' matches nothing. */
  articleNumber: string | null
  title: string | null
  tracked: boolean | null
  unwritable: string | null
  levels: { placeRef: string; value: number | null; active: boolean }[]
}

/** How an article and its webshop article id stand. moved = the number stands on another item now: the old id stays, and nothing is sent. */
export type LinkState = 'looking' | 'matched' | 'moved' | 'missing' | 'ambiguous'
/**
 * What may become of an id that was saved. keep = it stays whatever the number says, an article without one gets the one that is found ·
 * take = a person said so, the number decides anew · hold = as keep, and what was looked for in vain waits until a person has seen the check.
 */
export type IdRule = 'keep' | 'take' | 'hold'
