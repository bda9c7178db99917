/** What somebody wrote for an order or a draft invoice, checked, and as the document it makes. */

import { unescaped } from './paths.ts'
import { CURRENCIES, filled } from './people.ts'
import { type Document, dayOf, type Line, type Terms, type World } from './world.ts'
import { isBody, type Reading, reading } from './writing.ts'

export type Written = Omit<Document, 'number' | 'stage' | 'fromOrder' | 'fromDraft' | 'at' | 'counted'>

export function writtenDocument(world: World, body: unknown): Written {
  const read = reading(world, body)
  const date = day(read, ['date'], true)
  const currency = read.text(['currency'], 3, true)
  if (currency !== null && !CURRENCIES.includes(currency)) read.wrong(['currency'], 'E06000', `Currency '${currency}' does not exist.`, currency)
  const layout = read.ref(['layout'], 'layoutNumber', (number) => world.layouts.has(number), true)
  const terms = read.ref(['paymentTerms'], 'paymentTermsNumber', (number) => world.terms.has(number), true)
  const customer = read.ref(['customer'], 'customerNumber', (number) => world.customers.has(number), true)
  if (read.at(['recipient']) === undefined) read.wrong(['recipient'], 'E04300', "Required property 'recipient' is missing.")
  const isThere = read.at(['recipient']) !== undefined
  const vatZone = read.ref(['recipient', 'vatZone'], 'vatZoneNumber', (number) => world.vatZones.has(number), isThere)
  const text = (path: string[], most: number) => read.text(path, most)
  const written: Written = {
    date: date ?? dayOf(world.time.ms()),
    dueDate: due(read, world.terms.get(terms ?? 0), date),
    currency: currency ?? 'DKK',
    layout: layout ?? 0,
    terms: terms ?? 0,
    customer: customer ?? 0,
    recipient: {
      name: read.text(['recipient', 'name'], 250, isThere) ?? '',
      address: text(['recipient', 'address'], 250) ?? '',
      zip: text(['recipient', 'zip'], 50) ?? '',
      city: text(['recipient', 'city'], 250) ?? '',
      country: text(['recipient', 'country'], 50) ?? '',
      vatZone: vatZone ?? 0,
    },
    references: { other: text(['references', 'other'], 250) },
    notes: { heading: text(['notes', 'heading'], 250), textLine1: text(['notes', 'textLine1'], 1000), textLine2: text(['notes', 'textLine2'], 1000) },
    externalId: text(['externalId'], 50),
    lines: linesOf(world, read),
  }
  read.done()
  return written
}

function day(read: Reading, path: string[], needed: boolean): string | null {
  const text = read.text(path, 10, needed)
  if (text === null || /^\d{4}-\d\d-\d\d$/.test(text)) return text
  read.wrong(path, null, 'Expected a date such as 2026-11-21.', text)
  return null
}

/** Follows from the terms, and is passed over where it is given; only terms of that name ask for it. */
function due(read: Reading, terms: Terms | undefined, date: string | null): string | null {
  if (terms === undefined || date === null) return null
  if (terms.type !== 'dueDate') return dayOf(Date.parse(date) + terms.days * 86_400_000)
  const given = day(read, ['dueDate'], false)
  if (given === null) read.wrong(['dueDate'], 'E04042', 'These payment terms need a due date.')
  else if (given < date) read.wrong(['dueDate'], 'E04760', 'The due date is before the date.', given)
  return given
}

function linesOf(world: World, read: Reading): Line[] {
  const given = read.at(['lines'])
  if (given === undefined) return []
  if (!Array.isArray(given)) {
    read.wrong(['lines'], null, given === null ? 'Expected Array but got Null.' : 'Expected Array.')
    return []
  }
  return given.map((_, n) => lineOf(world, read, n))
}

function lineOf(world: World, read: Reading, n: number): Line {
  const at = (...names: string[]) => ['lines', n, ...names]
  const productNumber = productOf(world, read, n)
  const [quantity, unitNetPrice] = [read.amount(at('quantity')), read.amount(at('unitNetPrice'))]
  if (read.at(at('product')) === undefined && (quantity !== null || unitNetPrice !== null))
    read.wrong(at('product'), null, 'A line without a product has neither quantity nor price.')
  if (productNumber !== null && read.at(at('quantity')) === undefined) read.wrong(at('quantity'), 'E04730', 'Quantity is required on a line with a product.')
  const place = (name: string) => {
    const value = read.at(at(name))
    if (value !== undefined && (typeof value !== 'number' || !Number.isInteger(value) || value < 1))
      read.wrong(at(name), null, `'${name}' must be a whole number greater than 0.`, value)
    return typeof value === 'number' ? value : n + 1
  }
  const product = world.products.get(productNumber ?? '')
  return {
    lineNumber: place('lineNumber'),
    sortKey: place('sortKey'),
    productNumber,
    description: read.text(at('description'), 2500) ?? product?.name ?? '',
    quantity: quantity ?? 0,
    unitNetPrice: unitNetPrice ?? (productNumber === null ? 0 : (product?.salesPrice ?? 0)),
    discount: read.amount(at('discountPercentage')) ?? 0,
  }
}

