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
  'overview.show': { summary: 'Show what needs somebody today', text: 'The first page of the back office.' },
  'company.show': { summary: 'Show the company the key or the session works in' },
  'company.change': { summary: 'Rename the company' },
  'company.make': { summary: 'Make one more company', text: 'Whoever is signed in owns it and works in it from then on.' },
  'keys.list': { summary: 'List API keys', text: 'Never the keys themselves: those are shown once, when they are made.' },
  'keys.make': { summary: 'Make an API key', text: 'The key is in this answer and never shown again.' },
  'keys.revoke': { summary: 'Revoke an API key', text: 'It stops working at once, for good.' },
  'locations.list': { summary: 'List locations', text: 'Stores and warehouses: wherever stock is kept. Archived ones too.' },
  'locations.make': { summary: 'Make a location', refusals: ['name-taken'] },
  'locations.change': { summary: 'Rename or archive a location', refusals: ['name-taken'] },
  'vat-rates.list': { summary: 'List VAT rates by class and day' },
  'vat-rates.make': { summary: 'Add a VAT rate from a day on', text: 'A rate is never changed: the past keeps the one it had.', refusals: ['vat-rate-taken'] },
} as const satisfies Record<string, About>
