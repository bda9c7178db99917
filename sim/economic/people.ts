/** Customers, and what a document refers to: groups, terms, zones, layouts, units, currencies. */
import { json, type SimAnswer, type SimRequest } from '../kit.ts'
import { collection, type Listed } from './collections.ts'
import { notFound, Refused } from './errors.ts'
import type { Hooks } from './hooks.ts'
import { type Customer, stampOf, type World } from './world.ts'
import { reading } from './writing.ts'

export const CURRENCIES = ['DKK', 'EUR', 'GBP', 'NOK', 'SEK', 'USD']

/** Null when the address is none of them. */
export function referenceData(world: World, base: string, request: SimRequest, [name = '', key]: string[]): SimAnswer | null {
  const table = tables(world, base)[name]
  if (table === undefined) return null
  if (request.method !== 'GET') throw new Refused(405, 'The method is not allowed here.')
  if (key === undefined) return json(200, collection(world, request, base, { rows: table, fields: {}, view: (row) => row }))
  const found = table.find((row) => Object.values(row)[0] === (/^\d+$/.test(key) ? Number(key) : key))
  if (found === undefined) throw notFound(`'${key}'`)
  return json(200, found)
}

/** By address; the first field of a row is what it is called by. */
function tables(world: World, base: string): Record<string, Record<string, unknown>[]> {
  const rows = <T extends { number: number }>(of: Map<number, T>, address: string, view: (row: T) => Record<string, unknown>) =>
    [...of.values()].map((row) => ({ ...view(row), self: `${base}/${address}/${row.number}` }))
  return {
    'product-groups': rows(world.groups, 'product-groups', ({ number, name, inventoryEnabled }) => ({
      productGroupNumber: number,
      name,
      ...(inventoryEnabled ? { inventoryEnabled } : world.knobs.inventoryOff === 'false' ? { inventoryEnabled } : {}),
    })),
    'customer-groups': rows(world.customerGroups, 'customer-groups', ({ number, name }) => ({ customerGroupNumber: number, name })),
    'vat-zones': rows(world.vatZones, 'vat-zones', ({ number, name }) => ({ vatZoneNumber: number, name, enabledForCustomer: true, enabledForSupplier: true })),
    'payment-terms': rows(world.terms, 'payment-terms', ({ number, name, type, days }) => ({ paymentTermsNumber: number, name, paymentTermsType: type, daysOfCredit: days })),
    layouts: rows(world.layouts, 'layouts', ({ number, name }) => ({ layoutNumber: number, name, deleted: false })),
    units: rows(world.units, 'units', ({ number, name }) => ({ unitNumber: number, name })),
    currencies: CURRENCIES.map((code) => ({ code, name: code, self: `${base}/currencies/${code}` })),
  }
}

const customerView = (world: World, base: string, customer: Customer) => ({
  customerNumber: customer.customerNumber,
  currency: customer.currency,
  name: customer.name,
  ...filled({
    address: customer.address,
    zip: customer.zip,
    city: customer.city,
    country: customer.country,
    email: customer.email,
    corporateIdentificationNumber: customer.corporateIdentificationNumber,
    telephoneAndFaxNumber: customer.telephoneAndFaxNumber,
    ean: customer.ean,
  }),
  ...(customer.barred ? { barred: true } : {}),
  customerGroup: { customerGroupNumber: customer.group, self: `${base}/customer-groups/${customer.group}` },
  paymentTerms: { paymentTermsNumber: customer.terms, self: `${base}/payment-terms/${customer.terms}` },
  vatZone: { vatZoneNumber: customer.vatZone, self: `${base}/vat-zones/${customer.vatZone}` },
  lastUpdated: stampOf(world, customer.lastUpdated),
  self: `${base}/customers/${customer.customerNumber}`,
})
/** Empty fields are left out. */
export const filled = (fields: Record<string, string | null>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter((pair): pair is [string, string] => pair[1] !== null && pair[1] !== ''))

