/** What a letter says, in the reader's language: first what happened, then what it means, then where to look. Plain text, and no customer in it. */

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
}
/** Of `digest`: only what isn't nought. */
export interface DigestFacts {
  lines: { what: 'paused' | 'differences' | 'unread' | 'turned-away' | 'exceptions' | 'unrouted' | 'negative'; count: number; name?: string }[]
}
export interface Reader {
  locale: Locale
  timeZone: string
  company: string
  /** Where Lagerbro is reached, without a slash at the end; null = nobody has said. */
  address: string | null
}
export interface Written {
  subject: string
  text: string
}

export function write(letter: Pick<LetterRow, 'kind' | 'facts'>, reader: Reader): Written {
  const words = WORDS[reader.locale]
  if (letter.kind === 'digest') return digest(letter.facts as unknown as DigestFacts, reader)
  const { name, since, stands, listenerId } = letter.facts as unknown as LinkFacts
  const at = when(since, reader)
  const said = letter.kind === 'broken' ? [words.broken(name, at), stands ? words.stands : words.waits, words.nothingLost] : [words.recovered(name, at), words.caughtUp]
  const subject = letter.kind === 'broken' ? words.brokenSubject(name) : words.recoveredSubject(name)
  return { subject, text: body(said, reader, `/webshops/${listenerId}`) }
}

function digest({ lines }: DigestFacts, reader: Reader): Written {
  const words = WORDS[reader.locale]
  const said = lines.map(({ what, count, name }) => `- ${name === undefined ? '' : `${name}: `}${words.lines[what](count)}`)
  return { subject: words.digestSubject(reader.company), text: body([words.digest, said.join('\n')], reader, '/') }
}

function body(parts: string[], { address, locale, company }: Reader, path: string): string {
  const words = WORDS[locale]
  return `${[...parts, ...(address === null ? [] : [`${words.look} ${address}${path}`]), `${company}\n${words.why}`].join('\n\n')}\n`
}

