/** What a person types to connect a toy shop, and how the shop treats its own number. */
import { SettingsError, type SettingsField, type SettingsForm, type StockManners } from '../contract.ts'
import { parseSwitches, type Switches, switched, switchFields } from './switches.ts' // toy only

export interface ToySettings {
  /** No slash at the end. */
  address: string
  token: string
  hookSecret: string
  /** Whether it is told what has left of its orders. */
  fulfilled: boolean
  switches: Switches // toy only
}

/** What can be said of every toy shop; what isn't known is 'unknown' and what it can't do is left out, which is slower and always right. */
export const documented: StockManners = {
  compare: 'read-first',
  keyMs: 0,
  lowersItself: 'unknown',
  restores: 'unknown',
  adjust: false,
  feedLagMs: 15_000,
  maxFlightMs: 120_000,
}

/** The same with what this connection's settings say. */
export const mannersOf = (settings: ToySettings): StockManners => ({
  ...documented,
  ...switched(settings.switches), // toy only
})

const fields: readonly SettingsField[] = [
  {
    name: 'address',
    label: { sv: 'Butikens adress', nb: 'Butikkens adresse', da: 'Butikkens adresse', en: 'Shop address' },
    help: { sv: 'Som den står i webbläsaren.', nb: 'Slik den står i nettleseren.', da: 'Som den står i browseren.', en: 'As it stands in the browser.' },
    placeholder: 'https://toy.example',
  },
  {
    name: 'token',
    label: { sv: 'API-nyckel', nb: 'API-nøkkel', da: 'API-nøgle', en: 'API key' },
    help: { sv: 'Visas en gång när nyckeln skapas.', nb: 'Vises én gang når nøkkelen lages.', da: 'Vises én gang, når nøglen oprettes.', en: 'Shown once when the key is made.' },
    secret: true,
  },
  {
    name: 'hookSecret',
    label: { sv: 'Signeringshemlighet', nb: 'Signeringshemmelighet', da: 'Signeringshemmelighed', en: 'Signing secret' },
    help: {
      sv: 'Med den vet vi att ett meddelande kommer från butiken.',
      nb: 'Med den vet vi at en melding kommer fra butikken.',
      da: 'Med den ved vi, at en besked kommer fra butikken.',
      en: 'With it we know that a message comes from the shop.',
    },
    secret: true,
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
      sv: 'Med Ja får webshopen veta det när en order har levererats härifrån.',
      nb: 'Med Ja får nettbutikken vite det når en ordre er levert herfra.',
      da: 'Med Ja får webshoppen besked, når en ordre er leveret herfra.',
      en: 'With Yes the webshop is told when an order has shipped from here.',
    },
    optional: true,
    options: [
      { value: 'no', label: { sv: 'Nej', nb: 'Nei', da: 'Nej', en: 'No' } },
      { value: 'yes', label: { sv: 'Ja', nb: 'Ja', da: 'Ja', en: 'Yes' } },
    ],
  },
  ...switchFields, // toy only
]

export const settingsForm: SettingsForm<ToySettings> = {
  fields,
  parse(raw) {
    const needed = (name: string) => {
      const text = raw[name]?.trim() ?? ''
      if (text === '') throw new SettingsError(name, 'required')
      return text
    }
    return {
      address: shopAddress(needed('address')),
      token: needed('token'),
      hookSecret: needed('hookSecret'),
      fulfilled: isYes(raw.fulfilled ?? ''),
      switches: parseSwitches(raw), // toy only
    }
  },
}

function isYes(text: string): boolean {
  if (text !== '' && text !== 'no' && text !== 'yes') throw new SettingsError('fulfilled', 'choice-wrong')
  return text === 'yes'
}

function shopAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.search !== '') throw new SettingsError('address', 'address-wrong')
  return url.href.replace(/\/+$/, '')
}
