/** Words for the codes that only e-conomic gives. */
import type { Words } from '../contract.ts'

const w = (sv: string, nb: string, da: string, en: string): Words => ({ sv, nb, da, en })

export const words: Record<string, Words> = {
  'same-token-twice': w(
    'Det är samma kod i båda fälten. Den här visas när du har godkänt appen i e-conomic.',
    'Det er den samme koden i begge feltene. Denne vises når du har godkjent appen i e-conomic.',
    'Det er den samme kode i begge felter. Denne vises, når du har godkendt appen i e-conomic.',
    'The same code stands in both fields. This one is shown when you have approved the app in e-conomic.',
  ),
  'address-pasted-as-grant': w(
    'Det där är en adress. Öppna den i webbläsaren och godkänn appen; koden som visas då ska stå här.',
    'Det der er en adresse. Åpne den i nettleseren og godkjenn appen; koden som vises da, skal stå her.',
    'Det der er en adresse. Åbn den i browseren, og godkend appen; koden, der så vises, skal stå her.',
    'That is an address. Open it in the browser and approve the app; the code that is shown then belongs here.',
  ),
  'email-pasted-as-grant': w(
    'Det ser ut som en e-postadress. Här ska koden från e-conomic stå.',
    'Det ser ut som en e-postadresse. Her skal koden fra e-conomic stå.',
    'Det ligner en e-mailadresse. Her skal koden fra e-conomic stå.',
    'That looks like an e-mail address. The code from e-conomic belongs here.',
  ),
  'token-has-blanks': w(
    'Det ser inte ut som en kod från e-conomic. Kopiera den en gång till, hela och utan mellanslag.',
    'Det ser ikke ut som en kode fra e-conomic. Kopier den en gang til, hele og uten mellomrom.',
    'Det ligner ikke en kode fra e-conomic. Kopiér den en gang til, hele koden og uden mellemrum.',
    'That does not look like a code from e-conomic. Copy it once more, all of it and without spaces.',
  ),
  'number-wrong-kind': w(
    'Skriv bara numret, till exempel 19.',
    'Skriv bare nummeret, for eksempel 19.',
    'Skriv kun nummeret, for eksempel 19.',
    'Write the number alone, for example 19.',
  ),
  'collective-customer-missing': w(
    'Skriv samlingskundens nummer, eller välj att leta efter kunden.',
    'Skriv samlekundens nummer, eller velg å lete etter kunden.',
    'Skriv samlekundens kundenr., eller vælg at finde kunden.',
    'Write the number of the collective customer, or choose to look for the customer.',
  ),
  'only-invoices-are-booked': w(
    'En order kan inte bokföras. Välj Som pågående faktura, eller Nej här.',
    'En ordre kan ikke bokføres. Velg Som pågående faktura, eller Nei her.',
    'En ordre kan ikke bogføres. Vælg Som igangværende faktura, eller Nej her.',
    'An order cannot be booked. Choose As a draft invoice, or No here.',
  ),
  'economic-address-wrong': w(
    'På den adressen svarar inte e-conomic. Lämna fältet tomt.',
    'På den adressen svarer ikke e-conomic. La feltet stå tomt.',
    'På den adresse svarer e-conomic ikke. Lad feltet være tomt.',
    'e-conomic does not answer at that address. Leave the field empty.',
  ),
  'economic-tokens-wrong': w(
    'E-conomic känner inte igen koderna, eller så har tillgången tagits tillbaka. Godkänn appen igen och klistra in den nya koden.',
    'E-conomic kjenner ikke igjen kodene, eller tilgangen er trukket tilbake. Godkjenn appen på nytt og lim inn den nye koden.',
    'E-conomic genkender ikke koderne, eller adgangen er trukket tilbage. Godkend appen igen, og indsæt den nye kode.',
    'e-conomic does not know the codes, or the access was taken back. Approve the app again and paste the new code.',
  ),
  'economic-closed': w(
    'E-conomic släpper inte in oss. Kontrollera att appen har rätt roller och att aftalen har modulerna.',
    'E-conomic slipper oss ikke inn. Kontroller at appen har de riktige rollene og at avtalen har modulene.',
    'E-conomic lukker os ikke ind. Kontrollér, at appen har de rigtige roller, og at aftalen har modulerne.',
    'e-conomic does not let us in. Check that the app has the right roles and that the agreement has the modules.',
  ),
  'economic-refused': w(
    'E-conomic tog inte emot det: {{said}}',
    'E-conomic tok ikke imot det: {{said}}',
    'E-conomic tog ikke imod det: {{said}}',
    'e-conomic did not take it: {{said}}',
  ),
  'pdf-unreadable': w(
    'Det som kom i stället för fakturan är ingen PDF. Vi försöker igen.',
    'Det som kom i stedet for fakturaen, er ingen PDF. Vi prøver igjen.',
    'Det, der kom i stedet for fakturaen, er ikke en PDF. Vi prøver igen.',
    'What came in place of the invoice is not a PDF. We try again.',
  ),
  'orders-off': w(
    'Ordrar förs inte över härifrån. Slå på det i steget Kontoinställningar.',
    'Ordrer overføres ikke herfra. Slå det på i trinnet Kontoinnstillinger.',
    'Ordrer overføres ikke herfra. Slå det til i trinnet Kontoindstillinger.',
    'Orders are not carried over from here. Switch it on in the step Account settings.',
  ),
  'orders-closed': w(
    'E-conomic tar inte emot ordrar på en aftale med lagermodulen. Välj Som pågående faktura.',
    'E-conomic tar ikke imot ordrer på en avtale med lagermodulen. Velg Som pågående faktura.',
    'E-conomic tager ikke imod ordrer på en aftale med lagermodulet. Vælg Som igangværende faktura.',
    'e-conomic takes no orders on an agreement with the stock module. Choose As a draft invoice.',
  ),
  'document-gone': w(
    'Fakturan {{said}} finns inte längre som pågående i e-conomic. Titta där vad som har hänt med den.',
    'Fakturaen {{said}} finnes ikke lenger som pågående i e-conomic. Se der hva som har skjedd med den.',
    'Fakturaen {{said}} findes ikke længere som igangværende i e-conomic. Se der, hvad der er sket med den.',
    'The invoice {{said}} is no longer a draft in e-conomic. Look there what has become of it.',
  ),
  'booked-already': w(
    'Fakturan {{said}} är redan bokförd och kan inte ändras. Gör en kreditnota i e-conomic om något är fel.',
    'Fakturaen {{said}} er allerede bokført og kan ikke endres. Lag en kreditnota i e-conomic hvis noe er feil.',
    'Fakturaen {{said}} er allerede bogført og kan ikke ændres. Lav en kreditnota i e-conomic, hvis noget er forkert.',
    'The invoice {{said}} is booked already and cannot be changed. Make a credit note in e-conomic if something is wrong.',
  ),
  'product-missing': w(
    'En vara på ordern finns inte i e-conomic: {{said}}',
    'En vare på ordren finnes ikke i e-conomic: {{said}}',
    'En vare på ordren findes ikke i e-conomic: {{said}}',
    'A product of the order is not in e-conomic: {{said}}',
  ),
  'customer-doubled': w(
    'Det finns flera kunder med {{said}} i e-conomic. Slå ihop dem, eller välj en samlingskund.',
    'Det finnes flere kunder med {{said}} i e-conomic. Slå dem sammen, eller velg en samlekunde.',
    'Der er flere kunder med {{said}} i e-conomic. Læg dem sammen, eller vælg en samlekunde.',
    'There are several customers with {{said}} in e-conomic. Merge them, or choose a collective customer.',
  ),
  'customer-unknown': w(
    'Ordern saknar det vi känner igen kunden på. Fyll i samlingskundens nummer.',
    'Ordren mangler det vi kjenner igjen kunden på. Fyll inn samlekundens nummer.',
    'Ordren mangler det, vi genkender kunden på. Udfyld samlekundens kundenr.',
    'The order lacks what we know the customer by. Fill in the number of the collective customer.',
  ),
  'customer-gone': w(
    'Kunden finns inte i e-conomic. Kontrollera kundnumret i steget Kontoinställningar.',
    'Kunden finnes ikke i e-conomic. Kontroller kundenummeret i trinnet Kontoinnstillinger.',
    'Kunden findes ikke i e-conomic. Kontrollér kundenr. i trinnet Kontoindstillinger.',
    'The customer is not in e-conomic. Check the customer number in the step Account settings.',
  ),
  'customer-group-missing': w(
    'Det finns ingen kundgrupp i e-conomic att lägga nya kunder i.',
    'Det finnes ingen kundegruppe i e-conomic å legge nye kunder i.',
    'Der er ingen kundegruppe i e-conomic til nye kunder.',
    'There is no customer group in e-conomic for new customers.',
  ),
  'layout-missing': w(
    'Det finns ingen fakturalayout i e-conomic.',
    'Det finnes ingen fakturalayout i e-conomic.',
    'Der er intet fakturalayout i e-conomic.',
    'There is no invoice layout in e-conomic.',
  ),
  'terms-missing': w(
    'Det finns inga betalningsvillkor i e-conomic som går att använda. Skriv ett nummer i steget Kontoinställningar.',
    'Det finnes ingen betalingsbetingelser i e-conomic som kan brukes. Skriv et nummer i trinnet Kontoinnstillinger.',
    'Der er ingen betalingsbetingelser i e-conomic, der kan bruges. Skriv et nummer i trinnet Kontoindstillinger.',
    'There are no terms of payment in e-conomic that can be used. Write a number in the step Account settings.',
  ),
  'vat-unknown': w(
    'Momsen på {{said}} är okänd, så priset utan moms går inte att räkna ut. Fyll i momsen på artikeln.',
    'Momsen på {{said}} er ukjent, så prisen uten moms kan ikke regnes ut. Fyll inn momsen på varen.',
    'Momsen på {{said}} er ukendt, så prisen uden moms ikke kan regnes ud. Udfyld momsen på varen.',
    'The VAT of {{said}} is unknown, so the price without it cannot be worked out. Fill in the VAT of the article.',
  ),
}
