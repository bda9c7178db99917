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
