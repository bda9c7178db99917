/** The routes of sync views. A view's own key reads and acknowledges; making and managing one takes a person or a key that may. */
import * as h from './handed-in.ts'
import { both, type Route } from './route.ts'
import { bytes, nothing, pageOf } from './shared.ts'
import * as k from './view-links.ts'
import * as w from './view-webhooks.ts'
import * as v from './views.ts'

const manage = both('views:write')
const owned = { ...manage, own: true } as const
const reader = { auth: 'view', scope: null } as const
const V = '/v1/sync-views/:viewId'
const one = { params: v.viewParams } as const

export const viewRoutes = {
  'views.list': { method: 'GET', path: '/v1/sync-views', ...manage, status: 200, answer: v.views },
  'views.make': { method: 'POST', path: '/v1/sync-views', ...manage, status: 201, secret: true, body: v.viewForm, answer: v.viewMade },
  'views.show': { method: 'GET', path: V, ...owned, status: 200, ...one, answer: v.view },
  'views.live': { method: 'GET', path: `${V}/live`, ...owned, status: 200, ...one, answer: v.view },
  'views.why': { method: 'GET', path: `${V}/articles/:number`, ...owned, status: 200, params: v.whyParams, answer: v.why },
  'views.change': { method: 'PATCH', path: V, ...manage, status: 200, ...one, body: v.viewChange, answer: v.view },
  'views.drop': { method: 'DELETE', path: V, ...manage, status: 200, ...one, answer: nothing },
  'views.make-key': { method: 'POST', path: `${V}/keys`, ...manage, status: 201, secret: true, ...one, body: v.viewKeyForm, answer: v.viewKeyMade },
  'views.changes': { method: 'GET', path: `${V}/changes`, ...reader, status: 200, ...one, query: v.changesQuery, answer: v.changes },
  /** The same pages as server-sent events to whoever accepts text/event-stream: the id of each is its cursor, and Last-Event-ID goes on from there. */
  'views.stream': { method: 'GET', path: `${V}/changes/stream`, ...reader, status: 200, ...one, query: v.streamQuery, answer: v.changes },
  'views.ack': { method: 'POST', path: `${V}/ack`, ...reader, status: 200, ...one, body: v.ackForm, answer: v.acked },
  /** The bytes of an image that the view has. */
  'views.image': { method: 'GET', path: `${V}/images/:imageId`, ...owned, status: 200, params: v.viewImageParams, answer: bytes },
  /** The PDF of an invoice that the view has. */
  'views.invoice-pdf': { method: 'GET', path: `${V}/invoices/:invoiceId/pdf`, ...owned, status: 200, params: v.viewInvoiceParams, media: 'application/pdf', answer: bytes },
  'views.resend': { method: 'POST', path: `${V}/resync`, ...owned, status: 201, ...one, body: v.resendForm, answer: v.resendStarted },
  'views.resend-size': { method: 'POST', path: `${V}/resync/size`, ...owned, status: 200, ...one, body: v.resendForm, answer: v.resendSize },
  'views.compare': { method: 'POST', path: `${V}/compare`, ...reader, status: 200, ...one, body: v.compareForm, answer: v.compared },
  'views.run': { method: 'GET', path: `${V}/runs/:runId`, ...owned, status: 200, params: v.resendParams, answer: v.resend },
  'views.pause-run': { method: 'POST', path: `${V}/runs/:runId/pause`, ...owned, status: 200, params: v.resendParams, body: nothing, answer: v.resend },
  'views.resume-run': { method: 'POST', path: `${V}/runs/:runId/resume`, ...owned, status: 200, params: v.resendParams, body: nothing, answer: v.resend },
  'views.cancel-run': { method: 'POST', path: `${V}/runs/:runId/cancel`, ...owned, status: 200, params: v.resendParams, body: nothing, answer: v.resend },
  'views.link': { method: 'POST', path: `${V}/link`, ...owned, status: 200, ...one, body: v.linkForm, answer: v.linked },
  'views.unlink': { method: 'POST', path: `${V}/unlink`, ...owned, status: 200, ...one, body: v.unlinkForm, answer: v.unlinked },
  'views.links': { method: 'GET', path: `${V}/links`, ...owned, status: 200, ...one, query: k.linksQuery, answer: pageOf(k.link) },
  'views.forget-link': { method: 'POST', path: `${V}/links/forget`, ...manage, status: 200, ...one, body: k.forgetForm, answer: k.forgotten },
  'views.rejected': { method: 'GET', path: `${V}/rejected`, ...owned, status: 200, ...one, query: v.rejectedQuery, answer: pageOf(v.rejected) },
  'views.rejected-causes': { method: 'GET', path: `${V}/rejected/causes`, ...owned, status: 200, ...one, answer: v.rejectedCauses },
  'views.retry': { method: 'POST', path: `${V}/rejected/retry`, ...owned, status: 200, ...one, body: v.retryForm, answer: v.retried },

  'views.webhook': { method: 'PUT', path: `${V}/webhook`, ...manage, status: 200, secret: true, ...one, body: w.webhookForm, answer: w.webhookSet },
  'views.drop-webhook': { method: 'DELETE', path: `${V}/webhook`, ...manage, status: 200, ...one, answer: nothing },
  'views.webhook-test': { method: 'POST', path: `${V}/webhook/test`, ...owned, status: 200, ...one, body: w.webhookTest, answer: w.webhookOutcome },

  'views.put-order': {
    method: 'PUT',
    path: `${V}/orders/:externalId`,
    auth: 'view',
    scope: 'orders:write',
    status: 200,
    params: h.pushParams,
    body: h.pushedOrder,
    answer: h.orderTaken,
  },
  'views.put-customer': {
    method: 'PUT',
    path: `${V}/customers/:externalId`,
    auth: 'view',
    scope: 'customers:write',
    status: 200,
    params: h.pushParams,
    body: h.pushedCustomer,
    answer: h.customerTaken,
  },
  'views.put-product': {
    method: 'PUT',
    path: `${V}/products/:externalId`,
    auth: 'view',
    scope: 'articles:write',
    status: 200,
    params: h.pushParams,
    body: h.pushedProduct,
    answer: h.productTaken,
  },
  'views.move-stock': { method: 'POST', path: `${V}/stock-movements`, auth: 'view', scope: 'stock:write', status: 200, ...one, body: h.movementsForm, answer: h.movementsTaken },
  'views.count-stock': { method: 'POST', path: `${V}/counts`, auth: 'view', scope: 'stock:write', status: 200, ...one, body: h.viewCountsForm, answer: h.viewCountsTaken },
} as const satisfies Record<string, Route>
