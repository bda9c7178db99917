/** A customer: whoever orders, with no more about them than somebody said. */

/** Any of it may be unknown, all of it too. */
export interface Personal {
  name: string | null
  email: string | null
  phone: string | null
}
export interface CustomerRow extends Personal {
  id: number
  /** The connection or view it came through; null = made here. */
  sourceId: number | null
  /** What it is called there. */
  sourceRef: string | null
  /** All that is known came along with orders, and is forgotten when they are. */
  fromOrder: boolean
  version: number
  createdAt: Date
  changedAt: Date
  /** Nothing personal is known any more, nor taken in again. */
  erasedAt: Date | null
  /** By the source's own clock; null = it never said. */
  sourceCreatedAt: Date | null
  sourceUpdatedAt: Date | null
  /** What the source said last. Only what it says otherwise afterwards is taken. */
  sourceSaid: Partial<Personal> | null
  /** Since when the source has them no more. */
  sourceGoneAt: Date | null
}

/** Without the spaces around; nothing left = unknown. */
export function tidied({ name, email, phone }: Personal): Personal {
  const tidy = (text: string | null) => text?.trim() || null
  return { name: tidy(name), email: tidy(email), phone: tidy(phone) }
}

export const samePerson = (a: Personal, b: Personal): boolean => a.name === b.name && a.email === b.email && a.phone === b.phone

/** What is known, with what somebody else knows where it isn't. */
export const filled = (known: Personal, said: Personal): Personal => ({ name: known.name ?? said.name, email: known.email ?? said.email, phone: known.phone ?? said.phone })
