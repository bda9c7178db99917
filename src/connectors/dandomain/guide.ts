/** The way to connect a DanDomain Webshop, step by step, with its admin's menus in Danish, which is the language they have. */
import type { GuideStep, Words } from '../contract.ts'

const w = (sv: string, nb: string, da: string, en: string): Words => ({ sv, nb, da, en })
const path = (text: string): Words => w(text, text, text, text)

export const needs: Words = w(
  'Detta kräver administrativ åtkomst i DanDomain Webshop.',
  'Dette krever administratortilgang i DanDomain Webshop.',
  'Dette kræver administratoradgang i DanDomain Webshop.',
  'This needs administrator rights in DanDomain Webshop.',
)

export const guide: GuideStep[] = [
  {
    code: 'user',
    title: w('Skapa en API-användare i webshopen', 'Opprett en API-bruker i nettbutikken', 'Opret en API-bruger i webshoppen', 'Make an API user in the webshop'),
    words: w(
      'Slå på SOAP och skapa en medarbetare som bara Lagerbro använder, med åtkomst till API:et. Medarbetarens användarnamn är en e-postadress.\nSkriv in e-postadressen och lösenordet här och klicka på Spara och kontrollera.',
      'Slå på SOAP og opprett en medarbeider som bare Lagerbro bruker, med tilgang til API-et. Medarbeiderens brukernavn er en e-postadresse.\nSkriv inn e-postadressen og passordet her, og klikk på Lagre og kontroller.',
      'Slå SOAP til, og opret en medarbejder, som kun Lagerbro bruger, med adgang til API’et. Medarbejderens brugernavn er en e-mailadresse.\nSkriv e-mailadressen og adgangskoden her, og klik på Gem og kontrollér.',
      'Switch SOAP on, and make an employee that only Lagerbro uses, with access to the API. Its user name is an e-mail address.\nType the e-mail address and the password here and press Save and check.',
    ),
    menuPath: path('Indstillinger > API > SOAP'),
    fields: ['username', 'password', 'address'],
    button: 'check',
    doneWhen: ['credentials', 'rights'],
  },
  {
    code: 'places',
    title: w('Koppla lagret', 'Koble lageret', 'Tilknyt lageret', 'Connect the stock'),
    words: w(
      'Välj vilken butik hos oss som webshopens lager hör till. Har webshopen flera lagerplatser (lagerlokationer) visas de med sitt nummer, och var och en kan höra till en egen butik.',
      'Velg hvilken butikk hos oss nettbutikkens lager hører til. Har nettbutikken flere lagersteder (lagerlokationer), vises de med nummer, og hvert av dem kan høre til en egen butikk.',
      'Vælg, hvilken butik hos os webshoppens lager hører til. Har webshoppen flere lagerlokationer, vises de med deres nummer, og hver af dem kan høre til sin egen butik.',
      "Choose which of our stores the webshop's stock belongs to. With several stock locations (lagerlokationer) they are shown by their number, and each may belong to a store of its own.",
    ),
    menuPath: null,
    fields: [],
    button: 'map-places',
    doneWhen: ['places'],
  },
  {
    code: 'activate',
    title: w('Aktivera integrationen', 'Aktiver integrasjonen', 'Aktivér integrationen', 'Activate the integration'),
    words: w(
      'Klicka på Aktivera. Öppna ordrar tas in som reserverade, och därefter räknas allt som händer. Lagerantalet i webshopen skrivs från och med nu härifrån, på produkter och på varianter.\nKryssa i Webshop på artiklarna. Artikelnumret här ska vara exakt detsamma som varunumret i webshopen, för varianter variantens eget.',
      'Klikk på Aktiver. Åpne ordrer tas inn som reservert, og deretter telles alt som skjer. Lagerantallet i nettbutikken skrives fra nå av herfra, på produkter og på varianter.\nKryss av Webshop på varene. Varenummeret her skal være nøyaktig det samme som varenummeret i nettbutikken, for varianter variantens eget.',
      'Klik på Aktivér. Åbne ordrer tages ind som reserverede, og derefter tæller alt, hvad der sker. Lagerantallet i webshoppen skrives fra nu af herfra, på produkter og på varianter.\nSæt kryds i Webshop på varerne. Varenummeret her skal være præcis det samme som varenummeret i webshoppen, for varianter variantens eget.',
      "Press Activate. Open orders are taken in as reserved, and from then on everything that happens counts. From now on the webshop's stock is written from here, on products and on variants.\nTick Webshop on the articles. The article number here must be exactly the item number in the webshop, for variants the variant's own.",
    ),
    menuPath: null,
    fields: ['lowersItself', 'restores', 'creditNotes', 'sameNumber', 'sentStatuses', 'cancelledStatuses', 'invoiceEncoding'],
    button: 'activate',
    doneWhen: ['active'],
  },
  {
    code: 'hooks',
    title: w('Skapa webhooks i webshopen', 'Opprett webhooks i nettbutikken', 'Opret webhooks i webshoppen', 'Make webhooks in the webshop'),
    words: w(
      'Skapa i webshopen en webhook för var och en av händelserna orders/created, orders/updated, orders/cancelled, orders/fulfilled, orders/partially-fulfilled, products/updated och products/delete, alla till adressen nedan. Skriv in nyckeln som webshopen signerar dem med, och klicka på Skapa Webhooks: då börjar vi lyssna.\nMed dem får vi veta genast att en order kommit. Utan dem hämtas ordrar ändå, en gång i minuten: lämna då fältet tomt och klicka ändå.',
      'Opprett i nettbutikken en webhook for hver av hendelsene orders/created, orders/updated, orders/cancelled, orders/fulfilled, orders/partially-fulfilled, products/updated og products/delete, alle til adressen nedenfor. Skriv inn nøkkelen som nettbutikken signerer dem med, og klikk på Opprett webhooks: da begynner vi å lytte.\nMed dem får vi straks vite at en ordre har kommet. Uten dem hentes ordrer likevel, én gang i minuttet: la da feltet stå tomt, og klikk likevel.',
      'Opret i webshoppen et webhook for hvert af emnerne orders/created, orders/updated, orders/cancelled, orders/fulfilled, orders/partially-fulfilled, products/updated og products/delete, alle til adressen herunder. Skriv nøglen, som webshoppen signerer dem med, og klik på Opret webhooks: så begynder vi at lytte.\nMed dem får vi straks at vide, at en ordre er kommet. Uden dem hentes ordrer alligevel, én gang i minuttet: lad så feltet være tomt, og klik alligevel.',
      'In the webshop make a webhook for each of the topics orders/created, orders/updated, orders/cancelled, orders/fulfilled, orders/partially-fulfilled, products/updated and products/delete, all to the address below. Type the key the webshop signs them with and press Create webhooks: then we begin to listen.\nWith them we hear at once that an order has come. Without them orders are fetched anyway, once a minute: leave the field empty then, and press all the same.',
    ),
    menuPath: path('Indstillinger > API > Webhooks'),
    fields: ['hookSecret'],
    button: 'subscribe',
    doneWhen: ['subscribed'],
  },
  {
    code: 'match',
    title: w('Synka webshopens artikel-ID', 'Synkroniser nettbutikkens vare-ID', 'Synkronisér webshoppens vare-ID', "Sync the webshop's article IDs"),
    words: w(
      'Klicka på Synka webshop artikel-ID. Artikelnumret söks bland webshopens produkter och varianter, och deras ID sparas på artikeln. Detta behöver i regel bara göras när integrationen startas: när en artikel kryssas i för Webshop söks den av sig själv.',
      'Klikk på Synkroniser nettbutikkens vare-ID. Varenummeret søkes blant nettbutikkens produkter og varianter, og deres ID lagres på varen. Dette trengs som regel bare når integrasjonen startes: når en vare krysses av for Webshop, søkes den av seg selv.',
      'Klik på Synkronisér webshop vare-ID. Varenummeret søges blandt webshoppens produkter og varianter, og deres id gemmes på varen. Det behøves som regel kun, når integrationen startes: når der sættes kryds i Webshop på en vare, søges den af sig selv.',
      "Press Sync webshop article IDs. The article number is looked for among the webshop's products and variants, and their ID is kept with the article. As a rule this is needed only when the integration is started: an article that gets its Webshop box is looked for by itself.",
    ),
    menuPath: null,
    fields: [],
    button: 'match',
    doneWhen: ['matched'],
  },
]
