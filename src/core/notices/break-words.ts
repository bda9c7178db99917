/** Why a link broke and the one next step, for whoever reads it in a letter: a few kinds, by the codes that connectors give. */
import type { Locale } from './mail-settings.ts'

/** `{name}` = the link's own name · `{scope}` = the right, as the remote calls it. */
interface Said {
  cause: string
  step: string
}
type Kind = 'key' | 'right' | 'app' | 'closed' | 'gone' | 'silent' | 'busy' | 'faulty'

const KINDS: Record<string, Kind> = {
  ...{ 'token-wrong': 'key', 'client-wrong': 'key', 'login-wrong': 'key', 'economic-tokens-wrong': 'key', 'access-denied': 'key' },
  ...{ 'scope-missing': 'right', 'app-uninstalled': 'app', 'app-not-installed': 'app', 'shop-frozen': 'closed', 'shop-locked': 'closed', 'shop-not-found': 'gone' },
  ...{ timeout: 'silent', unreachable: 'silent', 'name-unknown': 'silent', 'certificate-wrong': 'silent' },
  ...{ throttled: 'busy', 'remote-error': 'faulty', 'answer-unreadable': 'faulty', 'answer-unexpected': 'faulty', 'answer-too-large': 'faulty' },
}

const NOTHING: Record<Locale, string> = {
  sv: 'Du behöver inte göra något: vi försöker om och om igen och hör av oss när det fungerar igen.',
  nb: 'Du trenger ikke gjøre noe: vi prøver igjen og igjen og sier fra når det virker igjen.',
  da: 'Du behøver ikke gøre noget: vi prøver igen og igen og siger til, når det virker igen.',
  en: 'There is nothing you need to do: we keep trying and will tell you when it works again.',
}

const WORDS: Record<Locale, Record<Kind, Said>> = {
  sv: {
    key: { cause: '{name} känner inte längre igen nyckeln.', step: 'Lägg in en ny nyckel i guidens första steg. Har du redan rättat det i {name}: tryck på Anslut igen.' },
    right: { cause: 'Appen saknar rättigheten {scope} i {name}.', step: 'Ge appen rättigheten där, så fortsätter vi automatiskt.' },
    app: { cause: 'Appen är avinstallerad i {name}.', step: 'Installera den igen där och tryck sedan på Anslut igen.' },
    closed: { cause: '{name} är stängd av sin leverantör, ofta på grund av en obetald faktura.', step: 'Logga in hos leverantören och öppna den, så fortsätter vi automatiskt.' },
    gone: { cause: 'Det finns ingen webshop på den adress vi har till {name}.', step: 'Kontrollera adressen i guidens första steg.' },
    silent: { cause: '{name} svarar inte.', step: NOTHING.sv },
    busy: { cause: '{name} ber oss vänta.', step: NOTHING.sv },
    faulty: { cause: 'Det är ett fel hos {name}.', step: NOTHING.sv },
  },
  nb: {
    key: {
      cause: '{name} kjenner ikke lenger igjen nøkkelen.',
      step: 'Legg inn en ny nøkkel i første trinn av veiledningen. Har du allerede rettet det i {name}: trykk på Koble til igjen.',
    },
    right: { cause: 'Appen mangler rettigheten {scope} i {name}.', step: 'Gi appen rettigheten der, så fortsetter vi automatisk.' },
    app: { cause: 'Appen er avinstallert i {name}.', step: 'Installer den på nytt der, og trykk så på Koble til igjen.' },
    closed: { cause: '{name} er stengt av leverandøren, ofte på grunn av en ubetalt faktura.', step: 'Logg inn hos leverandøren og åpne den, så fortsetter vi automatisk.' },
    gone: { cause: 'Det finnes ingen nettbutikk på adressen vi har til {name}.', step: 'Kontroller adressen i første trinn av veiledningen.' },
    silent: { cause: '{name} svarer ikke.', step: NOTHING.nb },
    busy: { cause: '{name} ber oss vente.', step: NOTHING.nb },
    faulty: { cause: 'Det er en feil hos {name}.', step: NOTHING.nb },
  },
  da: {
    key: { cause: '{name} kan ikke længere genkende nøglen.', step: 'Indsæt en ny nøgle i guidens første trin. Har du allerede rettet det i {name}: tryk på Tilslut igen.' },
    right: { cause: 'Appen mangler rettigheden {scope} i {name}.', step: 'Giv appen rettigheden dér, så fortsætter vi automatisk.' },
    app: { cause: 'Appen er afinstalleret i {name}.', step: 'Installér den igen dér, og tryk så på Tilslut igen.' },
    closed: { cause: '{name} er lukket af leverandøren, ofte på grund af en ubetalt faktura.', step: 'Log ind hos leverandøren, og åbn den, så fortsætter vi automatisk.' },
    gone: { cause: 'Der er ingen webshop på den adresse, vi har til {name}.', step: 'Kontrollér adressen i guidens første trin.' },
    silent: { cause: '{name} svarer ikke.', step: NOTHING.da },
    busy: { cause: '{name} beder os vente.', step: NOTHING.da },
    faulty: { cause: 'Der er en fejl hos {name}.', step: NOTHING.da },
  },
  en: {
    key: {
      cause: '{name} no longer recognises the key.',
      step: 'Enter a new key in the first step of the guide. If you have already put it right in {name}, press Connect again.',
    },
    right: { cause: 'The app lacks the right {scope} in {name}.', step: 'Give the app that right there, and we carry on automatically.' },
    app: { cause: 'The app has been uninstalled in {name}.', step: 'Install it again there, then press Connect again.' },
    closed: { cause: '{name} has been closed by its provider, often for an unpaid bill.', step: 'Sign in to the provider and open it, and we carry on automatically.' },
    gone: { cause: 'There is no webshop at the address we have for {name}.', step: 'Check the address in the first step of the guide.' },
    silent: { cause: '{name} isn’t answering.', step: NOTHING.en },
    busy: { cause: '{name} is asking us to wait.', step: NOTHING.en },
    faulty: { cause: 'Something is wrong at {name}.', step: NOTHING.en },
  },
}

/** Null = a code only its connector has words for, or nobody. */
export function breakWords(locale: Locale, code: string, facts: { name: string; scope?: string | undefined }): Said | null {
  const kind = KINDS[code]
  if (kind === undefined) return null
  const fill = (words: string) => words.replaceAll('{name}', facts.name).replaceAll('{scope}', facts.scope ?? '')
  const { cause, step } = WORDS[locale][kind]
  return { cause: fill(cause), step: fill(step) }
}
