/** What a shopkeeper types in to connect an e-conomic agreement: two tokens, what the stock switch is set to, and how orders go over. */
import { SettingsError, type SettingsField, type SettingsForm, type StockManners } from '../contract.ts'
import { fields } from './fields.ts'

export const STOCK = ['webhook', 'yes', 'no'] as const
export const NUMBERS = ['inStock', 'available'] as const
export const ORDERS = ['none', 'draft-invoice', 'draft-order'] as const
export const COUNTED = ['auto', 'order', 'draft', 'booked', 'never'] as const
export const CUSTOMERS = ['collective', 'email', 'phone', 'vat-number'] as const

export const NAMED = ['reference', 'heading', 'text'] as const
/** The texts of a document that may name the shop's order: the field made for it, and what a person allows beside it. */
export const NAMED_IN = { reference: ['reference'], heading: ['reference', 'heading'], text: ['reference', 'heading', 'text'] } as const

export interface EconomicSettings {
  appSecretToken: string
  agreementGrantToken: string
  /** Where the API answers: no path, no slash at the end. */
  origin: string
  /** "E-conomic lagermodul": the numbers follow webhooks and sweeps, sweeps alone, or not at all. */
  stock: (typeof STOCK)[number]
  /** På lager, or Tilgængelig. */
  number: (typeof NUMBERS)[number]
  /** From when a document's goods are in that number, where a person knows better than the number's name says. */
  counted: (typeof COUNTED)[number]
  /** Another system keeps the agreement's stock. */
  rackbeat: boolean
  named: (typeof NAMED)[number]
  orders: (typeof ORDERS)[number]
  /** Drafts of ours are booked at once: it can't be undone. */
  book: boolean
  customers: (typeof CUSTOMERS)[number]
  /** Null = the first one there is (a layout, terms, a group), or none (a customer). */
  customerNumber: number | null
  layoutNumber: number | null
  paymentTermsNumber: number | null
  customerGroupNumber: number | null
}

const DEFAULT_ORIGIN = 'https://restapi.e-conomic.com'

export const settingsForm: SettingsForm<EconomicSettings> = {
  fields: fields satisfies readonly SettingsField[],
  parse(raw) {
    const typed = (name: string) => (raw[name] ?? '').trim()
    const yes = (name: string) => choice(name, typed(name), ['no', 'yes']) === 'yes'
    const settings = {
      appSecretToken: readToken('appSecretToken', typed('appSecretToken')),
      agreementGrantToken: readToken('agreementGrantToken', typed('agreementGrantToken')),
      origin: readOrigin(typed('address')),
      stock: choice('stock', typed('stock'), STOCK),
      number: choice('number', typed('number'), NUMBERS),
      counted: choice('counted', typed('counted'), COUNTED),
      rackbeat: yes('rackbeat'),
      named: choice('named', typed('named'), NAMED),
      orders: choice('orders', typed('orders'), ORDERS),
      book: yes('book'),
      customers: choice('customers', typed('customers'), CUSTOMERS),
      customerNumber: readNumber('customerNumber', typed('customerNumber')),
      layoutNumber: readNumber('layoutNumber', typed('layoutNumber')),
      paymentTermsNumber: readNumber('paymentTermsNumber', typed('paymentTermsNumber')),
      customerGroupNumber: readNumber('customerGroupNumber', typed('customerGroupNumber')),
    }
    if (settings.appSecretToken === settings.agreementGrantToken) throw new SettingsError('agreementGrantToken', 'same-token-twice')
    if (settings.orders !== 'none' && settings.customers === 'collective' && settings.customerNumber === null)
      throw new SettingsError('customerNumber', 'collective-customer-missing')
    if (settings.book && settings.orders === 'draft-order') throw new SettingsError('book', 'only-invoices-are-booked')
    return settings
  },
}

/** The first of the list where nothing was chosen. */
function choice<T extends string>(field: string, text: string, allowed: readonly T[]): T {
  const found = text === '' ? allowed[0] : allowed.find((value) => value === text)
  if (found === undefined) throw new SettingsError(field, 'not-an-option')
  return found
}

/** As it is copied: quotes and line breaks around it are no part of it. */
function readToken(field: string, text: string): string {
  const bare = text.replace(/^["'\s]+|["'\s]+$/g, '')
  if (bare === '') throw new SettingsError(field, 'required')
  if (/^https?:\/\//i.test(bare) || bare.includes('appPublicToken')) throw new SettingsError(field, 'address-pasted-as-grant')
  if (bare.includes('@')) throw new SettingsError(field, 'email-pasted-as-grant')
  if (!/^[\w.+/=-]{4,200}$/.test(bare)) throw new SettingsError(field, 'token-has-blanks')
  return bare
}

function readNumber(field: string, text: string): number | null {
  if (text === '') return null
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new SettingsError(field, 'number-wrong-kind')
  return Number(text)
}

function readOrigin(text: string): string {
  if (text === '') return DEFAULT_ORIGIN
  const address = /^https?:\/\//i.test(text) ? text : `https://${text}`
  const url = URL.canParse(address) ? new URL(address) : null
  if (url === null || url.username !== '' || url.password !== '') throw new SettingsError('address', 'economic-address-wrong')
  // The guarded door refuses loopback unless this installation allows it, so this opens nothing by itself.
  const isSimulator = url.hostname === '127.0.0.1' || url.hostname === 'localhost'
  if (!isSimulator && (url.protocol !== 'https:' || !url.hostname.includes('.'))) throw new SettingsError('address', 'economic-address-wrong')
  return url.origin
}

/** Nothing is told to e-conomic's numbers, so only the waits count: a document is in the lists at once, and no call runs longer than this. */
export const manners: StockManners = {
  compare: 'read-first',
  keyMs: 0,
  lowersItself: 'never',
  restores: false,
  adjust: false,
  feedLagMs: 5_000,
  maxFlightMs: 120_000,
}

/** Whether its numbers are asked for at all. */
export const keepsStock = ({ stock, rackbeat }: EconomicSettings): boolean => stock !== 'no' && !rackbeat

/**
 * R39: *På lager* contains what is booked. *Tilgængelig* contains what is registered as an order; a draft invoice reserves nothing by e-conomic's own words, so where
 * our orders go over as drafts it contains them only once they are booked. A person who has seen otherwise says so.
 */
export function countsFrom({ number, counted, orders }: EconomicSettings): 'order' | 'draft' | 'booked' | 'never' {
  if (counted !== 'auto') return counted
  return number === 'available' && orders !== 'draft-invoice' ? 'order' : 'booked'
}