/** By number or by address. */
function productOf(world: World, read: Reading, n: number): string | null {
  const path = ['lines', n, 'product']
  const given = read.at(path)
  if (given === undefined) return null
  const number = isBody(given) ? (given.productNumber ?? unescaped(/\/products\/([^/]+)$/.exec(String(given.self ?? ''))?.[1] ?? '', 'both')) : null
  if (typeof number !== 'string' || number === '') read.wrong(path, 'E04500', "No identifier on reference 'product'.")
  else if (!world.products.has(number)) read.wrong(path, 'E06000', `Product '${number}' not found.`, number)
  else return number
  return null
}

/** In whole hundredths of the currency. */
export interface Totals {
  net: number
  vat: number
  gross: number
}
export const netOf = ({ quantity, unitNetPrice, discount }: Line): number => Math.round((quantity * unitNetPrice * (10_000 - discount)) / 1_000_000)
export function totalsOf(world: World, { lines, recipient }: Pick<Document, 'lines' | 'recipient'>): Totals {
  const net = lines.reduce((sum, line) => sum + netOf(line), 0)
  const vat = Math.round((net * (world.vatZones.get(recipient.vatZone)?.percent ?? 0)) / 100)
  return { net, vat, gross: net + vat }
}

/** The document as it is told, without what its stage adds. Lists leave the lines out. */
export function documentView(world: World, base: string, document: Document, inList: boolean): Record<string, unknown> {
  const { net, vat, gross } = totalsOf(world, document)
  const zone = document.recipient.vatZone
  const { vatZone: _zone, ...recipient } = document.recipient
  const percent = world.vatZones.get(zone)?.percent ?? 0
  const terms = world.terms.get(document.terms)
  return {
    date: document.date,
    currency: document.currency,
    exchangeRate: 100,
    netAmount: net / 100,
    netAmountInBaseCurrency: net / 100,
    grossAmount: gross / 100,
    grossAmountInBaseCurrency: gross / 100,
    vatAmount: vat / 100,
    roundingAmount: 0,
    ...(document.dueDate === null ? {} : { dueDate: document.dueDate }),
    paymentTerms: {
      paymentTermsNumber: document.terms,
      daysOfCredit: terms?.days ?? 0,
      name: terms?.name ?? '',
      paymentTermsType: terms?.type ?? 'net',
      self: `${base}/payment-terms/${document.terms}`,
    },
    customer: { customerNumber: document.customer, self: `${base}/customers/${document.customer}` },
    recipient: {
      ...filled(recipient),
      vatZone: { vatZoneNumber: zone, name: world.vatZones.get(zone)?.name ?? '', enabledForCustomer: true, enabledForSupplier: true, self: `${base}/vat-zones/${zone}` },
    },
    layout: { layoutNumber: document.layout, self: `${base}/layouts/${document.layout}` },
    ...(document.references.other === null ? {} : { references: { other: document.references.other } }),
    ...(Object.values(document.notes).every((each) => each === null) ? {} : { notes: filled(document.notes) }),
    ...(document.externalId === null || (document.stage === 'booked' && !world.knobs.externalIdSurvives) ? {} : { externalId: document.externalId }),
    ...(inList
      ? {}
      : {
          lines: document.lines.map((line) => ({
            lineNumber: line.lineNumber,
            sortKey: line.sortKey,
            description: line.description,
            ...(line.productNumber === null ? {} : { product: { productNumber: line.productNumber }, quantity: line.quantity / 100, unitNetPrice: line.unitNetPrice / 100 }),
            discountPercentage: line.discount / 100,
            totalNetAmount: netOf(line) / 100,
            ...(document.stage === 'booked' ? { vatRate: percent, vatAmount: Math.round((netOf(line) * percent) / 100) / 100 } : {}),
          })),
        }),
  }
}
