/** First run, sign-in, companies, keys, stores and VAT rates. */
import type { About } from './about.ts'

export const aboutPeople = {
  'setup.show': { summary: 'Ask whether this installation has a company yet' },
  'setup.make': {
    summary: 'Make the first company, its owner and its first location',
    text: 'Once, while there is no company; it also signs the owner in.',
    refusals: ['already-set-up', 'password-weak', 'email-taken'],
  },
  'setup.demo': { summary: 'Make the demo shop', text: 'Only where the installation offers one, and while there is no company.', refusals: ['already-set-up', 'not-found'] },
  'session.show': { summary: 'Ask who is signed in', text: 'Null when nobody is.' },
  'session.open': {
    summary: 'Sign in with e-mail and password',
    text: 'The answer sets a cookie. For people in a browser; an outside system uses an API key.',
    refusals: ['wrong-credentials'],
  },
  'session.close': { summary: 'Sign out' },
  'session.company': { summary: 'Choose the company to work in', refusals: ['not-found'] },
  'session.locale': { summary: 'Choose the language of the pages' },
  'search.find': {
    summary: 'Search everywhere',
    text: 'Articles, orders, customers, invoices and documents that bear the text; at most eight of each. `exact` is the article a scanned barcode or a whole number leads to. A key sees the kinds its scopes allow; the others are null.',
  },
  'overview.show': { summary: 'Show what needs somebody today', text: 'The first page of the back office.' },
  'attention.show': {
    summary: 'Show all that waits for a person',
    text: 'By cause and link, the most urgent first, each with its count, the first of them and the one thing to do. A group is gone when its cause is.',
  },
  'attention.items': { summary: 'List what waits, one by one', text: 'Of one cause, or of all; of one connection or view, or of all.' },
  'overview.sales': { summary: 'Show how the last fourteen days sold', text: 'Pieces by day and place, where the company is. Returns are taken off.' },
  'company.show': { summary: 'Show the company the key or the session works in' },
  'company.change': { summary: 'Rename the company' },
  'company.make': { summary: 'Make one more company', text: 'Whoever is signed in owns it and works in it from then on.' },
  'company.from-template': {
    summary: 'Make a company from a template',
    text: 'With its locations, VAT rates, connections with their settings, views and keys: all of it, or nothing. What is wrong is named by where it stands in the template. Every key is in this answer and never shown again.',
    refusals: ['not-found', 'settings-wrong', 'vat-rate-taken', 'name-taken', 'email-taken', 'password-weak'],
    example: {
      company: { name: 'Testgränd Handel AB', country: 'SE' },
      owner: { name: 'Anna Ek', email: 'anna@example.com', locale: 'sv', password: 'en lång lösenfras' },
      locations: [{ name: 'Odenplan' }],
      connections: [{ code: 'shopify', name: 'Webshopen', settings: {} }],
      views: [{ name: 'ERP' }],
      keys: [{ name: 'Kassa', scopes: ['articles:read', 'stock:read', 'stock:write'] }],
    },
  },
  'sandbox.make': {
    summary: 'Make a sandbox',
    text: 'A company of its own to try things in, with three articles, a store and a warehouse, a key and a view. No real webshop can be connected to it.',
  },
  'sandbox.reset': {
    summary: 'Put a sandbox back',
    text: 'Articles, locations and stock as they were; orders are gone, reservations released, articles made since archived. Ids, keys and views stay, and a view’s reader hears of it as of any change.',
    refusals: ['not-a-sandbox'],
  },
  'keys.list': { summary: 'List API keys', text: 'Never the keys themselves: those are shown once, when they are made.' },
  'keys.make': { summary: 'Make an API key', text: 'The key is in this answer and never shown again.' },
  'keys.revoke': { summary: 'Revoke an API key', text: 'It stops working at once, for good.' },
  'locations.list': { summary: 'List locations', text: 'Stores and warehouses: wherever stock is kept. Archived ones too.' },
  'locations.make': { summary: 'Make a location', refusals: ['name-taken'] },
  'locations.change': { summary: 'Rename or archive a location', refusals: ['name-taken'] },
  'vat-rates.list': { summary: 'List VAT rates by class and day' },
  'vat-rates.make': { summary: 'Add a VAT rate from a day on', text: 'A rate is never changed: the past keeps the one it had.', refusals: ['vat-rate-taken'] },
} as const satisfies Record<string, About>
