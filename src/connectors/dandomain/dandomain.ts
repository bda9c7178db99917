/** The DanDomain Webshop connector (HostedShop): a table of contents. What it does and leaves is in docs/connectors/dandomain.md. */
import { type Connector, type Remote, RemoteError } from '../contract.ts'
import { pullListings, pullListingsByRef } from './articles.ts'
import { openClient } from './client.ts'
import { openCreditNotes } from './credit-notes.ts'
import { guide, needs } from './guide.ts'
import { check } from './health.ts'
import { subscribed, translateHook, verifyHook } from './hooks.ts'
import { handOver } from './invoice.ts'
import { match } from './match.ts'
import { pullOrders, pullOrdersById } from './orders.ts'
import { push } from './push.ts'
import { locationIn, PLACE, placeOf } from './refs.ts'
import { anyDandomain, type DandomainSettings, mannersOf, settingsForm } from './settings.ts'
import { words } from './words.ts'

export const dandomain: Connector<DandomainSettings> = {
  code: 'dandomain',
  title: 'DanDomain Webshop',
  settings: settingsForm,
  needs,
  guide,
  words,
  carries: { in: ['orders', 'articles', 'stock'], out: ['stock', 'invoice-pdf'], stock: anyDandomain, hooks: true },
  // Each row is a call of its own after one that reads them all, and what was read is not to grow old.
  limits: { batch: 10, look: 40 },
  manners: mannersOf,
  placeRef: (text) => {
    const said = text.trim()
    return /^\d{1,18}$/.test(said) ? placeOf(said) : said === PLACE || locationIn(said) !== null ? said : null
  },
  verifyHook,
  translateHook,
  open(settings, tools): Remote {
    const client = openClient(settings, tools)
    const notes = openCreditNotes(tools)
    return {
      check: () => check(client, settings),
      subscribe: async () => subscribed(settings),
      unsubscribe: async () => undefined,
      match: (articleNumbers) => match(client, settings, articleNumbers),
      async pull(feed, from, priority = 'live') {
        switch (feed) {
          case 'orders':
            return 'keys' in from ? pullOrdersById({ client, settings, notes, priority }, from.keys) : pullOrders({ client, settings, notes, priority }, tools, from)
          case 'articles':
          case 'stock':
            return 'keys' in from ? pullListingsByRef(client, tools, from.keys, priority) : pullListings(client, settings, tools, from.cursor, priority)
          case 'customers':
          case 'invoices':
            throw new RemoteError('refused', 'not-carried', `no ${feed} are read from the shop`, { executed: 'no' })
        }
      },
      push: (batch, priority = 'live') => push(client, tools, batch, priority),
      handOver: (document) => handOver(client, settings, tools, document),
    }
  },
}
