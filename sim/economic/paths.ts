/** e-conomic's own escapes for text that stands in an address: product `A.B/1` is `/products/A_11_B_6_1`. */
const SIGNS = ['<', '>', '*', '%', ':', '&', '/', '\\', '_', ' ', '?', '.', '#', '+']

export const escaped = (text: string): string => encodeURIComponent([...text].map((sign) => (SIGNS.includes(sign) ? `_${SIGNS.indexOf(sign)}_` : sign)).join(''))

/** The text a segment stands for; null when it is in a form that isn't taken. */
export function unescaped(segment: string, forms: 'both' | 'escaped-only'): string | null {
  let text: string
  try {
    text = decodeURIComponent(segment)
  } catch {
    return null
  }
  const bare = text.replace(/_(\d+)_/g, (whole, n: string) => (Number(n) < SIGNS.length ? '' : whole))
  if (forms === 'escaped-only' && SIGNS.some((sign) => bare.includes(sign))) return null
  return text.replace(/_(\d+)_/g, (whole, n: string) => SIGNS[Number(n)] ?? whole)
}