const given = (text: string): string | undefined => (text === '' ? undefined : text)
const listed = (world: World, base: string): Listed<Customer> => ({
  rows: [...world.customers.values()].sort((a, b) => a.customerNumber - b.customerNumber),
  fields: {
    customerNumber: (row) => row.customerNumber,
    name: (row) => row.name,
    email: (row) => given(row.email),
    corporateIdentificationNumber: (row) => given(row.corporateIdentificationNumber),
    telephoneAndFaxNumber: (row) => given(row.telephoneAndFaxNumber),
    ean: (row) => given(row.ean),
    zip: (row) => given(row.zip),
    city: (row) => given(row.city),
    country: (row) => given(row.country),
    barred: (row) => row.barred,
    lastUpdated: (row) => stampOf(world, row.lastUpdated),
  },
  view: (row) => customerView(world, base, row),
})

export function customers(world: World, hooks: Hooks, base: string, request: SimRequest, key: string | null): SimAnswer {
  if (key === null) {
    if (request.method === 'GET') return json(200, collection(world, request, base, listed(world, base)))
    if (request.method !== 'POST') throw new Refused(405, 'The method is not allowed here.')
    return made(world, base, write(world, hooks, request.body, null), 201)
  }
  const customer = world.customers.get(Number(key))
  if (customer === undefined) throw notFound(`Customer '${key}'`)
  if (request.method === 'GET') return json(200, customerView(world, base, customer))
  if (request.method === 'PUT') return made(world, base, write(world, hooks, request.body, customer.customerNumber), 200)
  if (request.method !== 'DELETE') throw new Refused(405, 'The method is not allowed here.')
  world.customers.delete(customer.customerNumber)
  hooks.emit('Kunde opdateret', { OLDNUMBER: key, NEWNUMBER: '' })
  return { status: 204 }
}
const made = (world: World, base: string, customer: Customer, status: number): SimAnswer =>
  json(status, customerView(world, base, customer), status === 201 ? { location: `${base}/customers/${customer.customerNumber}` } : {})

/** The server gives the next number; one that was given to somebody who is gone is given again. */
function write(world: World, hooks: Hooks, body: unknown, existing: number | null): Customer {
  const read = reading(world, body)
  const asked = existing ?? read.at(['customerNumber'])
  if (asked !== undefined && (typeof asked !== 'number' || !Number.isInteger(asked) || asked < 1 || asked > 999_999_999))
    read.wrong(['customerNumber'], null, "'customerNumber' must be a whole number of one to nine digits.", asked)
  if (existing === null && typeof asked === 'number' && world.customers.has(asked)) read.wrong(['customerNumber'], null, `Customer ${asked} exists already.`, asked)
  const currency = read.text(['currency'], 3, true)
  if (currency !== null && !CURRENCIES.includes(currency)) read.wrong(['currency'], 'E06000', `Currency '${currency}' does not exist.`, currency)
  const text = (name: string, most: number) => read.text([name], most) ?? ''
  const customer: Customer = {
    customerNumber: typeof asked === 'number' ? asked : Math.max(0, ...world.customers.keys()) + 1,
    name: read.text(['name'], 255, true) ?? '',
    email: text('email', 255),
    address: text('address', 510),
    zip: text('zip', 30),
    city: text('city', 50),
    country: text('country', 50),
    corporateIdentificationNumber: text('corporateIdentificationNumber', 40),
    telephoneAndFaxNumber: text('telephoneAndFaxNumber', 255),
    ean: text('ean', 13),
    currency: currency ?? 'DKK',
    group: read.ref(['customerGroup'], 'customerGroupNumber', (number) => world.customerGroups.has(number), true) ?? 1,
    terms: read.ref(['paymentTerms'], 'paymentTermsNumber', (number) => world.terms.has(number), true) ?? 1,
    vatZone: read.ref(['vatZone'], 'vatZoneNumber', (number) => world.vatZones.has(number), true) ?? 1,
    barred: read.yes(['barred']) ?? false,
    lastUpdated: world.time.ms(),
  }
  read.done()
  world.customers.set(customer.customerNumber, customer)
  const number = String(customer.customerNumber)
  hooks.emit('Kunde opdateret', { OLDNUMBER: existing === null ? '' : number, NEWNUMBER: number })
  return customer
}
