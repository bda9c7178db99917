/** EasyCashier's guide for Abicart as data: what it takes, then its four steps, with the menu path of Abicart's admin word for word. */
import type { GuideStep, Words } from '../contract.ts'

export const needs: Words = {
  sv: 'Detta kräver administrativ åtkomst i Abicart.',
  nb: 'Dette krever administratortilgang i Abicart.',
  da: 'Dette kræver administratoradgang i Abicart.',
  en: 'This needs administrator rights in Abicart.',
}

export const guide: GuideStep[] = [
  {
    code: 'key',
    title: { sv: 'Skapa en API-nyckel i Abicart', nb: 'Lag en API-nøkkel i Abicart', da: 'Opret en API-nøgle i Abicart', en: 'Make an API key in Abicart' },
    words: {
      sv: 'Logga in i Abicart och skapa en API-nyckel genom att följa instruktionerna på skärmen. Skapa en egen nyckel för Lagerbro, så att den inte delas med någon annan integration.\nKlistra in nyckeln här, och butiks-ID:t som står bredvid butikens namn högst upp i Abicart. Har du flera butiker i samma Abicart: ta toppbutikens, den som artiklarna ligger i.',
      nb: 'Logg inn i Abicart og lag en API-nøkkel ved å følge anvisningene på skjermen. Lag en egen nøkkel for Lagerbro, så den ikke deles med en annen integrasjon.\nLim inn nøkkelen her, og butikk-ID-en som står ved siden av butikkens navn øverst i Abicart. Har du flere butikker i samme Abicart: ta toppbutikkens, den som varene ligger i.',
      da: 'Log ind i Abicart, og opret en API-nøgle ved at følge anvisningerne på skærmen. Opret en nøgle kun til Lagerbro, så den ikke deles med en anden integration.\nIndsæt nøglen her og butiks-id’et, der står ved siden af butikkens navn øverst i Abicart. Har du flere butikker i samme Abicart, så tag topbutikkens, den som varerne ligger i.',
      en: "Sign in to Abicart and make an API key by following the instructions on the screen. Make one for Lagerbro alone, so that no other integration shares it.\nPaste the key here, and the shop ID that stands beside the shop's name at the top of Abicart. With several shops in one Abicart, take those of the top-level shop, the one that holds the articles.",
    },
    menuPath: {
      sv: 'Inställningar > Externa kopplingar > API-nycklar',
      nb: 'Innstillinger > Eksterne koblinger > API-nøkler (Inställningar > Externa kopplingar > API-nycklar)',
      da: 'Indstillinger > Eksterne koblinger > API-nøgler (Inställningar > Externa kopplingar > API-nycklar)',
      en: 'Settings > External connections > API keys (Inställningar > Externa kopplingar > API-nycklar)',
    },
    fields: ['apiKey', 'shopId', 'address'],
    button: 'check',
    doneWhen: ['credentials', 'rights'],
  },
  {
    code: 'activate',
    title: { sv: 'Aktivera integrationen', nb: 'Aktiver integrasjonen', da: 'Aktivér integrationen', en: 'Activate the integration' },
    words: {
      sv: 'Klicka på Aktivera. De flesta uppgifterna hämtas automatiskt från Abicart: butikens namn, valuta och hur den svarar. Öppna ordrar tas in som reserverade, och därefter räknas allt som händer. Lagerbro blir master: inleveranser och inventeringar görs här.\nKryssa i Webshop på artiklarna. Artikelnumret här ska vara exakt detsamma som Produktnummer i Abicart. För kundens val ska variantens produktnummer vara artikelnumret.',
      nb: 'Klikk på Aktiver. De fleste opplysningene hentes automatisk fra Abicart: butikkens navn, valuta og hvordan den svarer. Åpne ordrer tas inn som reservert, og deretter telles alt som skjer. Lagerbro blir master: varemottak og varetellinger gjøres her.\nKryss av Webshop på varene. Varenummeret her skal være nøyaktig det samme som Produktnummer i Abicart. For kundens valg skal variantens produktnummer være varenummeret.',
      da: 'Klik på Aktivér. De fleste oplysninger hentes automatisk fra Abicart: butikkens navn, valuta og hvordan den svarer. Åbne ordrer tages ind som reserverede, og derefter tæller alt, hvad der sker. Lagerbro bliver master: varemodtagelser og optællinger sker her.\nSæt kryds i Webshop på varerne. Varenummeret her skal være præcis det samme som Produktnummer i Abicart. For kundens valg skal variantens produktnummer være varenummeret.',
      en: "Press Activate. Most things are fetched from Abicart by themselves: the shop's name, its currency and how it answers. Open orders are taken in as reserved, and from then on everything that happens counts. Lagerbro becomes the master: goods receipts and stocktakes are done here.\nTick Webshop on the articles. The article number here must be exactly the product number in Abicart. For the customer's choices it is the variant's product number.",
    },
    menuPath: null,
    fields: ['lowersItself', 'restores'],
    button: 'activate',
    doneWhen: ['active'],
  },
  {
    code: 'hooks',
    title: { sv: 'Skapa Webhooks', nb: 'Opprett webhooks', da: 'Opret webhooks', en: 'Create webhooks' },
    words: {
      sv: 'Klicka på Skapa Webhooks. Med dem berättar Abicart genast när en order skapas eller makuleras. De kontrolleras varje timme och lagas om Abicart har stängt av dem. Utan dem hämtas ordrar ändå, en gång i minuten.',
      nb: 'Klikk på Opprett webhooks. Med dem forteller Abicart straks når en ordre opprettes eller makuleres. De kontrolleres hver time og repareres hvis Abicart har slått dem av. Uten dem hentes ordrer likevel, én gang i minuttet.',
      da: 'Klik på Opret webhooks. Med dem fortæller Abicart straks, når en ordre oprettes eller annulleres. De kontrolleres hver time og repareres, hvis Abicart har slået dem fra. Uden dem hentes ordrer alligevel, én gang i minuttet.',
      en: 'Press Create webhooks. With them Abicart tells at once when an order is made or cancelled. They are checked every hour and repaired if Abicart has switched them off. Without them orders are fetched anyway, once a minute.',
    },
    menuPath: null,
    fields: [],
    button: 'subscribe',
    doneWhen: ['subscribed'],
  },
  {
    code: 'match',
    title: { sv: 'Synka webshop artikel-ID', nb: 'Synkroniser nettbutikkens vare-ID', da: 'Synkronisér webshop vare-ID', en: 'Sync webshop article IDs' },
    words: {
      sv: 'Klicka på Synka webshop artikel-ID. Artikelnumret söks i Abicart, och produktens eller variantens ID sparas på artikeln. Detta behöver i regel bara göras när integrationen startas: när en artikel kryssas i för Webshop söks den av sig själv.',
      nb: 'Klikk på Synkroniser nettbutikkens vare-ID. Varenummeret søkes i Abicart, og produktets eller variantens ID lagres på varen. Dette trengs som regel bare når integrasjonen startes: når en vare krysses av for Webshop, søkes den av seg selv.',
      da: 'Klik på Synkronisér webshop vare-ID. Varenummeret søges i Abicart, og produktets eller variantens id gemmes på varen. Det behøves som regel kun, når integrationen startes: når der sættes kryds i Webshop på en vare, søges den af sig selv.',
      en: "Press Sync webshop article IDs. The article number is looked for in Abicart, and the product's or the variant's ID is kept with the article. As a rule this is needed only when the integration is started: an article that gets its Webshop box is looked for by itself.",
    },
    menuPath: null,
    fields: [],
    button: 'match',
    doneWhen: ['matched'],
  },
]
