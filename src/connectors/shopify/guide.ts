/** EasyCashier's guide for Shopify as data: what it takes, then its four steps, with the menu paths of Shopify's admin in each language. Last Tellix's guide, for who sends products too. */
import type { GuideStep, Words } from '../contract.ts'

export const needs: Words = {
  sv: 'Detta kräver administrativ åtkomst i Shopify: butikens ägare, eller personal som får utveckla appar och hantera lager och platser.',
  nb: 'Dette krever administratortilgang i Shopify: butikkens eier, eller ansatte som kan utvikle apper og administrere lager og steder.',
  da: 'Dette kræver administratoradgang i Shopify: butikkens ejer, eller personale, der må udvikle apps og administrere lager og placeringer.',
  en: "This needs administrator rights in Shopify: the shop's owner, or staff who may develop apps and manage inventory and locations.",
}

const DEV_DASHBOARD: Words = {
  sv: 'Shopify Admin > Inställningar > Appar > Utveckla appar > Skapa appar i Dev Dashboard',
  nb: 'Shopify Admin > Innstillinger > Apper > Utvikle apper > Lag apper i Dev Dashboard',
  da: 'Shopify Admin > Indstillinger > Apps > Udvikl apps > Byg apps i Dev Dashboard',
  en: 'Shopify Admin > Settings > Apps > Develop apps > Build apps in Dev Dashboard',
}

