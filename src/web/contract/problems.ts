/** Every refusal: its HTTP status and its words. `{name}` is filled from the problem's facts. The list of codes is core's; the compiler compares them in web/errors.ts. */
import type { Words } from './shared.ts'

export interface ProblemKind {
  status: number
  words: Words
}
const p = (status: number, sv: string, nb: string, da: string, en: string): ProblemKind => ({ status, words: { sv, nb, da, en } })

export const problems = {
  'not-found': p(404, 'Det finns inte.', 'Det finnes ikke.', 'Det findes ikke.', 'There is no such thing.'),
  'bad-input': p(400, 'Något i det som skickades är fel.', 'Noe i det som ble sendt er feil.', 'Noget i det, der blev sendt, er forkert.', 'Something in what was sent is wrong.'),
  'bad-json': p(
    400,
    'Det som skickades är inte giltig JSON.',
    'Det som ble sendt er ikke gyldig JSON.',
    'Det, der blev sendt, er ikke gyldig JSON.',
    'What was sent is not valid JSON.',
  ),
  'too-large': p(413, 'Det som skickades är för stort.', 'Det som ble sendt er for stort.', 'Det, der blev sendt, er for stort.', 'What was sent is too large.'),
  'too-many-requests': p(
    429,
    'För många anrop på kort tid. Vänta {seconds} sekunder.',
    'For mange kall på kort tid. Vent {seconds} sekunder.',
    'For mange kald på kort tid. Vent {seconds} sekunder.',
    'Too many requests in a short time. Wait {seconds} seconds.',
  ),
  'not-signed-in': p(401, 'Logga in först.', 'Logg inn først.', 'Log ind først.', 'Sign in first.'),
  'not-allowed': p(403, 'Nyckeln får inte göra detta.', 'Nøkkelen har ikke lov til dette.', 'Nøglen har ikke lov til dette.', 'The key may not do this.'),
  'wrong-credentials': p(
    401,
    'Fel e-postadress eller lösenord.',
    'Feil e-postadresse eller passord.',
    'Forkert e-mailadresse eller adgangskode.',
    'Wrong e-mail address or password.',
  ),
  'locked-out': p(
    429,
    'För många felaktiga försök. Vänta en stund.',
    'For mange feil forsøk. Vent litt.',
    'For mange forkerte forsøg. Vent lidt.',
    'Too many wrong attempts. Wait a while.',
  ),
  'wrong-origin': p(403, 'Anropet kom från en annan webbplats.', 'Kallet kom fra et annet nettsted.', 'Kaldet kom fra et andet websted.', 'The request came from another site.'),
  'no-company': p(403, 'Välj ett företag först.', 'Velg et firma først.', 'Vælg et firma først.', 'Choose a company first.'),
  unavailable: p(
    503,
    'Det går inte just nu. Försök igen om en stund.',
    'Det går ikke akkurat nå. Prøv igjen om litt.',
    'Det går ikke lige nu. Prøv igen om lidt.',
    'Not possible right now. Try again in a while.',
  ),
  'our-fault': p(
    500,
    'Något gick fel hos oss. Inget sparades.',
    'Noe gikk galt hos oss. Ingenting ble lagret.',
    'Noget gik galt hos os. Intet blev gemt.',
    'Something went wrong on our side. Nothing was saved.',
  ),
  'key-reused': p(
    409,
    'Samma nummer har redan använts med annat innehåll.',
    'Samme nummer er allerede brukt med annet innhold.',
    'Samme nummer er allerede brugt med andet indhold.',
    'The same key has already been used with other content.',
  ),
  'unknown-article': p(404, 'Artikeln {article} finns inte.', 'Varen {article} finnes ikke.', 'Varen {article} findes ikke.', 'There is no article {article}.'),
  'unknown-location': p(404, 'Lagret finns inte.', 'Lageret finnes ikke.', 'Lageret findes ikke.', 'There is no such location.'),
  'quantity-absurd': p(422, 'Antalet är orimligt stort.', 'Antallet er urimelig stort.', 'Antallet er urimeligt stort.', 'The quantity is absurdly large.'),
  'number-taken': p(
    409,
    'Artikelnumret {number} används redan.',
    'Varenummeret {number} er allerede i bruk.',
    'Varenummeret {number} er allerede i brug.',
    'The article number {number} is already in use.',
  ),
  'number-reserved': p(
    409,
    'Artikelnumret {number} har tillhört en annan artikel och är reserverat.',
    'Varenummeret {number} har tilhørt en annen vare og er reservert.',
    'Varenummeret {number} har tilhørt en anden vare og er reserveret.',
    'The article number {number} has belonged to another article and is reserved.',
  ),
  'barcode-taken': p(
    409,
    'Streckkoden {code} används redan.',
    'Strekkoden {code} er allerede i bruk.',
    'Stregkoden {code} er allerede i brug.',
    'The barcode {code} is already in use.',
  ),
  'barcode-invalid': p(
    422,
    'Streckkoden {code} är inte giltig. Kontrollera siffrorna.',
    'Strekkoden {code} er ikke gyldig. Sjekk sifrene.',
    'Stregkoden {code} er ikke gyldig. Tjek cifrene.',
    'The barcode {code} is not valid. Check the digits.',
  ),
  'name-taken': p(409, 'Namnet används redan.', 'Navnet er allerede i bruk.', 'Navnet er allerede i brug.', 'The name is already in use.'),
  'email-taken': p(409, 'E-postadressen används redan.', 'E-postadressen er allerede i bruk.', 'E-mailadressen er allerede i brug.', 'The e-mail address is already in use.'),
  'already-set-up': p(
    409,
    'Det finns redan ett företag här. Logga in.',
    'Det finnes allerede et firma her. Logg inn.',
    'Der findes allerede et firma her. Log ind.',
    'There is already a company here. Sign in.',
  ),
  'password-weak': p(
    422,
    'Lösenordet är för kort. Minst {least} tecken.',
    'Passordet er for kort. Minst {least} tegn.',
    'Adgangskoden er for kort. Mindst {least} tegn.',
    'The password is too short. At least {least} characters.',
  ),
  'variant-wrong': p(
    422,
    'Varianten {number} anger inte ett värde av varje val, eller samma som en annan.',
    'Varianten {number} oppgir ikke én verdi av hvert valg, eller det samme som en annen.',
    'Varianten {number} angiver ikke én værdi af hvert valg, eller det samme som en anden.',
    'The variant {number} does not name one value of every option, or the same as another.',
  ),
  'vat-rate-taken': p(
    409,
    'Det finns redan en momssats för den klassen och dagen.',
    'Det finnes allerede en mva-sats for den klassen og dagen.',
    'Der findes allerede en momssats for den klasse og dag.',
    'There is already a VAT rate of that class and day.',
  ),
  'not-tracked': p(
    422,
    'Artikeln {article} lagerförs inte.',
    'Varen {article} lagerføres ikke.',
    'Varen {article} lagerføres ikke.',
    'The article {article} is not kept in stock.',
  ),
  'not-enough-stock': p(409, 'Det finns bara {available} kvar.', 'Det er bare {available} igjen.', 'Der er kun {available} tilbage.', 'Only {available} left.'),
  'reservation-over': p(409, 'Reservationen gäller inte längre.', 'Reservasjonen gjelder ikke lenger.', 'Reservationen gælder ikke længere.', 'The reservation is over.'),
  'counted-in-future': p(
    422,
    'Räkningen ligger i framtiden. Kontrollera enhetens klocka.',
    'Tellingen ligger i fremtiden. Sjekk klokken på enheten.',
    'Optællingen ligger i fremtiden. Tjek enhedens ur.',
    'The count lies in the future. Check the clock of the device.',
  ),
  'time-in-future': p(
    422,
    'Tiden ligger i framtiden. Kontrollera enhetens klocka.',
    'Tiden ligger i fremtiden. Sjekk klokken på enheten.',
    'Tiden ligger i fremtiden. Tjek enhedens ur.',
    'The time lies in the future. Check the clock of the device.',
  ),
  'no-level-yet': p(
    409,
    'Artikeln {article} har inget lagersaldo än. Räkna den först.',
    'Varen {article} har ingen lagersaldo ennå. Tell den først.',
    'Varen {article} har intet lagerantal endnu. Tæl den først.',
    'The article {article} has no stock level yet. Count it first.',
  ),
  'settings-wrong': p(422, 'En inställning är fel.', 'En innstilling er feil.', 'En indstilling er forkert.', 'A setting is wrong.'),
  'place-unknown': p(
    422,
    'Platsen {place} finns inte i webshopen.',
    'Stedet {place} finnes ikke i nettbutikken.',
    'Placeringen {place} findes ikke i webshoppen.',
    'The webshop has no location {place}.',
  ),
  'place-taken': p(
    409,
    'Platsen {place} är redan kopplad till {store}. Välj en annan plats, eller ta först bort den från {store}.',
    'Stedet {place} er allerede koblet til {store}. Velg et annet sted, eller ta det først bort fra {store}.',
    'Placeringen {place} er allerede koblet til {store}. Vælg en anden placering, eller fjern den først fra {store}.',
    'The location {place} already belongs to {store}. Choose another one, or take it away from {store} first.',
  ),
  'place-unusable': p(422, 'Platsen {place} kan inte användas.', 'Stedet {place} kan ikke brukes.', 'Placeringen {place} kan ikke bruges.', 'The location {place} cannot be used.'),
  'place-missing': p(
    409,
    'Välj först webshop butiksid för minst en butik.',
    'Velg først nettbutikkens butikk-ID for minst én butikk.',
    'Vælg først webshoppens butiks-id for mindst én butik.',
    'First choose the webshop store ID of at least one store.',
  ),
  'many-places-off': p(
    409,
    'Flera butiker är kopplade till webshopen: {stores}. Kryssa i Multipla distributionsställen, eller låt bara en av dem ha ett webshop butiksid.',
    'Flere butikker er koblet til nettbutikken: {stores}. Kryss av for Flere distribusjonssteder, eller la bare én av dem ha en butikk-ID.',
    'Flere butikker er koblet til webshoppen: {stores}. Sæt kryds i Flere distributionssteder, eller lad kun én af dem have et butiks-id.',
    'Several stores are connected to the webshop: {stores}. Tick Several shipping locations, or let only one of them have a webshop store ID.',
  ),
  'not-connected': p(409, 'Integrationen är inte aktiv.', 'Integrasjonen er ikke aktiv.', 'Integrationen er ikke aktiv.', 'The connection is not active.'),
  'not-ready': p(
    409,
    'Det går inte än. Gör stegen före först.',
    'Det går ikke ennå. Gjør trinnene før først.',
    'Det går ikke endnu. Gør trinene før først.',
    'Not possible yet. Do the steps before this one first.',
  ),
  'remote-denied': p(
    502,
    'Webshopen nekade åtkomst. Kontrollera uppgifterna och rättigheterna.',
    'Nettbutikken nektet tilgang. Sjekk opplysningene og rettighetene.',
    'Webshoppen nægtede adgang. Tjek oplysningerne og rettighederne.',
    'The webshop denied access. Check the credentials and the rights.',
  ),
  'remote-busy': p(
    503,
    'Webshopen är upptagen eller svarar inte. Försök igen om en stund.',
    'Nettbutikken er opptatt eller svarer ikke. Prøv igjen om litt.',
    'Webshoppen er optaget eller svarer ikke. Prøv igen om lidt.',
    'The webshop is busy or does not answer. Try again in a while.',
  ),
  'remote-strange': p(
    502,
    'Webshopen svarade något oväntat.',
    'Nettbutikken svarte noe uventet.',
    'Webshoppen svarede noget uventet.',
    'The webshop answered something unexpected.',
  ),
  'remote-refused': p(502, 'Webshopen sade nej.', 'Nettbutikken sa nei.', 'Webshoppen sagde nej.', 'The webshop said no.'),
  'run-going-on': p(
    409,
    'En sådan körning pågår redan. Vänta tills den är klar.',
    'En slik kjøring pågår allerede. Vent til den er ferdig.',
    'En sådan kørsel er allerede i gang. Vent, til den er færdig.',
    'Such a run is already going on. Wait until it is done.',
  ),
  'difference-over': p(409, 'Avvikelsen är redan åtgärdad.', 'Avviket er allerede rettet.', 'Afvigelsen er allerede rettet.', 'The difference has been dealt with already.'),
  'run-over': p(409, 'Körningen är redan avslutad.', 'Kjøringen er allerede avsluttet.', 'Kørslen er allerede afsluttet.', 'The run is already over.'),
} as const satisfies Record<string, ProblemKind>

