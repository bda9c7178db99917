/** What a shopkeeper types in to connect a Shopify shop, and how the usual mix-ups are recognised before anything is sent. */
import { SettingsError, type SettingsField, type SettingsForm } from '../contract.ts'

export interface ShopifySettings {
  /** 'shop.myshopify.com'; for a simulator the host and port it listens on. */
  shop: string
  /** Where the Admin API answers, without a slash at the end. */
  origin: string
  isSimulator: boolean
  access: { kind: 'token'; token: string } | { kind: 'client'; clientId: string; clientSecret: string }
  /** Sign the hooks: the app's secret now and the one before it. None = polling only. */
  hookSecrets: string[]
  quantityName: 'available' | 'on_hand'
  /** Whether its customers are read. Only then is the right to it asked for. */
  customers: boolean
  /** Whether it is told what has left of its orders. Only then is the right to it asked for. */
  fulfilled: boolean
}

export const fields: readonly SettingsField[] = [
  {
    name: 'shop',
    label: { sv: 'Shopify-adress', nb: 'Shopify-adresse', da: 'Shopify-adresse', en: 'Shopify address' },
    help: {
      sv: 'Webbshopens adress som slutar på myshopify.com. Du kan klistra in adressen från webbläsaren när du är inloggad i Shopify Admin.',
      nb: 'Nettbutikkens adresse som slutter på myshopify.com. Du kan lime inn adressen fra nettleseren når du er logget inn i Shopify Admin.',
      da: 'Webshoppens adresse, der slutter på myshopify.com. Du kan indsætte adressen fra browseren, når du er logget ind i Shopify Admin.',
      en: "The shop's address that ends in myshopify.com. You can paste the address from your browser while signed in to Shopify Admin.",
    },
    placeholder: 'min-butik.myshopify.com',
  },
  {
    name: 'clientId',
    label: { sv: 'Klient-ID', nb: 'Klient-ID', da: 'Klient-id', en: 'Client ID' },
    help: {
      sv: 'För appar skapade i Dev Dashboard (alla nya appar). Lämna tomt om du har en äldre app med åtkomsttoken.',
      nb: 'For apper laget i Dev Dashboard (alle nye apper). La stå tomt hvis du har en eldre app med tilgangstoken.',
      da: 'For apps oprettet i Dev Dashboard (alle nye apps). Lad feltet være tomt, hvis du har en ældre app med adgangstoken.',
      en: 'For apps made in the Dev Dashboard (all new apps). Leave empty if you have an older app with an access token.',
    },
    optional: true,
  },
  {
    name: 'clientSecret',
    label: { sv: 'Klienthemlighet (API secret key)', nb: 'Klienthemmelighet (API secret key)', da: 'Klienthemmelighed (API secret key)', en: 'Client secret (API secret key)' },
    help: {
      sv: 'Appens hemlighet. Med den känner vi igen att webhooks verkligen kommer från Shopify; utan den hämtas ordrar bara med jämna mellanrum.',
      nb: 'Appens hemmelighet. Med den kjenner vi igjen at webhooks virkelig kommer fra Shopify; uten den hentes ordrer bare med jevne mellomrom.',
      da: 'Appens hemmelighed. Med den kan vi se, at webhooks virkelig kommer fra Shopify; uden den hentes ordrer kun med jævne mellemrum.',
      en: "The app's secret. It proves that webhooks really come from Shopify; without it orders are only fetched at intervals.",
    },
    secret: true,
    optional: true,
  },
  {
    name: 'accessToken',
    label: { sv: 'Åtkomsttoken (äldre appar)', nb: 'Tilgangstoken (eldre apper)', da: 'Adgangstoken (ældre apps)', en: 'Access token (older apps)' },
    help: {
      sv: 'Bara för appar skapade i butikens egen admin före 2026. Börjar med shpat_.',
      nb: 'Bare for apper laget i butikkens egen admin før 2026. Begynner med shpat_.',
      da: 'Kun for apps oprettet i butikkens egen admin før 2026. Begynder med shpat_.',
      en: "Only for apps made in the shop's own admin before 2026. Begins with shpat_.",
    },
    secret: true,
    optional: true,
    placeholder: 'shpat_…',
  },
  {
    name: 'previousSecret',
    label: { sv: 'Tidigare klienthemlighet', nb: 'Tidligere klienthemmelighet', da: 'Tidligere klienthemmelighed', en: 'Previous client secret' },
    help: {
      sv: 'Bara när du just har bytt hemlighet i Shopify: då kan webhooks en stund vara signerade med den gamla.',
      nb: 'Bare når du nettopp har byttet hemmelighet i Shopify: da kan webhooks en stund være signert med den gamle.',
      da: 'Kun når du lige har skiftet hemmelighed i Shopify: så kan webhooks en tid være signeret med den gamle.',
      en: 'Only when you have just rotated the secret in Shopify: webhooks may be signed with the old one for a while.',
    },
    secret: true,
    optional: true,
  },
  {
    name: 'quantityName',
    label: { sv: 'Vilket antal skickas', nb: 'Hvilket antall sendes', da: 'Hvilket antal sendes', en: 'Which number is sent' },
    help: {
      sv: 'Välj Tillgängligt om du är osäker: det är det antal som går att sälja, och webbordrar är redan avdragna. Med I lager skickas det som står på hyllan, och Shopify drar själv av sina öppna ordrar.',
      nb: 'Velg Tilgjengelig hvis du er usikker: det er det antallet som kan selges, og nettordrer er allerede trukket fra. Med På lager sendes det som står på hyllen, og Shopify trekker selv fra sine åpne ordrer.',
      da: 'Vælg Tilgængelig, hvis du er i tvivl: det er det antal, der kan sælges, og webordrer er allerede trukket fra. Med På lager sendes det, der står på hylden, og Shopify trækker selv sine åbne ordrer fra.',
      en: 'Choose Available when unsure: it is what can be sold, with web orders already taken off. With On hand what stands on the shelf is sent, and Shopify takes its open orders off by itself.',
    },
    optional: true,
    options: [
      { value: 'available', label: { sv: 'Tillgängligt (rekommenderas)', nb: 'Tilgjengelig (anbefales)', da: 'Tilgængelig (anbefales)', en: 'Available (recommended)' } },
      { value: 'on_hand', label: { sv: 'I lager (fysiskt)', nb: 'På lager (fysisk)', da: 'På lager (fysisk)', en: 'On hand (physical)' } },
    ],
  },
  {
    name: 'customers',
    label: { sv: 'Synkronisera kunder?', nb: 'Synkronisere kunder?', da: 'Synkronisere kunder?', en: 'Sync customers?' },
    help: {
      sv: 'Med Ja hämtas kundernas namn, telefonnummer, e-post, skapelsedatum och senast uppdaterat från Shopify. Appen behöver då också rättigheten Kunder (Customers): läsa – read_customers. Inget om kunderna skickas till Shopify.',
      nb: 'Med Ja hentes kundenes navn, telefonnummer, e-post, opprettelsesdato og siste oppdaterte dato fra Shopify. Appen trenger da også rettigheten Kunder (Customers): lese – read_customers. Ingenting om kundene sendes til Shopify.',
      da: 'Med Ja hentes kundernes navn, telefonnummer, e-mail, oprettelsesdato og seneste opdatering fra Shopify. Appen skal så også have rettigheden Kunder (Customers): læse – read_customers. Intet om kunderne sendes til Shopify.',
      en: "With Yes the customers' names, phone numbers, e-mails, dates of creation and of last update are fetched from Shopify. The app then also needs the right Customers: read – read_customers. Nothing about customers is sent to Shopify.",
    },
    optional: true,
    options: [
      { value: 'no', label: { sv: 'Nej', nb: 'Nei', da: 'Nej', en: 'No' } },
      { value: 'yes', label: { sv: 'Ja', nb: 'Ja', da: 'Ja', en: 'Yes' } },
    ],
  },
  {
    name: 'fulfilled',
    label: {
      sv: 'Synkronisera ordrar med status: Fulfilled?',
      nb: 'Synkroniser ordre med status: Fulfilled?',
      da: 'Synkroniser ordrer med status: Fulfilled?',
      en: 'Sync orders with status: Fulfilled?',
    },
    help: {
      sv: 'Med Ja får Shopify veta det när en order levereras härifrån, och den får status Levererad (Fulfilled) där. Kunden får inget meddelande. Appen behöver då rättigheten write_merchant_managed_fulfillment_orders. Med Nej rörs inte ordern i Shopify.',
      nb: 'Med Ja får Shopify vite det når en ordre leveres herfra, og den får status Fullført (Fulfilled) der. Kunden får ingen melding. Appen trenger da rettigheten write_merchant_managed_fulfillment_orders. Med Nei røres ikke ordren i Shopify.',
      da: 'Med Ja får Shopify besked, når en ordre leveres herfra, og den får status Leveret (Fulfilled) der. Kunden får ingen besked. Appen skal så have rettigheden write_merchant_managed_fulfillment_orders. Med Nej røres ordren i Shopify ikke.',
      en: 'With Yes Shopify is told when an order ships from here, and it becomes Fulfilled there. The customer gets no message. The app then needs the right write_merchant_managed_fulfillment_orders. With No the order in Shopify is left alone.',
    },
    optional: true,
    options: [
      { value: 'no', label: { sv: 'Nej', nb: 'Nei', da: 'Nej', en: 'No' } },
      { value: 'yes', label: { sv: 'Ja', nb: 'Ja', da: 'Ja', en: 'Yes' } },
    ],
  },
]

