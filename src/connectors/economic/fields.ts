/** The fields of the settings, in four languages. In Danish they are called what e-conomic and the guides call them. The first of several options holds where nothing was chosen. */
import type { SettingsField, Words } from '../contract.ts'

const w = (sv: string, nb: string, da: string, en: string): Words => ({ sv, nb, da, en })
const yesNo = [
  { value: 'no', label: w('Nej', 'Nei', 'Nej', 'No') },
  { value: 'yes', label: w('Ja', 'Ja', 'Ja', 'Yes') },
] as const

/** They are about the orders that go over. */
const noOrders = { when: 'orders', is: 'none' }

export const fields: readonly SettingsField[] = [
  {
    name: 'appSecretToken',
    label: w('Appens hemlighet (X-AppSecretToken)', 'Appens hemmelighet (X-AppSecretToken)', 'Appens hemmelighed (X-AppSecretToken)', 'App secret (X-AppSecretToken)'),
    help: w(
      'Hör till appen Lagerbro i din utvecklaraftale hos e-conomic.',
      'Hører til appen Lagerbro i utvikleravtalen din hos e-conomic.',
      'Hører til appen Lagerbro i din udvikleraftale hos e-conomic.',
      'Belongs to the app Lagerbro in your developer agreement with e-conomic.',
    ),
    secret: true,
  },
  {
    name: 'agreementGrantToken',
    label: w(
      'Åtkomst till aftalen (X-AgreementGrantToken)',
      'Tilgang til avtalen (X-AgreementGrantToken)',
      'Adgang til aftalen (X-AgreementGrantToken)',
      'Access to the agreement (X-AgreementGrantToken)',
    ),
    help: w(
      'Visas när du har godkänt appen i e-conomic. Det är en annan kod än appens hemlighet.',
      'Vises når du har godkjent appen i e-conomic. Det er en annen kode enn appens hemmelighet.',
      'Vises, når du har godkendt appen i e-conomic. Det er en anden kode end appens hemmelighed.',
      'Shown when you have approved the app in e-conomic. It is another code than the app secret.',
    ),
    secret: true,
  },
  {
    name: 'rackbeat',
    label: w('Använder du Rackbeat?', 'Bruker du Rackbeat?', 'Bruger I Rackbeat?', 'Do you use Rackbeat?'),
    help: w(
      'Med Rackbeat är det Rackbeat som håller lagret. Då hämtas inga antal från e-conomic, men ordrar och fakturor går som vanligt.',
      'Med Rackbeat er det Rackbeat som holder lageret. Da hentes ingen antall fra e-conomic, men ordrer og fakturaer går som vanlig.',
      'Med Rackbeat er det Rackbeat, der styrer lageret. Så hentes der ingen antal fra e-conomic, men ordrer og fakturaer overføres som ellers.',
      'With Rackbeat it is Rackbeat that keeps the stock. No numbers are fetched from e-conomic then; orders and invoices go on as usual.',
    ),
    options: yesNo,
  },
  {
    name: 'stock',
    label: w('E-conomics lagermodul', 'E-conomics lagermodul', 'E-conomic lagermodul', "E-conomic's stock module"),
    help: w(
      'Med webhook kommer ändringarna inom sekunder, utan den en gång i minuten.',
      'Med webhook kommer endringene på sekunder, uten den én gang i minuttet.',
      'Med webhook kommer ændringerne på sekunder, uden en gang i minuttet.',
      'With a webhook changes arrive within seconds, without one once a minute.',
    ),
    options: [
      { value: 'webhook', label: w('Ja - med webhook', 'Ja - med webhook', 'Ja - med webhook', 'Yes - with webhook') },
      { value: 'yes', label: w('Ja', 'Ja', 'Ja', 'Yes') },
      { value: 'no', label: w('Nej', 'Nei', 'Nej', 'No') },
    ],
    locked: {
      when: 'rackbeat',
      is: 'yes',
      as: 'no',
      why: w(
        'Låst, för lagerstyrning stöds inte med Rackbeat: det är Rackbeat som håller lagret. Ordrar och fakturor går som vanligt.',
        'Låst, for lagerstyring støttes ikke med Rackbeat: det er Rackbeat som holder lageret. Ordrer og fakturaer går som vanlig.',
        'Låst, for lagerstyring understøttes ikke med Rackbeat: det er Rackbeat, der styrer lageret. Ordrer og fakturaer overføres som ellers.',
        'Locked, since stock control is not supported with Rackbeat: it is Rackbeat that keeps the stock. Orders and invoices go on as usual.',
      ),
    },
  },
  {
    name: 'number',
    label: w('Vilket antal gäller?', 'Hvilket antall gjelder?', 'Hvilket antal gælder?', 'Which number counts?'),
    help: w(
      'I lager är det som finns på hyllan. Tillgängligt är I lager minus det som kunder har beställt i e-conomic.',
      'På lager er det som finnes på hyllen. Tilgjengelig er På lager minus det kunder har bestilt i e-conomic.',
      'På lager er det, der er på hylden. Tilgængelig er På lager minus det, kunder har bestilt i e-conomic.',
      'In stock is what is on the shelf. Available is In stock less what customers have ordered in e-conomic.',
    ),
    options: [
      { value: 'inStock', label: w('I lager', 'På lager', 'På lager', 'In stock') },
      { value: 'available', label: w('Tillgängligt', 'Tilgjengelig', 'Tilgængelig', 'Available') },
    ],
  },
  {
    name: 'counted',
    label: w(
      'När räknar e-conomic själv av en order?',
      'Når trekker e-conomic selv fra en ordre?',
      'Hvornår trækker e-conomic selv en ordre fra?',
      'When does e-conomic itself take an order off?',
    ),
    help: w(
      'Lämna på Följer antalet om du är osäker. Fram till dess drar vi av ordern i webshopen.',
      'La det stå på Følger antallet hvis du er usikker. Fram til da trekker vi fra ordren i nettbutikken.',
      'Lad det stå på Følger antallet, hvis du er i tvivl. Indtil da trækker vi ordren fra i webshoppen.',
      'Leave it at Follows the number when unsure. Until then we take the order off in the webshop.',
    ),
    options: [
      { value: 'auto', label: w('Följer antalet', 'Følger antallet', 'Følger antallet', 'Follows the number') },
      { value: 'order', label: w('När ordern finns i e-conomic', 'Når ordren finnes i e-conomic', 'Når ordren er i e-conomic', 'Once the order is in e-conomic') },
      { value: 'draft', label: w('När den är en pågående faktura', 'Når den er en pågående faktura', 'Når den er en igangværende faktura', 'Once it is a draft invoice') },
      { value: 'booked', label: w('När fakturan är bokförd', 'Når fakturaen er bokført', 'Når fakturaen er bogført', 'Once the invoice is booked') },
      { value: 'never', label: w('Aldrig', 'Aldri', 'Aldrig', 'Never') },
    ],
  },
  {
    name: 'named',
    label: w(
      'Var på fakturan står webshopens ordernummer?',
      'Hvor på fakturaen står nettbutikkens ordrenummer?',
      'Hvor på fakturaen står webshoppens ordrenummer?',
      'Where on the invoice is the webshop’s order number?',
    ),
    help: w(
      'Behövs bara för fakturor som ni gör för hand. Fri text kan råka nämna en annan order.',
      'Trengs bare for fakturaer dere lager for hånd. Fritekst kan komme til å nevne en annen ordre.',
      'Er kun nødvendigt for fakturaer, I laver i hånden. Fri tekst kan komme til at nævne en anden ordre.',
      'Only matters for invoices made by hand. Free text may happen to name another order.',
    ),
    options: [
      { value: 'reference', label: w('I Øvrig ref.', 'I Øvrig ref.', 'I Øvrig ref.', 'In Øvrig ref.') },
      { value: 'heading', label: w('I Øvrig ref. eller Overskrift', 'I Øvrig ref. eller Overskrift', 'I Øvrig ref. eller Overskrift', 'In Øvrig ref. or Overskrift') },
      {
        value: 'text',
        label: w(
          'I Øvrig ref., Overskrift eller Tekst 1 och 2',
          'I Øvrig ref., Overskrift eller Tekst 1 og 2',
          'I Øvrig ref., Overskrift eller Tekst 1 og 2',
          'In Øvrig ref., Overskrift or Tekst 1 and 2',
        ),
      },
    ],
  },
  {
    name: 'orders',
    label: w(
      'Hur ska webshopens ordrar in i e-conomic?',
      'Hvordan skal nettbutikkens ordrer inn i e-conomic?',
      'Hvordan skal webshoppens ordrer ind i e-conomic?',
      'How do the webshop’s orders get into e-conomic?',
    ),
    help: w(
      'Har aftalen lagermodulen ska de in som pågående faktura: annars stämmer inte lagret.',
      'Har avtalen lagermodulen, skal de inn som pågående faktura: ellers stemmer ikke lageret.',
      'Har aftalen lagermodulet, skal de ind som igangværende faktura: ellers passer lageret ikke.',
      'With the stock module they have to go in as draft invoices: else the stock will not be right.',
    ),
    options: [
      { value: 'none', label: w('Inte härifrån', 'Ikke herfra', 'Ikke herfra', 'Not from here') },
      { value: 'draft-invoice', label: w('Som pågående faktura', 'Som pågående faktura', 'Som igangværende faktura', 'As a draft invoice') },
      { value: 'draft-order', label: w('Som order', 'Som ordre', 'Som ordre', 'As an order') },
    ],
  },
  {
    name: 'book',
    unless: noOrders,
    label: w('Bokför fakturan direkt?', 'Bokføre fakturaen med en gang?', 'Bogfør fakturaen med det samme?', 'Book the invoice at once?'),
    help: w(
      'En bokförd faktura går inte att ändra. Lämna på Nej om du vill se igenom den först.',
      'En bokført faktura kan ikke endres. La det stå på Nei hvis du vil se gjennom den først.',
      'En bogført faktura kan ikke ændres. Lad det stå på Nej, hvis du vil se den igennem først.',
      'A booked invoice cannot be changed. Leave it at No to look it through first.',
    ),
    options: yesNo,
  },
  {
    name: 'customers',
    unless: noOrders,
    label: w('Vilken kund får fakturan?', 'Hvilken kunde får fakturaen?', 'Hvilken kunde får fakturaen?', 'Which customer gets the invoice?'),
    help: w(
      'Hittas ingen kund skapas en. Finns det två likadana väntar ordern på dig.',
      'Finnes ingen kunde, opprettes en. Finnes det to like, venter ordren på deg.',
      'Findes der ingen kunde, oprettes en. Er der to ens, venter ordren på dig.',
      'If there is no such customer, one is made. If there are two alike, the order waits for you.',
    ),
    options: [
      { value: 'collective', label: w('En samlingskund för alla', 'En samlekunde for alle', 'En samlekunde til alle', 'One collective customer for all') },
      {
        value: 'email',
        label: w('Kunden med samma e-postadress', 'Kunden med samme e-postadresse', 'Kunden med samme e-mailadresse', 'The customer with the same e-mail address'),
      },
      { value: 'phone', label: w('Kunden med samma telefonnummer', 'Kunden med samme telefonnummer', 'Kunden med samme telefonnummer', 'The customer with the same phone number') },
      { value: 'vat-number', label: w('Kunden med samma CVR-nummer', 'Kunden med samme CVR-nummer', 'Kunden med samme CVR-nr.', 'The customer with the same CVR number') },
    ],
  },
  {
    name: 'customerNumber',
    unless: noOrders,
    label: w('Samlingskundens nummer', 'Samlekundens nummer', 'Samlekundens kundenr.', 'Number of the collective customer'),
    help: w(
      'Används också för ordrar där det vi letar efter saknas.',
      'Brukes også for ordrer der det vi leter etter, mangler.',
      'Bruges også til ordrer, hvor det, vi leder efter, mangler.',
      'Also used for orders that lack what we look for.',
    ),
    optional: true,
    placeholder: '1000',
  },
  {
    name: 'layoutNumber',
    unless: noOrders,
    label: w('Layout på fakturan', 'Layout på fakturaen', 'Layout på fakturaen', 'Layout of the invoice'),
    help: w('Layoutens nummer. Tomt: den första.', 'Layoutens nummer. Tomt: den første.', 'Layoutets nummer. Tomt: det første.', "The layout's number. Empty: the first one."),
    optional: true,
    placeholder: '19',
  },
  {
    name: 'paymentTermsNumber',
    unless: noOrders,
    label: w('Betalningsvillkor', 'Betalingsbetingelser', 'Betalingsbetingelse', 'Terms of payment'),
    help: w(
      'Villkorets nummer. Tomt: kundens egna, annars de första.',
      'Betingelsens nummer. Tomt: kundens egne, ellers de første.',
      'Betingelsens nummer. Tomt: kundens egne, ellers de første.',
      "The number of the terms. Empty: the customer's own, else the first.",
    ),
    optional: true,
    placeholder: '1',
  },
  {
    name: 'customerGroupNumber',
    unless: noOrders,
    label: w('Kundgrupp för nya kunder', 'Kundegruppe for nye kunder', 'Kundegruppe til nye kunder', 'Group for new customers'),
    help: w(
      'Gruppens nummer. Tomt: den första.',
      'Gruppens nummer. Tomt: den første gruppen.',
      'Gruppens nummer. Tomt: den første gruppe.',
      "The group's number. Empty: the first one.",
    ),
    optional: true,
    placeholder: '1',
  },
  {
    name: 'address',
    label: w('API-adress', 'API-adresse', 'API-adresse', 'API address'),
    help: w(
      'Lämna tomt. Bara för den som provar mot ett annat e-conomic.',
      'La stå tomt. Bare for den som prøver mot et annet e-conomic.',
      'Lad feltet være tomt. Kun til den, der prøver mod et andet e-conomic.',
      'Leave empty. Only for trying against another e-conomic.',
    ),
    optional: true,
    placeholder: 'https://restapi.e-conomic.com',
  },
]
