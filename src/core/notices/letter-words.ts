/** The sentences of a letter, in the reader's language: as a colleague would write them. */
import type { Locale } from './mail-settings.ts'

interface LetterWords {
  brokenSubject: (name: string) => string
  recoveredSubject: (name: string) => string
  digestSubject: (count: number, company: string) => string
  broken: (name: string, at: string) => string
  stands: string
  waits: string
  nothingLost: string
  recovered: (name: string, at: string) => string
  caughtUp: string
  digest: string
  look: string
  list: string
  why: string
}

export const LETTER_WORDS: Record<Locale, LetterWords> = {
  sv: {
    brokenSubject: (name) => `${name} har stannat`,
    recoveredSubject: (name) => `${name} fungerar igen`,
    digestSubject: (count, company) => `${count === 1 ? '1 sak' : `${count} saker`} att åtgärda i ${company}`,
    broken: (name, at) => `Lagerbro och ${name} når inte varandra sedan ${at}.`,
    stands: 'Något behöver rättas. På sidan nedan står vad, och var du gör det.',
    waits: 'Vi försöker om och om igen och hör av oss när det fungerar. På sidan nedan står vad som är fel.',
    nothingLost:
      'Inget går förlorat under tiden: försäljning, ordrar och lagerändringar sparas och förs över när det fungerar igen. Men antalen i webshopen kan vara gamla tills dess.',
    recovered: (name, at) => `Lagerbro och ${name} når varandra igen. Det stod still sedan ${at}.`,
    caughtUp: 'Det som hände under tiden förs över nu. Du behöver inte göra något.',
    digest: 'God morgon! Det här väntar på dig:',
    look: 'Titta här:',
    list: 'Vid varje sak står vad den betyder och en knapp som löser den:',
    why: 'Du får det här för att din adress står under Företag > E-post i Lagerbro.',
  },
  nb: {
    brokenSubject: (name) => `${name} har stoppet`,
    recoveredSubject: (name) => `${name} virker igjen`,
    digestSubject: (count, company) => `${count} ting å gjøre i ${company}`,
    broken: (name, at) => `Lagerbro og ${name} har ikke fått kontakt siden ${at}.`,
    stands: 'Noe må rettes. På siden nedenfor står det hva, og hvor du gjør det.',
    waits: 'Vi prøver igjen og igjen og sier fra når det virker. På siden nedenfor står det hva som er galt.',
    nothingLost: 'Ingenting går tapt imens: salg, ordrer og lagerendringer lagres og overføres når det virker igjen. Men antallene i nettbutikken kan være gamle til da.',
    recovered: (name, at) => `Lagerbro og ${name} har kontakt igjen. Det sto stille siden ${at}.`,
    caughtUp: 'Det som skjedde imens, overføres nå. Du trenger ikke gjøre noe.',
    digest: 'God morgen! Dette venter på deg:',
    look: 'Se her:',
    list: 'Ved hver ting står det hva den betyr, og en knapp som løser den:',
    why: 'Du får dette fordi adressen din står under Firma > E-post i Lagerbro.',
  },
  da: {
    brokenSubject: (name) => `${name} er gået i stå`,
    recoveredSubject: (name) => `${name} virker igen`,
    digestSubject: (count, company) => `${count} ting, der kræver handling i ${company}`,
    broken: (name, at) => `Lagerbro og ${name} har ikke kunnet nå hinanden siden ${at}.`,
    stands: 'Noget skal rettes. På siden herunder står der hvad, og hvor du gør det.',
    waits: 'Vi prøver igen og igen og siger til, når det virker. På siden herunder står der, hvad der er galt.',
    nothingLost: 'Intet går tabt imens: salg, ordrer og lagerændringer gemmes og overføres, når det virker igen. Men antallene i webshoppen kan være gamle indtil da.',
    recovered: (name, at) => `Lagerbro og ${name} kan nå hinanden igen. Det stod stille siden ${at}.`,
    caughtUp: 'Det, der skete imens, overføres nu. Du behøver ikke gøre noget.',
    digest: 'Godmorgen! Dette venter på dig:',
    look: 'Se her:',
    list: 'Ved hver ting står der, hvad den betyder, og en knap, der løser den:',
    why: 'Du får dette, fordi din adresse står under Virksomhed > E-mail i Lagerbro.',
  },
  en: {
    brokenSubject: (name) => `${name} has stopped`,
    recoveredSubject: (name) => `${name} works again`,
    digestSubject: (count, company) => `${count === 1 ? '1 thing needs' : `${count} things need`} attention in ${company}`,
    broken: (name, at) => `Lagerbro and ${name} haven’t reached each other since ${at}.`,
    stands: 'Something has to be put right. The page below says what, and where you do it.',
    waits: 'We keep trying and tell you when it works. The page below says what is wrong.',
    nothingLost: 'Nothing is lost meanwhile: sales, orders and stock changes are kept and go over when it works again. But the numbers in the webshop may be old until then.',
    recovered: (name, at) => `Lagerbro and ${name} reach each other again. It stood still since ${at}.`,
    caughtUp: 'What happened meanwhile goes over now. There is nothing you need to do.',
    digest: 'Good morning! This waits for you:',
    look: 'Look here:',
    list: 'Each of them says what it means, with a button that settles it:',
    why: 'You get this because your address stands under Company > E-mail in Lagerbro.',
  },
}
