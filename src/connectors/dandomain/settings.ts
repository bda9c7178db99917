/** What a shopkeeper types in to connect a DanDomain Webshop: the API user, and how the shop treats its own numbers. The usual mix-ups are recognised before anything is sent. */
import { SettingsError, type SettingsField, type SettingsForm, type StockManners, type Words } from '../contract.ts'

export interface DandomainSettings {
  username: string
  password: string
  /** Signs the shop's webhooks; null = none are used. */
  hookSecret: string | null
  /** Where the SOAP service answers, whole. */
  address: string
  /** What several goods with one number are: nobody knows which is meant, or one and the same. */
  sameNumber: 'ambiguous' | 'same'
  creditNotes: 'goods' | 'money'
  sentStatuses: readonly string[]
  cancelledStatuses: readonly string[]
  lowersItself: 'placed' | 'shipped' | 'never' | 'unknown'
  restores: boolean | 'unknown'
  invoiceEncoding: 'base64' | 'plain'
}

const DEFAULT_ADDRESS = 'https://api.hostedshop.io/service.php'
const w = (sv: string, nb: string, da: string, en: string): Words => ({ sv, nb, da, en })
const unknown = { value: 'unknown', label: w('Vet inte', 'Vet ikke', 'Ved ikke', "Don't know") } as const

