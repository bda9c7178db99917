/** The Abicart connector: a table of contents. What it does and leaves is in docs/connectors/abicart.md. */
import { type Connector, type Remote, RemoteError } from '../contract.ts'
import { pullListings, pullListingsByRef } from './articles.ts'
import { openClient } from './client.ts'
import { openDoctor } from './doctor.ts'
import { guide, needs } from './guide.ts'
import { check } from './health.ts'
import { translateHook, verifyHook } from './hooks.ts'
import { subscribe, unsubscribe } from './listeners.ts'
import { openMatcher } from './match.ts'
import { pullOrders, pullOrdersByUid } from './orders.ts'
import { push } from './push.ts'
import { PLACE } from './refs.ts'
import { type AbicartSettings, anyAbicart, mannersOf, settingsForm } from './settings.ts'
import { words } from './words.ts'

export const abicart: Connector<AbicartSettings> = {
  code: 'abicart',
  title: 'Abicart',
  settings: settingsForm,
  needs,
  guide,
  words,
  carries: { in: ['orders', 'articles', 'stock'], out: ['stock', 'stocking'], stock: anyAbicart, hooks: true },
  // Nothing says how large a batch may be; a page of a list is what its partners ask for.
  limits: { batch: 20, look: 100 },
  // As it stands in an address: encoded.
  byHand: { header: '', before: '', variable: 'ABICART_KEY', documents: {}, inAddress: 'auth' },
  manners: mannersOf,
  placeRef: () => PLACE,
  verifyHook,
  translateHook,
  open(settings, tools): Remote {
    const client = openClient(settings, tools)
    const doctor = openDoctor(client, tools)
    const match = openMatcher(client, doctor, () => tools.clock.now())
    return {
      check: () => check(client, doctor, settings),
      subscribe: (callbackUrl) => subscribe(client, doctor, settings, tools, callbackUrl),
      unsubscribe: () => unsubscribe(client, settings, tools),
      match,
      async pull(feed, from, priority = 'live') {
        switch (feed) {
          case 'orders':
            return 'keys' in from ? pullOrdersByUid(client, from.keys, priority) : pullOrders(client, doctor, tools, from, priority)
          case 'articles':
          case 'stock':
            return 'keys' in from ? pullListingsByRef(client, tools, from.keys, priority) : pullListings(client, doctor, tools, from.cursor, priority)
          case 'customers':
          case 'invoices':
            throw new RemoteError('refused', 'not-carried', `no ${feed} are read from Abicart`, { executed: 'no' })
        }
      },
      push: (batch, priority = 'live') => push(client, batch, priority),
    }
  },
}