export const settings: SettingsForm<ShopifySettings> = { fields, parse }

function parse(raw: Record<string, string>): ShopifySettings {
  const typed = (name: string) => (raw[name] ?? '').trim()
  const address = readAddress(typed('shop'))
  const clientId = typed('clientId')
  const clientSecret = readSecret('clientSecret', typed('clientSecret'), clientId)
  const previous = readSecret('previousSecret', typed('previousSecret'), clientId)
  return {
    ...address,
    access: readAccess(typed('accessToken'), clientId, clientSecret),
    hookSecrets: [clientSecret, previous].filter((secret) => secret !== ''),
    quantityName: readQuantityName(typed('quantityName')),
    customers: readYesNo('customers', typed('customers')),
    fulfilled: readYesNo('fulfilled', typed('fulfilled')),
  }
}

/** Takes what people paste: the bare name, the admin's address in either form, with or without a path. */
function readAddress(text: string): Pick<ShopifySettings, 'shop' | 'origin' | 'isSimulator'> {
  if (text === '') throw new SettingsError('shop', 'required')
  if (text.includes('@')) throw new SettingsError('shop', 'email-pasted-as-address')
  if (isSecretLike(text)) throw new SettingsError('shop', 'secret-pasted-as-address')
  const withScheme = /^https?:\/\//i.test(text) ? text : `https://${text}`
  if (!URL.canParse(withScheme)) throw new SettingsError('shop', 'shop-address-wrong')
  const url = new URL(withScheme)
  // The guarded door refuses loopback unless this installation allows it, so this opens nothing by itself.
  if (url.hostname === '127.0.0.1' || url.hostname === 'localhost') return { shop: url.host, origin: url.origin, isSimulator: true }
  const store = url.hostname === 'admin.shopify.com' ? /^\/store\/([a-z0-9][a-z0-9-]*)/i.exec(url.pathname)?.[1] : undefined
  const host = store === undefined ? url.hostname : `${store}.myshopify.com`
  const shop = (/^[a-z0-9][a-z0-9-]*$/i.test(host) ? `${host}.myshopify.com` : host).toLowerCase()
  if (!/^[a-z0-9][a-z0-9-]*\.myshopify\.com$/.test(shop))
    throw new SettingsError('shop', shop.includes('.') && !shop.endsWith('shopify.com') ? 'shop-address-own-domain' : 'shop-address-wrong')
  return { shop, origin: `https://${shop}`, isSimulator: false }
}