const fields: readonly SettingsField[] = [
  {
    name: 'username',
    label: w('API-användarens e-post', 'API-brukerens e-post', 'API-brugerens e-mail', "API user's e-mail"),
    help: w(
      'E-postadressen för medarbetaren som du skapade för Lagerbro.',
      'E-postadressen til medarbeideren som du opprettet for Lagerbro.',
      'E-mailadressen på den medarbejder, du oprettede til Lagerbro.',
      'The e-mail address of the employee you made for Lagerbro.',
    ),
    placeholder: 'lagerbro@uldoglaerred.dk',
  },
  {
    name: 'password',
    label: w('API-användarens lösenord', 'API-brukerens passord', 'API-brugerens adgangskode', "API user's password"),
    help: w('Lösenordet för samma medarbetare.', 'Passordet til samme medarbeider.', 'Adgangskoden til samme medarbejder.', 'The password of the same employee.'),
    secret: true,
  },
  {
    name: 'hookSecret',
    label: w('Webhook-nyckel', 'Webhook-nøkkel', 'Webhook-nøgle', 'Webhook key'),
    help: w(
      'Nyckeln som webshopen signerar sina webhooks med. Lämna tomt om du inte använder webhooks: ordrar hämtas ändå varje minut.',
      'Nøkkelen som nettbutikken signerer sine webhooks med. La stå tomt hvis du ikke bruker webhooks: ordrer hentes likevel hvert minutt.',
      'Nøglen, som webshoppen signerer sine webhooks med. Lad feltet være tomt, hvis du ikke bruger webhooks: ordrer hentes alligevel hvert minut.',
      'The key the webshop signs its webhooks with. Leave empty if you use none: orders are fetched every minute anyway.',
    ),
    secret: true,
    optional: true,
  },
  {
    name: 'lowersItself',
    label: w('Drar webshopen själv av lagret?', 'Trekker nettbutikken selv fra lageret?', 'Trækker webshoppen selv fra lageret?', 'Does the webshop lower the stock by itself?'),
    help: w(
      'Välj Vet inte om du är osäker. Då läser vi av webshopen en gång till innan något höjs.',
      'Velg Vet ikke hvis du er usikker. Da leser vi av nettbutikken en gang til før noe økes.',
      'Vælg Ved ikke, hvis du er i tvivl. Så aflæser vi webshoppen en gang til, før noget hæves.',
      "Choose Don't know when unsure. The webshop is then read once more before anything is raised.",
    ),
    optional: true,
    options: [
      unknown,
      { value: 'placed', label: w('När ordern läggs', 'Når ordren legges', 'Når ordren afgives', 'When the order is placed') },
      { value: 'shipped', label: w('När ordern skickas', 'Når ordren sendes', 'Når ordren afsendes', 'When the order is sent') },
      { value: 'never', label: w('Aldrig', 'Aldri', 'Aldrig', 'Never') },
    ],
  },
  {
    name: 'restores',
    label: w(
      'Lägger webshopen tillbaka när en order annulleras?',
      'Legger nettbutikken tilbake når en ordre annulleres?',
      'Lægger webshoppen tilbage, når en ordre annulleres?',
      'Does the webshop put the pieces back when an order is cancelled?',
    ),
    help: w('Välj Vet inte om du är osäker.', 'Velg Vet ikke hvis du er usikker.', 'Vælg Ved ikke, hvis du er i tvivl.', "Choose Don't know when unsure."),
    optional: true,
    options: [unknown, { value: 'yes', label: w('Ja', 'Ja', 'Ja', 'Yes') }, { value: 'no', label: w('Nej', 'Nei', 'Nej', 'No') }],
  },
  {
    name: 'creditNotes',
    label: w('Vad betyder en kreditnota?', 'Hva betyr en kreditnota?', 'Hvad betyder en kreditnota?', 'What does a credit note mean?'),
    help: w(
      'Kommer varorna tillbaka till hyllan, eller är det bara pengarna?',
      'Kommer varene tilbake til hyllen, eller er det bare pengene?',
      'Kommer varerne tilbage på hylden, eller er det kun pengene?',
      'Do the goods come back to the shelf, or only the money?',
    ),
    optional: true,
    options: [
      {
        value: 'goods',
        label: w(
          'Varorna är tillbaka på hyllan (som vanligt)',
          'Varene er tilbake på hyllen (som vanlig)',
          'Varerne er tilbage på hylden (som normalt)',
          'The goods are back on the shelf (as usual)',
        ),
      },
      { value: 'money', label: w('Bara pengarna', 'Bare pengene', 'Kun pengene', 'Only the money') },
    ],
  },
  {
    name: 'sameNumber',
    label: w('Flera produkter med samma varunummer', 'Flere produkter med samme varenummer', 'Flere produkter med samme varenummer', 'Several products with the same item number'),
    help: w(
      'Är det samma vara får alla samma lagerantal. Annars måste du välja en av dem på artikeln.',
      'Er det samme vare, får alle samme lagerantall. Ellers må du velge én av dem på varen.',
      'Er det samme vare, får de alle samme lagerantal. Ellers skal du vælge en af dem på varen.',
      'If they are the same goods, all get the same stock. Otherwise you have to choose one of them on the article.',
    ),
    optional: true,
    options: [
      { value: 'ambiguous', label: w('Fråga mig (som vanligt)', 'Spør meg (som vanlig)', 'Spørg mig (som normalt)', 'Ask me (as usual)') },
      { value: 'same', label: w('Samma nummer är samma vara', 'Samme nummer er samme vare', 'Samme nummer er samme vare', 'The same number is the same goods') },
    ],
  },
  {
    name: 'sentStatuses',
    label: w('Orderstatusar som betyder skickad', 'Ordrestatuser som betyr sendt', 'Ordrestatusser, der betyder afsendt', 'Order statuses that mean sent'),
    help: w(
      'Statusens nummer, med komma emellan. 3 är Afsendt och 8 är Afhentet. Lägg till egna om du har sådana.',
      'Statusens nummer, med komma mellom. 3 er Afsendt og 8 er Afhentet. Legg til egne hvis du har slike.',
      'Statussens nummer, med komma imellem. 3 er Afsendt, og 8 er Afhentet. Tilføj dine egne, hvis du har nogle.',
      'The number of the status, with commas between. 3 is Afsendt and 8 is Afhentet. Add your own if you have any.',
    ),
    optional: true,
    placeholder: '3, 8',
  },
  {
    name: 'cancelledStatuses',
    label: w('Orderstatusar som betyder annullerad', 'Ordrestatuser som betyr annullert', 'Ordrestatusser, der betyder annulleret', 'Order statuses that mean cancelled'),
    help: w('5 är Annulleret.', '5 er Annulleret.', '5 er Annulleret.', '5 is Annulleret.'),
    optional: true,
    placeholder: '5',
  },
  {
    name: 'invoiceEncoding',
    label: w('Hur fakturans PDF skickas', 'Hvordan fakturaens PDF sendes', 'Hvordan fakturaens PDF sendes', 'How the invoice PDF is sent'),
    help: w(
      'Ändra bara om fakturan inte går att öppna i webshopen.',
      'Endre bare hvis fakturaen ikke kan åpnes i nettbutikken.',
      'Ret kun, hvis fakturaen ikke kan åbnes i webshoppen.',
      'Change only if the invoice cannot be opened in the webshop.',
    ),
    optional: true,
    options: [
      { value: 'base64', label: w('Base64 (som vanligt)', 'Base64 (som vanlig)', 'Base64 (som normalt)', 'Base64 (as usual)') },
      { value: 'plain', label: w('Som den är', 'Som den er', 'Som den er', 'As it is') },
    ],
  },
  {
    name: 'address',
    label: w('API-adress', 'API-adresse', 'API-adresse', 'API address'),
    help: w(
      'Lämna tomt, om inte DanDomains support har gett dig en annan adress.',
      'La stå tomt, med mindre DanDomains support har gitt deg en annen adresse.',
      'Lad feltet være tomt, medmindre DanDomains support har givet dig en anden adresse.',
      "Leave empty, unless DanDomain's support has given you another address.",
    ),
    optional: true,
    placeholder: DEFAULT_ADDRESS,
  },
]