/** What is wrong with one field (`facts.reason` of bad-input). */
export const fieldReasons = {
  missing: { sv: 'Fältet {field} saknas.', nb: 'Feltet {field} mangler.', da: 'Feltet {field} mangler.', en: 'The field {field} is missing.' },
  'wrong-type': { sv: 'Fältet {field} har fel typ.', nb: 'Feltet {field} har feil type.', da: 'Feltet {field} har forkert type.', en: 'The field {field} is of the wrong type.' },
  'wrong-form': { sv: 'Fältet {field} har fel form.', nb: 'Feltet {field} har feil form.', da: 'Feltet {field} har forkert form.', en: 'The field {field} has the wrong form.' },
  'too-small': {
    sv: 'Fältet {field} är för litet eller tomt.',
    nb: 'Feltet {field} er for lite eller tomt.',
    da: 'Feltet {field} er for lille eller tomt.',
    en: 'The field {field} is too small or empty.',
  },
  'too-big': { sv: 'Fältet {field} är för stort.', nb: 'Feltet {field} er for stort.', da: 'Feltet {field} er for stort.', en: 'The field {field} is too big.' },
  'unknown-field': { sv: 'Fältet {field} är okänt.', nb: 'Feltet {field} er ukjent.', da: 'Feltet {field} er ukendt.', en: 'The field {field} is unknown.' },
  twice: { sv: '{field} finns två gånger.', nb: '{field} finnes to ganger.', da: '{field} findes to gange.', en: '{field} is there twice.' },
  'choose-one': {
    sv: 'Ange exakt ett av alternativen för {field}.',
    nb: 'Oppgi nøyaktig ett av alternativene for {field}.',
    da: 'Angiv præcis ét af alternativerne for {field}.',
    en: 'Give exactly one of the alternatives for {field}.',
  },
} as const satisfies Record<string, Words>
export type FieldReason = keyof typeof fieldReasons

/** Words with their facts filled in; a fact that isn't there leaves nothing behind. */
export const fill = (words: string, facts: Record<string, string | number>): string =>
  words.replaceAll(/\s?\{(\w+)\}/g, (all, name: string) => (facts[name] === undefined ? '' : all.replace(`{${name}}`, String(facts[name]))))
