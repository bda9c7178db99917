/** The code a remote calls us with where it can't call an address nobody can guess: made here, shown once, kept as a hash. */
import { timingSafeEqual } from 'node:crypto'
import type { Tx } from '../../db/open.ts'
import { fingerprint, secretText } from '../../kit/id.ts'
import type { By } from '../by.ts'
import { dropEndedCodes, endCodes, insertCode, livingCodes } from './hook-code.sql.ts'

/** Until then both are taken: nobody pastes two lines at the same moment. */
const OVERLAP_MS = 24 * 3_600_000
/** 144 bits; letters, digits, - and _ only: it stands in an address. */
const CODE_BYTES = 18

/** A new code; the one before it ends a day later. */
export async function makeHookCode(tx: Tx, listenerId: number, by: By): Promise<{ code: string; endsBeforeAt: Date }> {
  const code = secretText(CODE_BYTES)
  const endsBeforeAt = new Date(by.now.getTime() + OVERLAP_MS)
  await dropEndedCodes(tx, listenerId, by.now)
  await endCodes(tx, listenerId, endsBeforeAt)
  await insertCode(tx, listenerId, fingerprint(code), by.now)
  return { code, endsBeforeAt }
}

/** Which of these are a code of its. Each is held against each, whether another fitted or not. */
export async function codesThatFit(tx: Tx, listenerId: number, codes: ReadonlySet<string>, now: Date): Promise<Set<string>> {
  const living = await livingCodes(tx, listenerId, now)
  return new Set(
    [...codes].filter((code) => {
      const hash = fingerprint(code)
      return living.map((row) => timingSafeEqual(row.hash, hash)).includes(true)
    }),
  )
}

const USER = /^shop([1-9][0-9]{0,17})$/
/** What we are called there: 'shop' and the connection's number. */
export const hookUser = (listenerId: number): string => `shop${listenerId}`
export const listenerOfUser = (user: string): number | null => {
  const id = Number(USER.exec(user)?.[1] ?? Number.NaN)
  return Number.isSafeInteger(id) ? id : null
}
