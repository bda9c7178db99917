/** What a letter says, in the reader's language: what happened, why, the one next step, then where to look. Plain text, and no customer in it. */
import { breakWords } from './break-words.ts'
import { causeMeans, causeWords } from './cause-words.ts'
import type { Cause } from './causes.ts'
import { LETTER_WORDS } from './letter-words.ts'
import type { LetterRow } from './mail.sql.ts'
import type { Locale } from './mail-settings.ts'

/** Of `broken` and `recovered`. */
export interface LinkFacts {
  listenerId: number
  name: string
  /** When it began. */
  since: string
  /** True = it stands until somebody has done something; false = it is tried again by itself. */
  stands: boolean
  /** Which connector, and the code of what is wrong; a letter from before they were kept has none. */
  connector?: string
  code?: string
  scope?: string | undefined
}
/** Of `digest`: as the page lists them. */
export interface DigestFacts {
  lines: { cause: Cause; count: number; at: string | null }[]
}
export interface Reader {
  locale: Locale
  timeZone: string
  company: string
  /** Where Lagerbro is reached, without a slash at the end; null = nobody has said. */
  address: string | null
  /** A connector's own words for its own codes; null = it has none. */
  wordsOf: (connector: string, code: string) => string | null
}
export interface Written {
  subject: string
  text: string
}

export function write(letter: Pick<LetterRow, 'kind' | 'facts'>, reader: Reader): Written {
  if (letter.kind === 'digest') return digest(letter.facts as unknown as DigestFacts, reader)
  const facts = letter.facts as unknown as LinkFacts
  const words = LETTER_WORDS[reader.locale]
  const at = when(facts.since, reader)
  const path = `/webshops/${facts.listenerId}`
  if (letter.kind === 'recovered') return { subject: words.recoveredSubject(facts.name), text: body([words.recovered(facts.name, at), words.caughtUp], reader, words.look, path) }
  return { subject: words.brokenSubject(facts.name), text: body([words.broken(facts.name, at), whyAndStep(facts, reader), words.nothingLost], reader, words.look, path) }
}

/** A code nobody has words for leaves that to the page. */
function whyAndStep({ name, stands, connector = '', code = '', scope }: LinkFacts, { locale, wordsOf }: Reader): string {
  const said = breakWords(locale, code, { name, scope })
  if (said !== null) return `${said.cause} ${said.step}`
  const { stands: toDo, waits } = LETTER_WORDS[locale]
  const own = wordsOf(connector, code)
  return [...(own === null ? [] : [own]), stands ? toDo : waits].join(' ')
}

function digest({ lines }: DigestFacts, reader: Reader): Written {
  const words = LETTER_WORDS[reader.locale]
  const said = lines.map(({ cause, count, at }) => `- ${causeWords(reader.locale, cause, count, at)}\n  ${causeMeans(reader.locale, cause)}`)
  return { subject: words.digestSubject(lines.length, reader.company), text: body([words.digest, said.join('\n\n')], reader, words.list, '/attention') }
}

function body(parts: string[], { address, locale, company }: Reader, look: string, path: string): string {
  return `${[...parts, ...(address === null ? [] : [`${look} ${address}${path}`]), `${company}\n${LETTER_WORDS[locale].why}`].join('\n\n')}\n`
}

const when = (instant: string, { locale, timeZone }: Reader): string =>
  new Intl.DateTimeFormat({ sv: 'sv-SE', nb: 'nb-NO', da: 'da-DK', en: 'en-GB' }[locale], { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', timeZone }).format(
    new Date(instant),
  )
