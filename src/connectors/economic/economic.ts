/** The e-conomic connector: a table of contents. What it does and leaves is in docs/connectors/economic.md. */
import { type Connector, type Remote, RemoteError } from '../contract.ts'
import { openClient } from './client.ts'
import { pullDocuments, pullDocumentsByRef, readPdf } from './documents.ts'
import { guide, needs } from './guide.ts'
import { check } from './health.ts'
import { calledAt, TYPES, translateHook, verifyHook } from './hooks.ts'
import { handOverOrder } from './orders.ts'
import { LOOK, matchProducts, pullProducts, pullProductsByNumber } from './products.ts'
import { PLACE } from './refs.ts'
import { countsFrom, type EconomicSettings, keepsStock, manners, NAMED_IN, settingsForm } from './settings.ts'
import { words } from './words.ts'

export const economic: Connector<EconomicSettings> = {
  code: 'economic',
  title: 'e-conomic',
  settings: settingsForm,
  needs,
  guide,
  words,
  carries: { in: ['stock', 'articles', 'invoices'], out: ['order'], stock: manners, hooks: true, master: true },
  limits: { batch: 1, look: LOOK },
  byHand: { header: 'x-agreementgranttoken', before: '', variable: 'ECONOMIC_GRANT_TOKEN', documents: {} },
  manners: () => manners,
  // Another system's stock is none of ours to take over (the guide's note on Rackbeat).
  masterSwitch: { field: 'stock', on: 'webhook', off: 'no', isOn: (settings, { rackbeat }) => keepsStock(settings) && rackbeat !== 'yes' },
  counts: countsFrom,
  namedIn: ({ named }) => NAMED_IN[named],
  takes: ({ orders }) => (orders === 'none' ? [] : ['order']),
  placeRef: () => PLACE,
  calledAt,
  verifyHook,
  translateHook,
  open(settings, tools): Remote {
    const client = openClient(settings, tools)
    const isStock = keepsStock(settings)
    return {
      check: () => check(client, settings),
      // A superuser makes them by hand: the page shows what to paste, and what was called is seen by what came.
      subscribe: async () => ({ topics: TYPES.map((topic) => ({ topic, state: 'by-hand', said: null })) }),
      unsubscribe: async () => undefined,
      match: (articleNumbers) => matchProducts(client, articleNumbers),
      async pull(feed, from, priority = 'live') {
        switch (feed) {
          case 'articles':
          case 'stock':
            return 'keys' in from ? pullProductsByNumber(client, settings, isStock, tools, from.keys, priority) : pullProducts(client, settings, isStock, tools, from, priority)
          case 'invoices':
            return 'keys' in from ? pullDocumentsByRef(client, from.keys, priority) : pullDocuments(client, settings, from, priority)
          case 'orders':
          case 'customers':
            throw new RemoteError('refused', 'not-carried', `no ${feed} are read from e-conomic`, { executed: 'no' })
        }
      },
      pdf: (documentRef) => readPdf(client, documentRef),
      async handOver(document, key) {
        if (document.kind === 'order') return handOverOrder(client, settings, document.order, document.documentRef, key)
        throw new RemoteError('refused', 'not-carried', 'invoices come from e-conomic', { executed: 'no' })
      },
      push: async () => {
        throw new RemoteError('refused', 'not-carried', 'e-conomic is told no numbers: it is master of them', { executed: 'no' })
      },
    }
  },
}
