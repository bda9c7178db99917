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

/**
 * The order a document names in the field made for it. Null = none, or more than one: then nobody guesses. Free text isn't read as a name: "10023" may be anything.
 * `named` = the orders each text fits.
 */
export function orderNamed(names: ErpDocument['names'], named: ReadonlyMap<string, number[]>): { orderId: number; linkedBy: LinkedBy } | null {
  const [orderId, ...others] = new Set(names.filter((name) => name.from === 'reference').flatMap((name) => named.get(name.text.trim()) ?? []))
  return orderId === undefined || others.length > 0 ? null : { orderId, linkedBy: 'reference' }
}
