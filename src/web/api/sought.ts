/** What somebody types to find an article or a customer, as patterns for what is kept to be searched (`sought`, in small letters): % and _ are what they are. */

export const literal = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&')
const small = (text: string): string => literal(text.toLowerCase())

/** Of an article: its number begins so. Null = nothing is asked. */
export const numberFrom = (q: string | null): string | null => (q === null ? null : `${small(q)}%`)
/** Of an article: it is somewhere in its name. */
export const nameHas = (q: string | null): string | null => (q === null ? null : `%\n%${small(q)}%`)
/** Each of the words is somewhere in the name. */
export const nameHasAll = (q: string): string[] => words(q).map((word) => `%\n%${word}%`)

/** Of a customer: each of the words is somewhere in name, e-mail or phone. */
export const hasAll = (q: string): string[] => words(q).map((word) => `%${word}%\n%`)
/** Of a customer: a phone number whatever stands between its digits; with or without the country before it. */
export function phoneHas(q: string | null): string | null {
  const digits = q !== null && /^[\d\s()+/-]+$/.test(q) ? q.replaceAll(/\D/g, '').replace(/^0+/, '') : ''
  return digits.length < 3 ? null : `%\n%${digits}%`
}

const words = (q: string): string[] =>
  q
    .split(/\s+/)
    .filter((word) => word !== '')
    .map(small)