function readAccess(token: string, clientId: string, clientSecret: string): ShopifySettings['access'] {
  if (token !== '') return { kind: 'token', token: readToken(token) }
  if (clientId === '' && clientSecret === '') throw new SettingsError('clientId', 'required')
  if (clientId === '') throw new SettingsError('clientId', 'client-id-missing')
  if (clientId.startsWith('shpss_')) throw new SettingsError('clientId', 'secret-pasted-as-client-id')
  if (/^shp[a-z]{2}_/.test(clientId)) throw new SettingsError('clientId', 'token-pasted-as-client-id')
  if (clientId.includes('@')) throw new SettingsError('clientId', 'email-pasted-as-client-id')
  if (clientSecret === '') throw new SettingsError('clientSecret', 'client-secret-missing')
  return { kind: 'client', clientId, clientSecret }
}

/** shpat_ from the admin, shpca_ from a custom app, shppa_ from what was once called a private app. */
function readToken(token: string): string {
  if (/^shp(at|ca|pa)_[\w-]+$/.test(token)) return token
  if (token.startsWith('shpss_')) throw new SettingsError('accessToken', 'secret-pasted-as-token')
  if (/^[0-9a-f]{32}$/i.test(token)) throw new SettingsError('accessToken', 'key-pasted-as-token')
  if (token.includes('@')) throw new SettingsError('accessToken', 'email-pasted-as-token')
  if (/^https?:|myshopify\.com/i.test(token)) throw new SettingsError('accessToken', 'address-pasted-as-token')
  throw new SettingsError('accessToken', 'token-wrong-kind')
}

function readSecret(field: string, secret: string, clientId: string): string {
  if (secret === '') return ''
  if (/^shp(at|ca|pa)_/.test(secret)) throw new SettingsError(field, 'token-pasted-as-secret')
  if (secret === clientId && !secret.startsWith('shpss_')) throw new SettingsError(field, 'client-id-pasted-as-secret')
  if (secret.includes('@')) throw new SettingsError(field, 'email-pasted-as-secret')
  return secret
}

const isSecretLike = (text: string): boolean => /^shp[a-z]{2}_/.test(text) || /^[0-9a-f]{32}$/i.test(text)

function readYesNo(field: string, text: string): boolean {
  if (text === '' || text === 'no') return false
  if (text === 'yes') return true
  throw new SettingsError(field, 'not-an-option')
}

function readQuantityName(text: string): ShopifySettings['quantityName'] {
  if (text === '' || text === 'available') return 'available'
  if (text === 'on_hand') return text
  throw new SettingsError('quantityName', 'not-an-option')
}