const when = (instant: string, { locale, timeZone }: Reader): string =>
  new Intl.DateTimeFormat({ sv: 'sv-SE', nb: 'nb-NO', da: 'da-DK', en: 'en-GB' }[locale], { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', timeZone }).format(
    new Date(instant),
  )

interface LetterWords {
  brokenSubject: (name: string) => string
  recoveredSubject: (name: string) => string
  digestSubject: (company: string) => string
  broken: (name: string, at: string) => string
  stands: string
  waits: string
  nothingLost: string
  recovered: (name: string, at: string) => string
  caughtUp: string
  digest: string
  lines: Record<DigestFacts['lines'][number]['what'], (count: number) => string>
  look: string
  why: string
}
const of = (one: string, more: string) => (count: number) => (count === 1 ? one : more.replace('{n}', String(count)))

const WORDS: Record<Locale, LetterWords> = {
  sv: {
    brokenSubject: (name) => `${name} har stannat`,
    recoveredSubject: (name) => `${name} fungerar igen`,
    digestSubject: (company) => `Att göra i ${company}`,
    broken: (name, at) => `Lagerbro och ${name} når inte varandra sedan ${at}.`,
    stands: 'Det löser sig inte av sig självt: något behöver rättas. På sidan nedan står vad, och var du gör det.',
    waits: 'Vi försöker om och om igen och hör av oss när det fungerar. På sidan nedan står vad som är fel.',
    nothingLost:
      'Inget går förlorat under tiden. Försäljning, ordrar och lagerändringar sparas och förs över när det fungerar igen. Men antalen i webbshoppen kan vara gamla tills dess.',
    recovered: (name, at) => `Lagerbro och ${name} når varandra igen. Det stod still sedan ${at}.`,
    caughtUp: 'Det som hände under tiden förs över nu. Du behöver inte göra något.',
    digest: 'Det här väntar på någon:',
    lines: {
      paused: () => 'står still',
      differences: of('1 avvikelse att ta ställning till', '{n} avvikelser att ta ställning till'),
      unread: of('1 meddelande som inte gick att läsa in', '{n} meddelanden som inte gick att läsa in'),
      'turned-away': of('1 order eller faktura som inte togs emot', '{n} ordrar och fakturor som inte togs emot'),
      exceptions: of('1 order med något att reda ut', '{n} ordrar med något att reda ut'),
      unrouted: of('1 order utan butik att skicka från', '{n} ordrar utan butik att skicka från'),
      negative: of('1 artikel med färre än noll i lager', '{n} artiklar med färre än noll i lager'),
    },
    look: 'Titta här:',
    why: 'Du får det här för att din adress står under Företag > E-post i Lagerbro.',
  },
  nb: {
    brokenSubject: (name) => `${name} har stoppet`,
    recoveredSubject: (name) => `${name} virker igjen`,
    digestSubject: (company) => `Å gjøre i ${company}`,
    broken: (name, at) => `Lagerbro og ${name} har ikke fått kontakt siden ${at}.`,
    stands: 'Det ordner seg ikke av seg selv: noe må rettes. På siden nedenfor står det hva, og hvor du gjør det.',
    waits: 'Vi prøver igjen og igjen og sier fra når det virker. På siden nedenfor står det hva som er galt.',
    nothingLost: 'Ingenting går tapt imens. Salg, ordrer og lagerendringer lagres og overføres når det virker igjen. Men antallene i nettbutikken kan være gamle til da.',
    recovered: (name, at) => `Lagerbro og ${name} har kontakt igjen. Det sto stille siden ${at}.`,
    caughtUp: 'Det som skjedde imens, overføres nå. Du trenger ikke gjøre noe.',
    digest: 'Dette venter på noen:',
    lines: {
      paused: () => 'står stille',
      differences: of('1 avvik å ta stilling til', '{n} avvik å ta stilling til'),
      unread: of('1 melding som ikke lot seg lese inn', '{n} meldinger som ikke lot seg lese inn'),
      'turned-away': of('1 ordre eller faktura som ikke ble tatt imot', '{n} ordrer og fakturaer som ikke ble tatt imot'),
      exceptions: of('1 ordre med noe å ordne opp i', '{n} ordrer med noe å ordne opp i'),
      unrouted: of('1 ordre uten butikk å sende fra', '{n} ordrer uten butikk å sende fra'),
      negative: of('1 vare med færre enn null på lager', '{n} varer med færre enn null på lager'),
    },
    look: 'Se her:',
    why: 'Du får dette fordi adressen din står under Firma > E-post i Lagerbro.',
  },
  da: {
    brokenSubject: (name) => `${name} er gået i stå`,
    recoveredSubject: (name) => `${name} virker igen`,
    digestSubject: (company) => `At gøre i ${company}`,
    broken: (name, at) => `Lagerbro og ${name} har ikke kunnet nå hinanden siden ${at}.`,
    stands: 'Det løser sig ikke af sig selv: noget skal rettes. På siden herunder står der hvad, og hvor du gør det.',
    waits: 'Vi prøver igen og igen og siger til, når det virker. På siden herunder står der, hvad der er galt.',
    nothingLost: 'Intet går tabt imens. Salg, ordrer og lagerændringer gemmes og overføres, når det virker igen. Men antallene i webshoppen kan være gamle indtil da.',
    recovered: (name, at) => `Lagerbro og ${name} kan nå hinanden igen. Det stod stille siden ${at}.`,
    caughtUp: 'Det, der skete imens, overføres nu. Du behøver ikke gøre noget.',
    digest: 'Dette venter på nogen:',
    lines: {
      paused: () => 'står stille',
      differences: of('1 afvigelse at tage stilling til', '{n} afvigelser at tage stilling til'),
      unread: of('1 besked, der ikke kunne læses ind', '{n} beskeder, der ikke kunne læses ind'),
      'turned-away': of('1 ordre eller faktura, der ikke blev taget imod', '{n} ordrer og fakturaer, der ikke blev taget imod'),
      exceptions: of('1 ordre med noget at rede ud', '{n} ordrer med noget at rede ud'),
      unrouted: of('1 ordre uden butik at sende fra', '{n} ordrer uden butik at sende fra'),
      negative: of('1 vare med færre end nul på lager', '{n} varer med færre end nul på lager'),
    },
    look: 'Se her:',
    why: 'Du får dette, fordi din adresse står under Virksomhed > E-mail i Lagerbro.',
  },
  en: {
    brokenSubject: (name) => `${name} has stopped`,
    recoveredSubject: (name) => `${name} works again`,
    digestSubject: (company) => `To do in ${company}`,
    broken: (name, at) => `Lagerbro and ${name} haven’t reached each other since ${at}.`,
    stands: 'It won’t pass by itself: something has to be put right. The page below says what, and where you do it.',
    waits: 'We keep trying and tell you when it works. The page below says what is wrong.',
    nothingLost: 'Nothing is lost meanwhile. Sales, orders and stock changes are kept and go over when it works again. But the numbers in the webshop may be old until then.',
    recovered: (name, at) => `Lagerbro and ${name} reach each other again. It stood still since ${at}.`,
    caughtUp: 'What happened meanwhile goes over now. There is nothing you need to do.',
    digest: 'This waits for somebody:',
    lines: {
      paused: () => 'stands still',
      differences: of('1 difference to decide about', '{n} differences to decide about'),
      unread: of('1 message that could not be read in', '{n} messages that could not be read in'),
      'turned-away': of('1 order or invoice that wasn’t taken', '{n} orders and invoices that weren’t taken'),
      exceptions: of('1 order with something to sort out', '{n} orders with something to sort out'),
      unrouted: of('1 order without a store to ship from', '{n} orders without a store to ship from'),
      negative: of('1 article with fewer than nought in stock', '{n} articles with fewer than nought in stock'),
    },
    look: 'Look here:',
    why: 'You get this because your address stands under Company > E-mail in Lagerbro.',
  },
}