export const guide: GuideStep[] = [
  {
    code: 'app',
    title: { sv: 'Skapa en custom app i Shopify', nb: 'Lag en custom app i Shopify', da: 'Opret en custom app i Shopify', en: 'Create a custom app in Shopify' },
    words: {
      sv: 'Skapa en app och ge den exakt dessa rättigheter:\n• Lager (Inventory): läsa och skriva – read_inventory, write_inventory\n• Ordrar (Orders): läsa – read_orders\n• Platser (Locations): läsa – read_locations\n• Beställningsuppdrag hanterade av försäljaren (Merchant-managed fulfillment orders): läsa – read_merchant_managed_fulfillment_orders, och skriva – write_merchant_managed_fulfillment_orders bara om Shopify ska få veta vad som levereras härifrån\n• Kunder (Customers): läsa – read_customers, bara om kunderna ska synkroniseras\nVälj den senaste versionen av Webhook API och installera appen i butiken. Kopiera sedan adressen, klient-ID och klienthemligheten hit.',
      nb: 'Lag en app og gi den nøyaktig disse rettighetene:\n• Lager (Inventory): lese og skrive – read_inventory, write_inventory\n• Ordrer (Orders): lese – read_orders\n• Steder (Locations): lese – read_locations\n• Oppdrag håndtert av forhandleren (Merchant-managed fulfillment orders): lese – read_merchant_managed_fulfillment_orders, og skrive – write_merchant_managed_fulfillment_orders bare hvis Shopify skal få vite hva som leveres herfra\n• Kunder (Customers): lese – read_customers, bare hvis kundene skal synkroniseres\nVelg den nyeste versjonen av Webhook API og installer appen i butikken. Kopier så adressen, klient-ID og klienthemmeligheten hit.',
      da: 'Opret en app og giv den præcis disse rettigheder:\n• Lager (Inventory): læse og skrive – read_inventory, write_inventory\n• Ordrer (Orders): læse – read_orders\n• Placeringer (Locations): læse – read_locations\n• Opgaver håndteret af forhandleren (Merchant-managed fulfillment orders): læse – read_merchant_managed_fulfillment_orders, og skrive – write_merchant_managed_fulfillment_orders kun hvis Shopify skal have besked om, hvad der leveres herfra\n• Kunder (Customers): læse – read_customers, kun hvis kunderne skal synkroniseres\nVælg den nyeste version af Webhook API og installer appen i butikken. Kopier derefter adressen, klient-id og klienthemmeligheden hertil.',
      en: 'Create an app and give it exactly these rights:\n• Inventory: read and write – read_inventory, write_inventory\n• Orders: read – read_orders\n• Locations: read – read_locations\n• Merchant-managed fulfillment orders: read – read_merchant_managed_fulfillment_orders, and write – write_merchant_managed_fulfillment_orders only if Shopify is to be told what ships from here\n• Customers: read – read_customers, only if customers are to be synced\nChoose the latest Webhook API version and install the app in the shop. Then copy the address, client ID and client secret here.',
    },
    menuPath: DEV_DASHBOARD,
    fields: ['shop', 'clientId', 'clientSecret', 'accessToken', 'previousSecret', 'customers', 'fulfilled'],
    button: 'check',
    doneWhen: ['credentials', 'rights'],
  },
  {
    code: 'places',
    title: {
      sv: 'Koppla platserna i Shopify till butikerna',
      nb: 'Koble stedene i Shopify til butikkene',
      da: 'Kobl placeringerne i Shopify til butikkerne',
      en: 'Connect the locations in Shopify to the stores',
    },
    words: {
      sv: 'Platserna hämtas från Shopify, så inget ID behöver kopieras: välj plats för varje butik, här eller under Organisation > Butiker. ID-numret är det som står sist i adressfältet när platsen är öppen i Shopify, till exempel https://webshopsnamn.myshopify.com/admin/settings/locations/57770000111.\nHar du flera lager eller butiker som skickar ordrar (multipla distributionsställen) kopplar du varje plats till sin butik. Varifrån en order skickas bestäms i Shopify.',
      nb: 'Stedene hentes fra Shopify, så ingen ID må kopieres: velg sted for hver butikk, her eller under Organisasjon > Butikker. ID-nummeret er det som står sist i adressefeltet når stedet er åpent i Shopify, for eksempel https://butikknavn.myshopify.com/admin/settings/locations/57770000111.\nHar du flere lagre eller butikker som sender ordrer (flere distribusjonssteder), kobler du hvert sted til sin butikk. Hvor en ordre sendes fra, bestemmes i Shopify.',
      da: 'Placeringerne hentes fra Shopify, så intet id skal kopieres: vælg placering for hver butik, her eller under Organisation > Butikker. Id-nummeret er det, der står sidst i adressefeltet, når placeringen er åben i Shopify, for eksempel https://butiksnavn.myshopify.com/admin/settings/locations/57770000111.\nHar du flere lagre eller butikker, der sender ordrer (flere distributionssteder), kobler du hver placering til sin butik. Hvorfra en ordre sendes, bestemmes i Shopify.',
      en: 'The locations are fetched from Shopify, so no ID has to be copied: choose the location of each store, here or under Organisation > Stores. The ID number is last in the address bar when the location is open in Shopify, for example https://shopname.myshopify.com/admin/settings/locations/57770000111.\nIf several warehouses or stores ship orders (multiple locations), connect each location to its store. Where an order ships from is decided in Shopify.',
    },
    menuPath: {
      sv: 'Shopify Admin > Inställningar > Platser',
      nb: 'Shopify Admin > Innstillinger > Steder',
      da: 'Shopify Admin > Indstillinger > Placeringer',
      en: 'Shopify Admin > Settings > Locations',
    },
    fields: [],
    button: 'map-places',
    doneWhen: ['places'],
  },
  {
    code: 'activate',
    title: { sv: 'Aktivera integrationen', nb: 'Aktiver integrasjonen', da: 'Aktivér integrationen', en: 'Activate the integration' },
    words: {
      sv: 'Butikens namn, valuta, platser och rättigheter fylls i automatiskt från Shopify. Tryck på Aktivera: öppna ordrar tas in som reserverade, och därefter räknas allt som händer. Lagerbro blir master: inleveranser och inventeringar görs här.\nKryssa i Webshop på artiklarna. Artikelnumret här ska vara exakt detsamma som SKU i Shopify, också för varianter.',
      nb: 'Butikkens navn, valuta, steder og rettigheter fylles ut automatisk fra Shopify. Trykk på Aktiver: åpne ordrer tas inn som reservert, og deretter telles alt som skjer. Lagerbro blir master: varemottak og varetellinger gjøres her.\nKryss av Nettbutikk på varene. Varenummeret her skal være nøyaktig det samme som SKU i Shopify, også for varianter.',
      da: 'Butikkens navn, valuta, placeringer og rettigheder udfyldes automatisk fra Shopify. Tryk på Aktivér: åbne ordrer tages ind som reserverede, og derefter tæller alt, hvad der sker. Lagerbro bliver master: varemodtagelser og optællinger sker her.\nSæt kryds i Webshop på varerne. Varenummeret her skal være præcis det samme som SKU i Shopify, også for varianter.',
      en: "The shop's name, currency, locations and rights are filled in from Shopify by themselves. Press Activate: open orders are taken in as reserved, and from then on everything that happens counts. Lagerbro becomes the master: goods receipts and stocktakes are done here.\nTick Webshop on the articles. The article number here must be exactly the SKU in Shopify, for variants too.",
    },
    menuPath: null,
    fields: ['quantityName'],
    button: 'activate',
    doneWhen: ['active'],
  },
  {
    code: 'hooks',
    title: { sv: 'Skapa webhooks', nb: 'Opprett webhooks', da: 'Opret webhooks', en: 'Create webhooks' },
    words: {
      sv: 'Tryck på Skapa webhooks. Med dem berättar Shopify genast när en order skapas, ändras eller makuleras. De kontrolleras varje timme och lagas om de försvinner. Utan dem hämtas ordrar ändå, en gång i minuten.\nVill en kund se eller få bort sina uppgifter kan Shopify säga till här: klistra in samma adress som webhookarna går till under Compliance webhooks i appens inställningar i Dev Dashboard.',
      nb: 'Trykk på Opprett webhooks. Med dem forteller Shopify straks når en ordre opprettes, endres eller kanselleres. De kontrolleres hver time og repareres hvis de forsvinner. Uten dem hentes ordrer likevel, én gang i minuttet.\nVil en kunde se eller få slettet opplysningene sine, kan Shopify si fra her: lim inn den samme adressen som webhookene går til, under Compliance webhooks i appens innstillinger i Dev Dashboard.',
      da: 'Tryk på Opret webhooks. Med dem fortæller Shopify straks, når en ordre oprettes, ændres eller annulleres. De kontrolleres hver time og repareres, hvis de forsvinder. Uden dem hentes ordrer alligevel, én gang i minuttet.\nVil en kunde se eller have slettet sine oplysninger, kan Shopify sige til her: indsæt den samme adresse, som webhooks går til, under Compliance webhooks i appens indstillinger i Dev Dashboard.',
      en: 'Press Create webhooks. With them Shopify tells at once when an order is created, changed or cancelled. They are checked every hour and repaired if they disappear. Without them orders are fetched anyway, once a minute.\nWhen a customer wants to see or erase what is known of them, Shopify can say so here: paste the address the webhooks go to under Compliance webhooks in the settings of the app in the Dev Dashboard.',
    },
    menuPath: null,
    fields: [],
    button: 'subscribe',
    doneWhen: ['subscribed'],
  },
  {
    code: 'products',
    title: { sv: 'Skicka produkterna också', nb: 'Send produktene også', da: 'Send produkterne også', en: 'Send the products too' },
    words: {
      sv: 'Bara om produkter, priser och bilder ska skickas härifrån till Shopify. Öppna appen och ge den också dessa rättigheter:\n• Produkter (Products): läsa och skriva – read_products, write_products\n• Filer (Files): skriva – write_files, för bilderna\n• Publiceringar (Publications): läsa och skriva – read_publications, write_publications, så att produkterna visas\n• Beställningsuppdrag hanterade av försäljaren: skriva – write_merchant_managed_fulfillment_orders, bara om ordrar som blir klara här ska bli Fulfilled i Shopify\nButiksinnehåll (artiklar, bloggar, sidor) behövs inte och ska inte ges. Spara en ny version av appen och godkänn den i butiken.\n”API secret key” är inte en åtkomsttoken: den hör hemma i fältet Klienthemlighet. Produkter hör ihop när artikelnumret är exakt samma SKU. Välj sedan vad som ska skickas under Produkter, tryck på Spara och på Synkronisera nu.',
      nb: 'Bare hvis produkter, priser og bilder skal sendes herfra til Shopify. Åpne appen og gi den også disse tillatelsene:\n• Produkter (Products): lese og skrive – read_products, write_products\n• Filer (Files): skrive – write_files, for bildene\n• Publiseringer (Publications): lese og skrive – read_publications, write_publications, slik at produktene vises\n• Oppdrag håndtert av forhandleren: skrive – write_merchant_managed_fulfillment_orders, bare hvis ordrer som blir ferdige her, skal bli Fulfilled i Shopify\nButikkinnhold (artikler, blogger, sider) trengs ikke og skal ikke gis. Lagre en ny versjon av appen og godkjenn den i butikken.\n«API secret key» er ikke en tilgangstoken: den hører hjemme i feltet Klienthemmelighet. Produkter hører sammen når varenummeret er nøyaktig samme SKU. Velg så hva som skal sendes, under Produkter, trykk Lagre og Synkroniser nå.',
      da: 'Kun hvis produkter, priser og billeder skal sendes herfra til Shopify. Åbn appen, og giv den også disse rettigheder:\n• Produkter (Products): læse og skrive – read_products, write_products\n• Filer (Files): skrive – write_files, til billederne\n• Publiceringer (Publications): læse og skrive – read_publications, write_publications, så produkterne vises\n• Opgaver håndteret af forhandleren: skrive – write_merchant_managed_fulfillment_orders, kun hvis ordrer, der bliver færdige her, skal blive Fulfilled i Shopify\nButiksindhold (artikler, blogs, sider) behøves ikke og skal ikke gives. Gem en ny version af appen, og godkend den i butikken.\n»API secret key« er ikke en adgangstoken: den hører hjemme i feltet Klienthemmelighed. Produkter hører sammen, når varenummeret er præcis samme SKU. Vælg så, hvad der skal sendes, under Produkter, tryk på Gem og på Synkronisér nu.',
      en: 'Only if products, prices and pictures are to be sent from here to Shopify. Open the app and give it these rights as well:\n• Products: read and write – read_products, write_products\n• Files: write – write_files, for the pictures\n• Publications: read and write – read_publications, write_publications, so that the products are shown\n• Merchant-managed fulfillment orders: write – write_merchant_managed_fulfillment_orders, only if orders finished here are to become Fulfilled in Shopify\nStore content (articles, blogs, pages) isn’t needed and shouldn’t be given. Save a new version of the app and approve it in the shop.\nThe “API secret key” isn’t an access token: it belongs in the field Client secret. Products belong together when the article number is exactly the SKU. Then choose what to send under Products, press Save and Sync now.',
    },
    menuPath: DEV_DASHBOARD,
    fields: [],
    button: null,
    doneWhen: ['rights'],
  },
]
