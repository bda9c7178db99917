/** The guide "Lagerstyring via e-conomic" as data: what it takes, then its steps, with e-conomic's own menu words. */
import type { GuideStep, Words } from '../contract.ts'

export const needs: Words = {
  sv: 'Detta kräver att du är superanvändare i e-conomic.',
  nb: 'Dette krever at du er superbruker i e-conomic.',
  da: 'Det kræver, at du er superbruger i e-conomic.',
  en: 'This needs a superuser in e-conomic.',
}

export const guide: GuideStep[] = [
  {
    code: 'tokens',
    title: {
      sv: 'Ge Lagerbro tillgång till e-conomic',
      nb: 'Gi Lagerbro tilgang til e-conomic',
      da: 'Giv Lagerbro adgang til e-conomic',
      en: 'Give Lagerbro access to e-conomic',
    },
    words: {
      sv: 'Logga in i e-conomic som superanvändare och godkänn appen Lagerbro. Den som sköter installationen har en länk till det; den slutar med requestaccess.aspx.\nNär du har godkänt visas en kod: klistra in den här. Appens egen hemlighet får du av den som sköter installationen.\nSvara också på frågan om Rackbeat. Då är det Rackbeat som håller lagret, och antalen kan inte hämtas härifrån.',
      nb: 'Logg inn i e-conomic som superbruker og godkjenn appen Lagerbro. Den som står for installasjonen, har en lenke til det; den slutter med requestaccess.aspx.\nNår du har godkjent, vises en kode: lim den inn her. Appens egen hemmelighet får du av den som står for installasjonen.\nSvar også på spørsmålet om Rackbeat. Da er det Rackbeat som holder lageret, og antallene kan ikke hentes herfra.',
      da: 'Log ind i e-conomic som superbruger, og godkend appen Lagerbro. Den, der står for installationen, har et link til det; det slutter med requestaccess.aspx.\nNår du har godkendt, vises en kode: indsæt den her. Appens egen hemmelighed får du af den, der står for installationen.\nSvar også på spørgsmålet om Rackbeat. Så er det Rackbeat, der styrer lageret, og antallene kan ikke hentes herfra.',
      en: 'Sign in to e-conomic as a superuser and approve the app Lagerbro. Whoever runs this installation has a link for it, ending in requestaccess.aspx.\nOnce approved a code is shown: paste it here. The app’s own secret you get from whoever runs this installation.\nAnswer the question about Rackbeat too. With it, Rackbeat keeps the stock, and the numbers cannot be fetched from here.',
    },
    menuPath: {
      sv: 'Indstillinger > Udvidelser > Apps',
      nb: 'Indstillinger > Udvidelser > Apps',
      da: 'Indstillinger > Udvidelser > Apps',
      en: 'All settings > Extensions > Apps (Indstillinger > Udvidelser > Apps)',
    },
    fields: ['appSecretToken', 'agreementGrantToken', 'rackbeat', 'address'],
    button: 'check',
    doneWhen: ['credentials', 'rights'],
  },
  {
    code: 'store',
    title: { sv: 'Välj butik', nb: 'Velg butikk', da: 'Vælg butik', en: 'Choose the store' },
    words: {
      sv: 'Välj vilken av dina butiker som e-conomic räknar för. Antalen i den butiken kommer från e-conomic: inleveranser och inventeringar görs där, inte här. I kassan säljer du som vanligt.\nWebshopen får e-conomics antal minus de ordrar som e-conomic inte har räknat av än.',
      nb: 'Velg hvilken av butikkene dine e-conomic teller for. Antallene i den butikken kommer fra e-conomic: varemottak og varetellinger gjøres der, ikke her. I kassen selger du som vanlig.\nNettbutikken får e-conomics antall minus de ordrene e-conomic ikke har trukket fra ennå.',
      da: 'Vælg, hvilken af jeres butikker e-conomic tæller for. Antallene i den butik kommer fra e-conomic: varemodtagelser og optællinger laves dér, ikke her. I kassen sælger du som ellers.\nWebshoppen får e-conomics antal minus de ordrer, som e-conomic ikke har trukket fra endnu.',
      en: 'Choose which of your stores e-conomic counts for. The numbers of that store come from e-conomic: goods receipts and stocktakes are done there, not here. The till goes on selling as ever.\nThe webshop gets e-conomic’s number less the orders that e-conomic has not taken off yet.',
    },
    menuPath: null,
    fields: [],
    button: 'map-places',
    doneWhen: ['places'],
  },
  {
    code: 'settings',
    title: { sv: 'Kontoinställningar', nb: 'Kontoinnstillinger', da: 'Kontoindstillinger', en: 'Account settings' },
    words: {
      sv: 'Välj Ja - med webhook vid E-conomics lagermodul, och vilket antal som ska gälla.\nVälj sedan hur webshopens ordrar ska in i e-conomic. Det är mycket viktigt att de blir pågående fakturor där, för att lagret ska stämma. Ordernumret skrivs i Øvrig ref., och på det känner vi igen fakturan när den har bokförts.\nKlicka sedan på Aktivera.',
      nb: 'Velg Ja - med webhook ved E-conomics lagermodul, og hvilket antall som skal gjelde.\nVelg deretter hvordan nettbutikkens ordrer skal inn i e-conomic. Det er svært viktig at de blir pågående fakturaer der, for at lageret skal stemme. Ordrenummeret skrives i Øvrig ref., og på det kjenner vi igjen fakturaen når den er bokført.\nKlikk deretter på Aktiver.',
      da: 'Vælg Ja - med webhook ud for E-conomic lagermodul, og hvilket antal der gælder.\nVælg derefter, hvordan webshoppens ordrer skal ind i e-conomic. Det er meget vigtigt, at de opgraderes korrekt til igangværende faktura, for at lagerstyringen virker. Ordrenummeret skrives i Øvrig ref., og på det genkender vi fakturaen, når den er bogført.\nKlik derefter på Aktivér.',
      en: 'Choose Yes - with webhook at E-conomic’s stock module, and which number counts.\nThen choose how the webshop’s orders get into e-conomic. It is very important that they become draft invoices there, for the stock to be right. The order number is written to Øvrig ref., and by it we know the invoice once it is booked.\nThen press Activate.',
    },
    menuPath: null,
    fields: ['stock', 'number', 'counted', 'named', 'orders', 'book', 'customers', 'customerNumber', 'layoutNumber', 'paymentTermsNumber', 'customerGroupNumber'],
    button: 'activate',
    doneWhen: ['active'],
  },
  {
    code: 'hooks',
    title: { sv: 'Skapa webhooks i e-conomic', nb: 'Opprett webhooks i e-conomic', da: 'Opret webhooks i e-conomic', en: 'Make webhooks in e-conomic' },
    words: {
      sv: 'Klicka på kugghjulet i toppmenyn i e-conomic, välj Udvidelser > Webhooks i vänstermenyn och klicka på Nyt webhook.\nSkapa två: ett för lagerantal och ett för fakturor. Klicka på Visa raderna här under och kopiera dem dit. Under Navn skriver du vad du vill.\nWebhooks gäller bara framåt, alltså när ett lagerantal eller en faktura ändras efter att de har skapats. Det som redan finns hämtas i nästa steg.',
      nb: 'Klikk på tannhjulet i toppmenyen i e-conomic, velg Udvidelser > Webhooks i venstremenyen og klikk på Nyt webhook.\nOpprett to: én for lagerantall og én for fakturaer. Klikk på Vis linjene her under og kopier dem dit. Under Navn skriver du hva du vil.\nWebhooks gjelder bare fremover, altså når et lagerantall eller en faktura endres etter at de er opprettet. Det som allerede finnes, hentes i neste trinn.',
      da: 'Klik på tandhjulet i topmenuen i e-conomic, vælg Udvidelser > Webhooks i venstremenuen, og klik på Nyt webhook.\nOpret to: et til lagerantal og et til fakturaer. Klik på Vis linjerne herunder, og kopiér dem derover. Navn er valgfri tekst.\nBemærk, at webhooks kun opdaterer fremadrettet, dvs. når lagerantal eller en faktura genereres, efter at opsætningen er lavet. Det, der allerede er der, henter du i næste trin.',
      en: 'Press the cog wheel in the top menu of e-conomic, choose Udvidelser > Webhooks in the menu at the left and press Nyt webhook.\nMake two: one for stock and one for invoices. Press Show the lines below and copy them over. The name (Navn) is up to you.\nWebhooks only tell what happens from then on, that is when stock or an invoice changes after they were made. What is there already is fetched in the next step.',
    },
    menuPath: {
      sv: 'Indstillinger > Udvidelser > Webhooks > Nyt webhook',
      nb: 'Indstillinger > Udvidelser > Webhooks > Nyt webhook',
      da: 'Indstillinger > Udvidelser > Webhooks > Nyt webhook',
      en: 'All settings > Extensions > Web hooks (Indstillinger > Udvidelser > Webhooks > Nyt webhook)',
    },
    fields: [],
    button: 'code',
    doneWhen: ['called'],
  },
  {
    code: 'fetch',
    title: { sv: 'Hämta allt', nb: 'Hent alt', da: 'Hent alt', en: 'Fetch everything' },
    words: {
      sv: 'Allt som finns i e-conomic läses en gång: antalet på varje artikel som finns här med samma nummer. Det börjar av sig självt när du aktiverar.\nDärefter hålls det rätt av webhooks, av en titt varje minut på det som har ändrats och av en genomgång varje dygn.',
      nb: 'Alt som finnes i e-conomic, leses én gang: antallet på hver vare som finnes her med samme nummer. Det begynner av seg selv når du aktiverer.\nDeretter holdes det riktig av webhooks, av en titt hvert minutt på det som er endret, og av en gjennomgang hvert døgn.',
      da: 'Alt, hvad der er i e-conomic, læses én gang: antallet på hver vare, der findes her med samme varenummer. Det begynder af sig selv, når du aktiverer.\nDerefter passes det af webhooks, af et kig hvert minut på det, der er ændret, og af en gennemgang hvert døgn.',
      en: 'Everything in e-conomic is read once: the number of each article that is here under the same article number. It begins by itself when you activate.\nAfter that webhooks keep it right, with a look every minute at what has changed and a reading of everything once a day.',
    },
    menuPath: null,
    fields: [],
    button: 'fetch',
    doneWhen: ['fetched'],
  },
]