export const settingsForm: SettingsForm<DandomainSettings> = {
  fields,
  parse(raw) {
    const typed = (name: string) => (raw[name] ?? '').trim()
    const restores = choice('restores', typed('restores'), ['unknown', 'yes', 'no'])
    return {
      username: readUsername(typed('username')),
      // A password may begin or end with a blank; only line ends are never part of it.
      password: readPassword((raw.password ?? '').replace(/[\r\n]+/g, '')),
      hookSecret: typed('hookSecret') === '' ? null : typed('hookSecret'),
      address: readAddress(typed('address')),
      sameNumber: choice('sameNumber', typed('sameNumber'), ['ambiguous', 'same']),
      creditNotes: choice('creditNotes', typed('creditNotes'), ['goods', 'money']),
      sentStatuses: statuses('sentStatuses', typed('sentStatuses'), ['3', '8']),
      cancelledStatuses: statuses('cancelledStatuses', typed('cancelledStatuses'), ['5']),
      lowersItself: choice('lowersItself', typed('lowersItself'), ['unknown', 'placed', 'shipped', 'never']),
      restores: restores === 'unknown' ? 'unknown' : restores === 'yes',
      invoiceEncoding: choice('invoiceEncoding', typed('invoiceEncoding'), ['base64', 'plain']),
    }
  },
}

/** The first is meant where nothing is said. */
function choice<T extends string>(field: string, text: string, values: readonly [T, ...T[]]): T {
  if (text === '') return values[0]
  const found = values.find((value) => value === text)
  if (found === undefined) throw new SettingsError(field, 'not-an-option')
  return found
}

function readUsername(text: string): string {
  if (text === '') throw new SettingsError('username', 'required')
  if (/^shop\d+$/i.test(text)) throw new SettingsError('username', 'shop-number-pasted-as-username')
  if (!/^[^\s@]+@[^\s@]+$/.test(text)) throw new SettingsError('username', 'username-no-email')
  return text
}
function readPassword(text: string): string {
  if (text.trim() === '') throw new SettingsError('password', 'required')
  return text
}

/** Status 1 is no sign of anything: an order has it when it comes. */
function statuses(field: string, text: string, otherwise: readonly string[]): readonly string[] {
  if (text === '') return otherwise
  const found = text.split(/[\s,;]+/).filter((each) => each !== '')
  if (found.some((each) => !/^\d{1,9}$/.test(each) || each === '0' || each === '1')) throw new SettingsError(field, 'statuses-wrong')
  return found.map((each) => String(Number(each)))
}

function readAddress(text: string): string {
  if (text === '') return DEFAULT_ADDRESS
  const address = /^https?:\/\//i.test(text) ? text : `https://${text}`
  const url = URL.canParse(address) ? new URL(address) : null
  if (url === null || url.username !== '' || url.password !== '') throw new SettingsError('address', 'service-address-wrong')
  // The guarded door refuses loopback unless this installation allows it, so this opens nothing by itself.
  const isSimulator = url.hostname === '127.0.0.1' || url.hostname === 'localhost'
  if (url.protocol !== 'https:' && !isSimulator) throw new SettingsError('address', 'service-address-not-https')
  if (!isSimulator && !url.hostname.includes('.')) throw new SettingsError('address', 'service-address-wrong')
  return `${url.origin}${url.pathname === '/' || url.pathname === '/service.wsdl' ? '/service.php' : url.pathname}`
}

/** Nothing documents when a change is in the order list; five seconds are asked of everything that must be sure. */
export const anyDandomain: StockManners = { compare: 'read-first', keyMs: 0, lowersItself: 'unknown', restores: 'unknown', adjust: false, feedLagMs: 5_000, maxFlightMs: 120_000 }

export const mannersOf = ({ lowersItself, restores }: DandomainSettings): StockManners => ({ ...anyDandomain, lowersItself, restores })
