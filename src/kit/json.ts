/** JSON without loss: an integer beyond 2^53 arrives as text with its digits, instead of as a nearby number. */

/** Quick look: nothing to protect in most texts. */
const BIG = /-?\d{16,}/

/** Throws SyntaxError on malformed text. Integers that no number can hold become strings; everything else is JSON.parse. */
export function parseJson(text: string): unknown {
  return JSON.parse(BIG.test(text) ? quoteBigIntegers(text) : text)
}

/** Puts quotes around integers beyond 2^53 that stand outside strings. Text inside strings is skipped whole. */
function quoteBigIntegers(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token) => (/^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token))
}

/** For answers and messages we send. Bigints are written as digits. */
export function stringify(value: unknown): string {
  return JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? v.toString() : v))
}

/** The same content gives the same text, whatever order the names of its fields come in (as from the database). */
export const sameText = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  )
