/** A document of an ERP. The same shape as the connectors' ErpDocument; the room `core` knows no connector, so it says it itself. */

export const STAGES = ['order', 'draft', 'booked'] as const
export type Stage = (typeof STAGES)[number]
export interface ErpDocument {
  documentRef: string
  stage: Stage | 'gone'
  credit: boolean
  invoiceNumber: string | null
  madeFromRef: string | null
  names: { from: 'reference' | 'heading' | 'text' | 'number'; text: string }[]
  currency: string
  netMinor: number | null
  grossMinor: number | null
  bookedAt: string | null
  stamp: string
  lines: { articleNumber: string | null; quantity: number }[] | null
}
/** made = we made it · turned = made from one that was linked · a field that named the order · a person said so. */
export type LinkedBy = 'made' | 'turned' | ErpDocument['names'][number]['from'] | 'person'

/** From this stage of a document on the master's number contains its pieces. */
export type Counts = Stage | 'never'
export const stagesThatCount = (counts: Counts): Stage[] => (counts === 'never' ? [] : STAGES.slice(STAGES.indexOf(counts)))

/** The fields of a document that may name an order, the one made for it first. */
export const FIELDS = ['reference', 'heading', 'text', 'number'] as const
export type Field = (typeof FIELDS)[number]
/** A text made of more words than these is no name. */
const MOST_WORDS = 50

/** What in a text may be an order's name: of the field made for it the text itself, of free text each word with a digit in it ("Ordre 10023"). */
export function namesIn({ from, text }: ErpDocument['names'][number]): string[] {
  const whole = text.trim()
  if (from === 'reference') return whole === '' ? [] : [whole]
  const words = whole.split(/[\s,;:()"'!?]+|\.(?=\s|$)/).filter((word) => /\d/.test(word) && word.length <= 100)
  return [...new Set(words)].slice(0, MOST_WORDS)
}

/**
 * The orders a document may be for, by the first of the allowed fields that names any. One = it is that one's; more = nobody guesses, a person is asked; null = none.
 * `named` = the orders each text fits.
 */
export function ordersNamedBy(names: ErpDocument['names'], named: ReadonlyMap<string, number[]>, allowed: readonly Field[]): { orderIds: number[]; field: Field } | null {
  for (const field of FIELDS) {
    if (!allowed.includes(field)) continue
    const texts = names.filter((name) => name.from === field).flatMap(namesIn)
    const orderIds = [...new Set(texts.flatMap((text) => named.get(text) ?? []))]
    if (orderIds.length > 0) return { orderIds, field }
  }
  return null
}
