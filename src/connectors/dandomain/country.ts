/** A country as the shop writes it, by its name or by two letters. */

const LANGUAGES = ['da', 'en', 'sv', 'nb', 'de']
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
let names: Map<string, string> | null = null

/** ISO 3166-1 alpha-2; null = none is said, or none we know. */
export function countryOf(text: string | null | undefined): string | null {
  const said = (text ?? '').trim()
  if (/^[A-Z]{2}$/i.test(said)) return said.toUpperCase()
  names ??= namesOfAll()
  return names.get(said.toLowerCase()) ?? null
}

function namesOfAll(): Map<string, string> {
  const codes = LETTERS.flatMap((first) => LETTERS.map((second) => first + second)).filter((code) => new Intl.Locale(`und-${code}`).region === code)
  const found = new Map<string, string>()
  for (const language of LANGUAGES) {
    const words = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' })
    for (const code of codes) {
      const name = words.of(code)?.toLowerCase()
      if (name !== undefined && !found.has(name)) found.set(name, code)
    }
  }
  return found
}
