/** The route table: every address of /v1, what it takes and what it answers. The server, the ui's client, OpenAPI and the tenancy test are made from it. */
import { z } from 'zod'
import { articleSyncRoutes } from './article-sync.ts'
import * as a from './articles.ts'
import { attentionRoutes } from './attention.ts'
import { bulkRoutes } from './bulk.ts'
import { catalogueRoutes } from './catalogues.ts'
import { companyRoutes } from './company-routes.ts'
import * as c from './connections.ts'
import { customerRoutes } from './customer-routes.ts'
import * as d from './differences.ts'
import { handedOverRoutes } from './handed-over.ts'
import { imageRoutes } from './images.ts'
import { importRoutes } from './imports.ts'
import { invoiceRoutes } from './invoices.ts'
import { mailRoutes } from './mail.ts'
import { masterRoutes } from './masters.ts'
import * as m from './messages.ts'
import * as o from './orders.ts'
import { overview, overviewSales } from './overview.ts'
import * as p from './people.ts'
import { priceRoutes } from './prices.ts'
import { restore } from './restore.ts'
import { anybody, both, person, type Route } from './route.ts'
import { searchRoutes } from './search.ts'
import { bytes, type Noun, nothing, pageOf, textIdOf } from './shared.ts'
import { shippingRoutes } from './shipping.ts'
import * as s from './stock.ts'
import { viewRoutes } from './view-routes.ts'

const id = <K extends string, N extends Noun>(name: K, noun: N) => z.object({ [name]: textIdOf(noun) } as Record<K, ReturnType<typeof textIdOf>>)
const one = {
  article: id('articleId', 'article'),
  product: id('productId', 'product'),
  location: id('locationId', 'location'),
  order: id('orderId', 'order'),
  key: id('keyId', 'key'),
  reservation: id('reservationId', 'reservation'),
  document: id('documentId', 'document'),
  connection: id('connectionId', 'connection'),
  connectionArticle: z.object({ connectionId: textIdOf('connection'), articleId: textIdOf('article') }),
  difference: z.object(d.differenceParams),
  run: z.object(c.runParams),
  call: z.object({ connectionId: textIdOf('connection'), callId: textIdOf('call') }),
  message: z.object({ connectionId: textIdOf('connection'), messageId: textIdOf('message') }),
  barcode: z.object({ articleId: textIdOf('article'), code: z.string().min(1).max(20) }),
}
const C = '/v1/connections/:connectionId'

