/** What a shopkeeper types in to connect an Abicart shop: the API key and the shop id. The usual mix-ups are recognised before anything is sent. */
import { SettingsError, type SettingsField, type SettingsForm, type StockManners } from '../contract.ts'

export interface AbicartSettings {
  apiKey: string
  /** The number beside the shop's name in the admin. */
  shopId: string
  /** Where the API answers: no path, no slash at the end. */
  origin: string
  lowersItself: 'placed' | 'paid' | 'never' | 'unknown'
  restores: boolean | 'unknown'
}

const DEFAULT_ORIGIN = 'https://admin.abicart.se'
const unknown = { value: 'unknown', label: { sv: 'Vet inte', nb: 'Vet ikke', da: 'Ved ikke', en: "Don't know" } } as const

const fields: readonly SettingsField[] = [
  {
    name: 'apiKey',
    label: { sv: 'API-nyckel', nb: 'API-nøkkel', da: 'API-nøgle', en: 'API key' },
    help: {
      sv: 'Kopiera hela nyckeln från Abicart, också tecken som + / och = på slutet.',
      nb: 'Kopier hele nøkkelen fra Abicart, også tegn som + / og = på slutten.',
      da: 'Kopiér hele nøglen fra Abicart, også tegn som + / og = til sidst.',
      en: 'Copy the whole key from Abicart, with signs such as + / and = at its end.',
    },
    secret: true,
  },
  {
    name: 'shopId',
    label: { sv: 'Butiks-ID', nb: 'Butikk-ID', da: 'Butiks-id', en: 'Shop ID' },
    help: {
      sv: 'Numret som står bredvid butikens namn högst upp när du är inloggad i Abicart.',
      nb: 'Nummeret som står ved siden av butikkens navn øverst når du er logget inn i Abicart.',
      da: 'Nummeret, der står ved siden af butikkens navn øverst, når du er logget ind i Abicart.',
      en: "The number beside the shop's name at the top when you are signed in to Abicart.",
    },
    placeholder: '49251',
  },
  {
    name: 'lowersItself',
    label: {
      sv: 'Drar Abicart själv av lagret?',
      nb: 'Trekker Abicart selv fra lageret?',
      da: 'Trækker Abicart selv fra lageret?',
      en: 'Does Abicart lower the stock by itself?',
    },
    help: {
      sv: 'Välj Vet inte om du är osäker. Då läser vi av webshopen en gång till innan något höjs.',
      nb: 'Velg Vet ikke hvis du er usikker. Da leser vi av nettbutikken en gang til før noe økes.',
      da: 'Vælg Ved ikke, hvis du er i tvivl. Så aflæser vi webshoppen en gang til, før noget hæves.',
      en: "Choose Don't know when unsure. The webshop is then read once more before anything is raised.",
    },
    optional: true,
    options: [
      unknown,
      { value: 'placed', label: { sv: 'När ordern läggs', nb: 'Når ordren legges', da: 'Når ordren afgives', en: 'When the order is placed' } },
      { value: 'paid', label: { sv: 'När ordern betalas', nb: 'Når ordren betales', da: 'Når ordren betales', en: 'When the order is paid' } },
      { value: 'never', label: { sv: 'Aldrig', nb: 'Aldri', da: 'Aldrig', en: 'Never' } },
    ],
  },
  {
    name: 'restores',
    label: {
      sv: 'Lägger Abicart tillbaka när en order makuleras?',
      nb: 'Legger Abicart tilbake når en ordre makuleres?',
      da: 'Lægger Abicart tilbage, når en ordre annulleres?',
      en: 'Does Abicart put the pieces back when an order is cancelled?',
    },
    help: {
      sv: 'Välj Vet inte om du är osäker.',
      nb: 'Velg Vet ikke hvis du er usikker.',
      da: 'Vælg Ved ikke, hvis du er i tvivl.',
      en: "Choose Don't know when unsure.",
    },
    optional: true,
    options: [unknown, { value: 'yes', label: { sv: 'Ja', nb: 'Ja', da: 'Ja', en: 'Yes' } }, { value: 'no', label: { sv: 'Nej', nb: 'Nei', da: 'Nej', en: 'No' } }],
  },
  {
    name: 'address',
    label: { sv: 'API-adress', nb: 'API-adresse', da: 'API-adresse', en: 'API address' },
    help: {
      sv: 'Lämna tomt, om inte Abicarts support har gett dig en annan adress.',
      nb: 'La stå tomt, med mindre Abicarts support har gitt deg en annen adresse.',
      da: 'Lad feltet være tomt, medmindre Abicarts support har givet dig en anden adresse.',
      en: "Leave empty, unless Abicart's support has given you another address.",
    },
    optional: true,
    placeholder: DEFAULT_ORIGIN,
  },
]

