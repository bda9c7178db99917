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
      sv: 'Välj vilken av dina butiker som e-conomic räknar för. Där är det e-conomic som bestämmer: inleveranser och inventeringar görs i e-conomic, inte här.\nWebshopen får e-conomics antal minus de ordrar som e-conomic inte har räknat av än.',
      nb: 'Velg hvilken av butikkene dine e-conomic teller for. Der er det e-conomic som bestemmer: varemottak og varetellinger gjøres i e-conomic, ikke her.\nNettbutikken får e-conomics antall minus de ordrene e-conomic ikke har trukket fra ennå.',
      da: 'Vælg, hvilken af jeres butikker e-conomic tæller for. Der er det e-conomic, der bestemmer: varemodtagelser og optællinger sker i e-conomic, ikke her.\nWebshoppen får e-conomics antal minus de ordrer, som e-conomic ikke har trukket fra endnu.',
      en: 'Choose which of your stores e-conomic counts for. There e-conomic decides: goods receipts and stocktakes are done in e-conomic, not here.\nThe webshop gets e-conomic’s number less the orders that e-conomic has not taken off yet.',
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
      sv: 'Klicka på kugghjulet i e-conomic, välj Udvidelser > Webhooks och klicka på Nyt webhook. Skapa två, med adressen här under som Url, och klicka på Gem.\nTyp Varelager opdateret, Sendte data: type=stockUpdate&number=[NUMBER]\nTyp Faktura bogført, Sendte data: type=orderPdf&number=[INVOICENO]\nWebhooks gäller bara framåt. Det som redan finns hämtas när du aktiverar. Testa genom att klicka på Log vid ditt webhook i e-conomic.',
      nb: 'Klikk på tannhjulet i e-conomic, velg Udvidelser > Webhooks og klikk på Nyt webhook. Opprett to, med adressen under som Url, og klikk på Gem.\nType Varelager opdateret, Sendte data: type=stockUpdate&number=[NUMBER]\nType Faktura bogført, Sendte data: type=orderPdf&number=[INVOICENO]\nWebhooks gjelder bare fremover. Det som allerede finnes, hentes når du aktiverer. Test ved å klikke på Log ved webhooken din i e-conomic.',
      da: 'Klik på tandhjulet i e-conomic, vælg Udvidelser > Webhooks, og klik på Nyt webhook. Opret to, med adressen herunder som Url, og klik på Gem.\nType Varelager opdateret, Sendte data: type=stockUpdate&number=[NUMBER]\nType Faktura bogført, Sendte data: type=orderPdf&number=[INVOICENO]\nWebhooks opdaterer kun fremadrettet. Det, der allerede er der, hentes, når du aktiverer. Test ved at klikke på Log-ikonet ud for dit webhook i e-conomic.',
      en: 'Press the cog wheel in e-conomic, choose Udvidelser > Webhooks and press Nyt webhook. Make two, with the address below as Url, and press Gem.\nType Varelager opdateret, Sendte data: type=stockUpdate&number=[NUMBER]\nType Faktura bogført, Sendte data: type=orderPdf&number=[INVOICENO]\nWebhooks only tell what happens from then on. What is there already is fetched when you activate. Test by pressing the Log icon beside your webhook in e-conomic.',
    },
    menuPath: {
      sv: 'Indstillinger > Udvidelser > Webhooks > Nyt webhook',
      nb: 'Indstillinger > Udvidelser > Webhooks > Nyt webhook',
      da: 'Indstillinger > Udvidelser > Webhooks > Nyt webhook',
      en: 'All settings > Extensions > Web hooks (Indstillinger > Udvidelser > Webhooks > Nyt webhook)',
    },
    fields: [],
    button: 'subscribe',
    doneWhen: ['subscribed'],
  },
]