export const routes = {
  'setup.show': { method: 'GET', path: '/v1/setup', ...anybody, status: 200, answer: p.setupState },
  'setup.make': { method: 'POST', path: '/v1/setup', ...anybody, status: 201, body: p.setupForm, answer: p.session },
  'setup.demo': { method: 'POST', path: '/v1/setup/demo', ...anybody, status: 201, body: nothing, answer: p.demoStarted },
  'session.show': { method: 'GET', path: '/v1/session', ...anybody, status: 200, answer: p.sessionState },
  'session.open': { method: 'POST', path: '/v1/session', ...anybody, status: 201, body: p.signInForm, answer: p.session },
  'session.close': { method: 'DELETE', path: '/v1/session', ...person, companyless: true, status: 200, answer: nothing },
  'session.company': { method: 'POST', path: '/v1/session/company', ...person, companyless: true, status: 200, body: p.companyChoice, answer: p.session },
  'session.locale': { method: 'POST', path: '/v1/session/locale', ...person, companyless: true, status: 200, body: p.localeChoice, answer: p.session },
  'company.show': { method: 'GET', path: '/v1/company', ...both('articles:read'), status: 200, answer: p.company },
  'company.change': { method: 'PATCH', path: '/v1/company', ...person, status: 200, body: p.companyChange, answer: p.company },
  'company.make': { method: 'POST', path: '/v1/companies', ...person, companyless: true, status: 201, body: p.companyForm, answer: p.session },
  'keys.list': { method: 'GET', path: '/v1/keys', ...person, status: 200, answer: z.object({ items: z.array(p.apiKey) }) },
  'keys.make': { method: 'POST', path: '/v1/keys', ...person, status: 201, body: p.apiKeyForm, answer: p.apiKeyMade },
  'keys.revoke': { method: 'DELETE', path: '/v1/keys/:keyId', ...person, status: 200, params: one.key, answer: p.apiKey },

  'overview.show': { method: 'GET', path: '/v1/overview', ...person, status: 200, answer: overview },
  'overview.sales': { method: 'GET', path: '/v1/overview/sales', ...person, status: 200, answer: overviewSales },
  ...attentionRoutes,

  'restore.show': { method: 'GET', path: '/v1/restore', ...both('stock:read'), status: 200, answer: restore },
  /** A key says that it has handed in again what it has from after the backup; a person says so for everybody. */
  'restore.nothing-missing': { method: 'POST', path: '/v1/restore/nothing-missing', ...both('stock:write'), status: 200, body: nothing, answer: restore },

  'locations.list': { method: 'GET', path: '/v1/locations', ...both('articles:read'), status: 200, answer: z.object({ items: z.array(a.location) }) },
  'locations.make': { method: 'POST', path: '/v1/locations', ...both('articles:write'), status: 201, body: a.locationForm, answer: a.location },
  'locations.change': {
    method: 'PATCH',
    path: '/v1/locations/:locationId',
    ...both('articles:write'),
    status: 200,
    params: one.location,
    body: a.locationChange,
    answer: a.location,
  },
  'vat-rates.list': { method: 'GET', path: '/v1/vat-rates', ...both('articles:read'), status: 200, answer: a.vatRates },
  'vat-rates.make': { method: 'POST', path: '/v1/vat-rates', ...both('articles:write'), status: 201, body: a.vatRateForm, answer: a.vatRate },

  'articles.list': { method: 'GET', path: '/v1/articles', ...both('articles:read'), status: 200, query: a.articlesQuery, answer: a.articlesPage },
  /** To whoever accepts text/event-stream: an event "page" each time something of the articles' states may have changed. */
  'articles.live': { method: 'GET', path: '/v1/articles/live', ...both('articles:read'), status: 200, answer: a.articlesLive },
  'articles.export': { method: 'GET', path: '/v1/articles/export', ...both('articles:read'), status: 200, query: a.articlesFilter, media: 'text/csv', answer: bytes },
  'articles.make': { method: 'POST', path: '/v1/articles', ...both('articles:write'), status: 201, body: a.articleForm, answer: a.articleShown },
  'articles.make-many': { method: 'POST', path: '/v1/articles/batch', ...both('articles:write'), status: 200, body: a.articlesForm, answer: a.articlesMade },
  'articles.show': { method: 'GET', path: '/v1/articles/:articleId', ...both('articles:read'), status: 200, params: one.article, answer: a.articleShown },
  'articles.change': {
    method: 'PATCH',
    path: '/v1/articles/:articleId',
    ...both('articles:write'),
    status: 200,
    params: one.article,
    body: a.articleChange,
    answer: a.articleShown,
  },
  'articles.timeline': {
    method: 'GET',
    path: '/v1/articles/:articleId/timeline',
    ...both('stock:read'),
    status: 200,
    params: one.article,
    query: s.timelineQuery,
    answer: s.timelinePage,
  },
  'articles.add-barcode': {
    method: 'POST',
    path: '/v1/articles/:articleId/barcodes',
    ...both('articles:write'),
    status: 201,
    params: one.article,
    body: a.barcodeForm,
    answer: a.articleShown,
  },
  'articles.drop-barcode': {
    method: 'DELETE',
    path: '/v1/articles/:articleId/barcodes/:code',
    ...both('articles:write'),
    status: 200,
    params: one.barcode,
    answer: a.articleShown,
  },
  'articles.price': {
    method: 'POST',
    path: '/v1/articles/:articleId/prices',
    ...both('articles:write'),
    status: 200,
    params: one.article,
    body: a.priceForm,
    answer: a.articleShown,
  },
  ...articleSyncRoutes,
  'products.list': { method: 'GET', path: '/v1/products', ...both('articles:read'), status: 200, query: a.productsQuery, answer: pageOf(a.product) },
  'products.make': { method: 'POST', path: '/v1/products', ...both('articles:write'), status: 201, body: a.productForm, answer: a.product },
  'products.change': { method: 'PATCH', path: '/v1/products/:productId', ...both('articles:write'), status: 200, params: one.product, body: a.productChange, answer: a.product },
  'products.show': { method: 'GET', path: '/v1/products/:productId', ...both('articles:read'), status: 200, params: one.product, answer: a.product },

  'levels.list': { method: 'GET', path: '/v1/levels', ...both('stock:read'), status: 200, query: s.levelsQuery, answer: pageOf(s.level) },
  'movements.list': { method: 'GET', path: '/v1/movements', ...both('stock:read'), status: 200, query: s.movementsQuery, answer: pageOf(s.movementListed) },
  'sales.register': { method: 'POST', path: '/v1/sales', ...both('stock:write'), status: 201, body: s.saleForm, answer: s.documentMade },
  'sales.register-many': { method: 'POST', path: '/v1/sales/batch', ...both('stock:write'), status: 200, body: s.salesBatch, answer: s.salesBatchMade },
  'goods-receipts.register': { method: 'POST', path: '/v1/goods-receipts', ...both('stock:write'), status: 201, body: s.receiptForm, answer: s.documentMade },
  'goods-receipts.register-many': { method: 'POST', path: '/v1/goods-receipts/batch', ...both('stock:write'), status: 200, body: s.receiptsBatch, answer: s.receiptsBatchMade },
  'counts.register': { method: 'POST', path: '/v1/counts', ...both('stock:write'), status: 201, body: s.countForm, answer: s.countMade },
  'counts.compare': { method: 'POST', path: '/v1/counts/compare', ...both('stock:read'), status: 200, body: s.compareForm, answer: s.compared },
  'counts.register-many': { method: 'POST', path: '/v1/counts/batch', ...both('stock:write'), status: 200, body: s.countsBatch, answer: s.countsBatchMade },
  'corrections.register': { method: 'POST', path: '/v1/corrections', ...both('stock:write'), status: 201, body: s.correctionForm, answer: s.documentMade },
  'reservations.list': { method: 'GET', path: '/v1/reservations', ...both('stock:read'), status: 200, query: s.reservationsQuery, answer: pageOf(s.reservation) },
  'reservations.claim': { method: 'POST', path: '/v1/reservations', ...both('stock:write'), status: 201, body: s.reservationForm, answer: s.reservation },
  'reservations.release': { method: 'DELETE', path: '/v1/reservations/:reservationId', ...both('stock:write'), status: 200, params: one.reservation, answer: s.reservation },
  'documents.list': { method: 'GET', path: '/v1/documents', ...both('stock:read'), status: 200, query: s.documentsQuery, answer: pageOf(s.document) },
  'documents.show': { method: 'GET', path: '/v1/documents/:documentId', ...both('stock:read'), status: 200, params: one.document, answer: s.document },

  'orders.list': { method: 'GET', path: '/v1/orders', ...both('orders:read'), status: 200, query: o.ordersQuery, answer: pageOf(o.orderHead) },
  'orders.show': { method: 'GET', path: '/v1/orders/:orderId', ...both('orders:read'), status: 200, params: one.order, answer: o.order },
  'orders.put-back': { method: 'POST', path: '/v1/orders/:orderId/put-back', ...both('orders:write'), status: 200, params: one.order, body: o.putBackForm, answer: o.putBack },
  'orders.connect': { method: 'POST', path: '/v1/orders/:orderId/connect', ...both('orders:write'), status: 200, params: one.order, body: o.connectForm, answer: o.connected },
  ...handedOverRoutes,
  ...shippingRoutes,

  'connectors.list': { method: 'GET', path: '/v1/connectors', ...both('connections:read'), status: 200, answer: c.connectors },
  'connections.list': { method: 'GET', path: '/v1/connections', ...both('connections:read'), status: 200, answer: c.connections },
  'connections.make': { method: 'POST', path: '/v1/connections', ...both('connections:write'), status: 201, body: c.connectionForm, answer: c.connection },
  'connections.show': { method: 'GET', path: C, ...both('connections:read'), status: 200, params: one.connection, answer: c.connection },
  /** As connections.show; to whoever accepts text/event-stream, as an event "page" each time it has changed. */
  'connections.live': { method: 'GET', path: `${C}/live`, ...both('connections:read'), status: 200, params: one.connection, answer: c.connection },
  'connections.settings': { method: 'POST', path: `${C}/settings`, ...both('connections:write'), status: 200, params: one.connection, body: c.settingsForm, answer: c.connection },
  'connections.check': { method: 'POST', path: `${C}/check`, ...both('connections:write'), status: 200, params: one.connection, body: nothing, answer: c.connection },
  'connections.preview-places': {
    method: 'POST',
    path: `${C}/places/preview`,
    ...both('connections:write'),
    status: 200,
    params: one.connection,
    body: c.placesForm,
    answer: c.placesPreview,
  },
  'connections.places': { method: 'POST', path: `${C}/places`, ...both('connections:write'), status: 200, params: one.connection, body: c.placesForm, answer: c.connection },
  'connections.activate': { method: 'POST', path: `${C}/activate`, ...both('connections:write'), status: 200, params: one.connection, body: nothing, answer: c.connection },
  'connections.subscribe': { method: 'POST', path: `${C}/subscribe`, ...both('connections:write'), status: 200, params: one.connection, body: nothing, answer: c.connection },
  'connections.pause': { method: 'POST', path: `${C}/pause`, ...both('connections:write'), status: 200, params: one.connection, body: nothing, answer: c.connection },
  'connections.resume': { method: 'POST', path: `${C}/resume`, ...both('connections:write'), status: 200, params: one.connection, body: nothing, answer: c.connection },
  'connections.disconnect': { method: 'DELETE', path: C, ...both('connections:write'), status: 200, params: one.connection, answer: c.disconnected },
  'connections.match': { method: 'POST', path: `${C}/match`, ...both('connections:write'), status: 202, params: one.connection, body: nothing, answer: c.run },
  'connections.articles': {
    method: 'GET',
    path: `${C}/articles`,
    ...both('connections:read'),
    status: 200,
    params: one.connection,
    query: c.connectionArticlesQuery,
    answer: pageOf(c.connectionArticle),
  },
  'connections.box': { method: 'POST', path: `${C}/box`, ...both('connections:write'), status: 200, params: one.connection, body: c.boxForm, answer: c.boxMade },
  'connections.buffer': { method: 'POST', path: `${C}/buffer`, ...both('connections:write'), status: 200, params: one.connection, body: c.bufferForm, answer: c.bufferMade },
  'connections.retry': { method: 'POST', path: `${C}/retry`, ...both('connections:write'), status: 200, params: one.connection, body: c.retryForm, answer: c.cellsTouched },
  'connections.article': {
    method: 'GET',
    path: `${C}/articles/:articleId`,
    ...both('connections:read'),
    status: 200,
    params: one.connectionArticle,
    answer: c.connectionArticleWhole,
  },
  'connections.find': { method: 'POST', path: `${C}/find`, ...both('connections:write'), status: 200, params: one.connection, body: c.findForm, answer: c.findMade },
  'connections.stocking': {
    method: 'POST',
    path: `${C}/stocking`,
    ...both('connections:write'),
    status: 202,
    params: one.connection,
    body: c.stockingForm,
    answer: c.cellsTouched,
  },
  'connections.looks': { method: 'POST', path: `${C}/looks`, ...both('connections:write'), status: 200, params: one.connection, body: c.someArticlesForm, answer: c.cellsTouched },
  'connections.listings': {
    method: 'GET',
    path: `${C}/listings`,
    ...both('connections:read'),
    status: 200,
    params: one.connection,
    query: c.listingsQuery,
    answer: pageOf(c.listing),
  },
  'connections.calls': { method: 'GET', path: `${C}/calls`, ...both('connections:read'), status: 200, params: one.connection, query: m.callsQuery, answer: pageOf(m.call) },
  'connections.call': { method: 'GET', path: `${C}/calls/:callId`, ...both('connections:read'), status: 200, params: one.call, answer: m.callWhole },
  'connections.inbox': { method: 'GET', path: `${C}/inbox`, ...both('connections:read'), status: 200, params: one.connection, query: m.inboxQuery, answer: pageOf(m.message) },
  'connections.message': { method: 'GET', path: `${C}/inbox/:messageId`, ...both('connections:read'), status: 200, params: one.message, answer: m.messageWhole },
  'connections.dismiss-message': {
    method: 'POST',
    path: `${C}/inbox/:messageId/dismiss`,
    ...both('connections:write'),
    status: 200,
    params: one.message,
    body: nothing,
    answer: m.message,
  },
  'connections.retry-message': {
    method: 'POST',
    path: `${C}/inbox/:messageId/retry`,
    ...both('connections:write'),
    status: 200,
    params: one.message,
    body: nothing,
    answer: m.message,
  },
  'differences.list': {
    method: 'GET',
    path: `${C}/differences`,
    ...both('connections:read'),
    status: 200,
    params: one.connection,
    query: d.differencesQuery,
    answer: pageOf(d.difference),
  },
  'differences.days': { method: 'GET', path: `${C}/differences/days`, ...both('connections:read'), status: 200, params: one.connection, answer: d.differenceDays },
  'differences.send': {
    method: 'POST',
    path: `${C}/differences/:differenceId/send`,
    ...both('connections:write'),
    status: 200,
    params: one.difference,
    body: nothing,
    answer: d.difference,
  },
  'differences.correct': {
    method: 'POST',
    path: `${C}/differences/:differenceId/correct`,
    ...both('connections:write'),
    status: 200,
    params: one.difference,
    body: nothing,
    answer: d.difference,
  },
  'runs.list': { method: 'GET', path: `${C}/runs`, ...both('connections:read'), status: 200, params: one.connection, query: c.runsQuery, answer: pageOf(c.run) },
  'runs.start': { method: 'POST', path: `${C}/runs`, ...both('connections:write'), status: 202, params: one.connection, body: c.runForm, answer: c.run },
  /** The shop's numbers become ours: for all that nobody counted, or for these articles whether counted or not. */
  'runs.take-over': { method: 'POST', path: `${C}/take-over`, ...both('connections:write'), status: 202, params: one.connection, body: c.someArticlesForm, answer: c.run },
  'runs.show': { method: 'GET', path: `${C}/runs/:runId`, ...both('connections:read'), status: 200, params: one.run, answer: c.run },
  'runs.summary': { method: 'GET', path: `${C}/runs/:runId/summary`, ...both('connections:read'), status: 200, params: one.run, answer: c.runSummary },
  'runs.items': { method: 'GET', path: `${C}/runs/:runId/items`, ...both('connections:read'), status: 200, params: one.run, query: c.runItemsQuery, answer: pageOf(c.runItem) },
  /** Of a check of the webshop article ids: every article, what changes first. */
  'runs.ids': { method: 'GET', path: `${C}/runs/:runId/ids`, ...both('connections:read'), status: 200, params: one.run, query: c.idsQuery, answer: c.idsFound },
  'runs.confirm': { method: 'POST', path: `${C}/runs/:runId/confirm`, ...both('connections:write'), status: 200, params: one.run, body: nothing, answer: c.run },
  'runs.pause': { method: 'POST', path: `${C}/runs/:runId/pause`, ...both('connections:write'), status: 200, params: one.run, body: nothing, answer: c.run },
  'runs.go-on': { method: 'POST', path: `${C}/runs/:runId/go-on`, ...both('connections:write'), status: 200, params: one.run, body: nothing, answer: c.run },
  'runs.cancel': { method: 'POST', path: `${C}/runs/:runId/cancel`, ...both('connections:write'), status: 200, params: one.run, body: nothing, answer: c.run },

  /** The shop is told what it showed before, less what was sold since. A preview first, as of every run. */
  'runs.undo': { method: 'POST', path: `${C}/runs/:runId/undo`, ...both('connections:write'), status: 202, params: one.run, body: nothing, answer: c.run },

  ...imageRoutes,
  ...priceRoutes,
  ...customerRoutes,
  ...invoiceRoutes,
  ...companyRoutes,
  ...bulkRoutes,
  ...catalogueRoutes,
  ...importRoutes,
  ...mailRoutes,
  ...masterRoutes,
  ...searchRoutes,
  ...viewRoutes,
} as const satisfies Record<string, Route>

export type RouteId = keyof typeof routes
export const routeIds = Object.keys(routes) as RouteId[]
/** The routes as plain `Route`s, for whoever walks over all of them. */
export const routeOf = (routeId: RouteId): Route => routes[routeId]

type Part<R extends RouteId, P extends 'params' | 'query' | 'body'> = (typeof routes)[R] extends Record<P, infer Schema extends z.ZodType> ? Schema : never
/** What goes over the wire: the client's side. */
export type Params<R extends RouteId> = { [K in keyof z.input<Part<R, 'params'>>]: string | number }
export type Query<R extends RouteId> = z.input<Part<R, 'query'>>
export type Body<R extends RouteId> = z.input<Part<R, 'body'>>
export type Answer<R extends RouteId> = z.input<(typeof routes)[R]['answer']>
/** What a handler is given and gives: instants are Dates, ids in addresses are numbers. */
export type Asked<R extends RouteId, P extends 'params' | 'query' | 'body'> = z.output<Part<R, P>>
export type Answered<R extends RouteId> = z.output<(typeof routes)[R]['answer']>