export const settingsForm: SettingsForm<AbicartSettings> = {
  fields,
  parse(raw) {
    const typed = (name: string) => (raw[name] ?? '').trim()
    const restores = choice('restores', typed('restores'), ['yes', 'no', 'unknown'])
    return {
      apiKey: readKey(typed('apiKey')),
      shopId: readShopId(typed('shopId')),
      origin: readOrigin(typed('address')),
      lowersItself: choice('lowersItself', typed('lowersItself'), ['placed', 'paid', 'never', 'unknown']),
      restores: restores === 'unknown' ? 'unknown' : restores === 'yes',
    }
  },
}

function choice<T extends string>(field: string, text: string, allowed: readonly T[]): T {
  const found = allowed.find((value) => value === (text === '' ? 'unknown' : text))
  if (found === undefined) throw new SettingsError(field, 'not-an-option')
  return found
}

/** Base64, as it is copied: quotes and line breaks around it are no part of it, and neither is an address's encoding. */
function readKey(text: string): string {
  const bare = text.replace(/^["'\s]+|["'\s]+$/g, '')
  if (bare === '') throw new SettingsError('apiKey', 'required')
  if (bare.includes('@')) throw new SettingsError('apiKey', 'email-pasted-as-api-key')
  if (/^https?:\/\//i.test(bare)) throw new SettingsError('apiKey', 'address-pasted-as-api-key')
  if (/^\d{1,10}$/.test(bare)) throw new SettingsError('apiKey', 'shop-id-pasted-as-api-key')
  const key = /%(2b|2f|3d)/i.test(bare) ? decodeURIComponent(bare.replace(/%(?![0-9a-f]{2})/gi, '%25')) : bare
  if (!/^[A-Za-z0-9+/_-]{8,}=*$/.test(key)) throw new SettingsError('apiKey', 'api-key-wrong-kind')
  return key
}

/** "49251", "#49251" or "Ull & Lin (49251)": one number, whatever stands around it. */
function readShopId(text: string): string {
  if (text === '') throw new SettingsError('shopId', 'required')
  const found = text.match(/\d+/g) ?? []
  if (/^[A-Za-z0-9+/]{20,}=*$/.test(text)) throw new SettingsError('shopId', 'api-key-pasted-as-shop-id')
  const [only, ...others] = found
  if (only === undefined || others.length > 0 || only.length > 12 || text.includes('@') || /^https?:/i.test(text)) throw new SettingsError('shopId', 'shop-id-wrong-kind')
  return only.replace(/^0+(?=\d)/, '')
}

function readOrigin(text: string): string {
  if (text === '') return DEFAULT_ORIGIN
  const address = /^https?:\/\//i.test(text) ? text : `https://${text}`
  const url = URL.canParse(address) ? new URL(address) : null
  if (url === null || url.username !== '' || url.password !== '') throw new SettingsError('address', 'api-address-wrong')
  // The guarded door refuses loopback unless this installation allows it, so this opens nothing by itself.
  const isSimulator = url.hostname === '127.0.0.1' || url.hostname === 'localhost'
  if (url.protocol !== 'https:' && !isSimulator) throw new SettingsError('address', 'api-address-not-https')
  if (!isSimulator && !url.hostname.includes('.')) throw new SettingsError('address', 'api-address-wrong')
  return url.origin
}

/** Nothing documents when a change is in the order list; five seconds are asked of everything that must be sure. */
export const anyAbicart: StockManners = {
  compare: 'read-first',
  keyMs: 0,
  lowersItself: 'unknown',
  restores: 'unknown',
  adjust: false,
  feedLagMs: 5_000,
  maxFlightMs: 120_000,
}

export const mannersOf = ({ lowersItself, restores }: AbicartSettings): StockManners => ({ ...anyAbicart, lowersItself, restores })
