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
    broken: (name, at) => `Lagerbro och ${name} har inte fått kontakt sedan ${at}.`,
    stands: 'Något behöver rättas. På sidan nedan står vad det är och var du gör det.',
    waits: 'Vi försöker om och om igen och hör av oss när det fungerar. På sidan nedan står vad som är fel.',
    nothingLost: 'Inget går förlorat: försäljning, ordrar och lagerändringar sparas och förs över när det fungerar igen. Men tills dess kan antalen i webshopen vara inaktuella.',
    recovered: (name, at) => `Lagerbro och ${name} har kontakt igen. Det hade stått still sedan ${at}.`,
    caughtUp: 'Det som hände under tiden förs över nu. Du behöver inte göra något.',
    digest: 'God morgon! Det här väntar på dig:',
    look: 'Titta här:',
    list: 'Till varje sak finns en knapp i listan:',
    why: 'Du får det här för att din adress står under Företag > E-post i Lagerbro.',
  },
  nb: {
    brokenSubject: (name) => `${name} har stoppet`,
    recoveredSubject: (name) => `${name} virker igjen`,
    digestSubject: (count, company) => `${count} ting å gjøre i ${company}`,
    broken: (name, at) => `Lagerbro og ${name} har ikke fått kontakt siden ${at}.`,
    stands: 'Noe må rettes. På siden nedenfor står det hva det er, og hvor du gjør det.',
    waits: 'Vi prøver igjen og igjen og sier fra når det virker. På siden nedenfor står det hva som er galt.',
    nothingLost: 'Ingenting går tapt: salg, ordrer og lagerendringer lagres og overføres når det virker igjen. Men inntil da kan antallene i nettbutikken være utdaterte.',
    recovered: (name, at) => `Lagerbro og ${name} har kontakt igjen. Det hadde stått stille siden ${at}.`,
    caughtUp: 'Det som skjedde i mellomtiden, overføres nå. Du trenger ikke å gjøre noe.',
    digest: 'God morgen! Dette venter på deg:',
    look: 'Se her:',
    list: 'Til hver ting finnes det en knapp i listen:',
    why: 'Du får dette fordi adressen din står under Firma > E-post i Lagerbro.',
  },
  da: {
    brokenSubject: (name) => `${name} er gået i stå`,
    recoveredSubject: (name) => `${name} virker igen`,
    digestSubject: (count, company) => `${count} ting kræver handling i ${company}`,
    broken: (name, at) => `Lagerbro og ${name} har ikke haft kontakt siden ${at}.`,
    stands: 'Noget skal rettes. På siden herunder står der, hvad det er, og hvor du gør det.',
    waits: 'Vi prøver igen og igen og siger til, når det virker. På siden herunder står der, hvad der er galt.',
    nothingLost: 'Intet går tabt: salg, ordrer og lagerændringer gemmes og overføres, når det virker igen. Men indtil da kan antallene i webshoppen være forældede.',
    recovered: (name, at) => `Lagerbro og ${name} har kontakt igen. Det havde stået stille siden ${at}.`,
    caughtUp: 'Det, der skete i mellemtiden, overføres nu. Du behøver ikke at gøre noget.',
    digest: 'Godmorgen! Dette venter på dig:',
    look: 'Se her:',
    list: 'Til hver ting er der en knap på listen:',
    why: 'Du får dette, fordi din adresse står under Firma > E-mail i Lagerbro.',
  },
  en: {
    brokenSubject: (name) => `${name} has stopped`,
    recoveredSubject: (name) => `${name} works again`,
    digestSubject: (count, company) => `${count === 1 ? '1 thing needs' : `${count} things need`} attention in ${company}`,
    broken: (name, at) => `Lagerbro and ${name} have been out of touch since ${at}.`,
    stands: 'Something has to be put right. The page below says what it is and where you do it.',
    waits: 'We keep trying and will tell you when it works. The page below says what is wrong.',
    nothingLost: 'Nothing is lost: sales, orders and stock changes are kept and transferred when it works again. But until then the numbers in the webshop may be out of date.',
    recovered: (name, at) => `Lagerbro and ${name} are in touch again. Nothing had been transferred since ${at}.`,
    caughtUp: 'What happened in the meantime is being transferred now. There is nothing you need to do.',
    digest: 'Good morning! This is waiting for you:',
    look: 'Have a look here:',
    list: 'Each of them has a button in the list:',
    why: 'You get this because your address is listed under Company > E-mail in Lagerbro.',
  },
}
