/** Sync views: an outside system's window. How they are used is told in docs/sync-views.md. */
import { type About, lines, numbers } from './about.ts'

const cursor = ['cursor-wrong', 'cursor-ahead', 'epoch-changed'] as const
const reading = [...cursor, 'resync-required'] as const

export const aboutViews = {
  'views.list': { summary: 'List sync views' },
  'views.make': { summary: 'Make a sync view', text: 'The answer holds the view’s own key, this once.' },
  'views.show': { summary: 'Show a sync view', text: 'How far behind the reader is, when it asked and acknowledged last, and the run that goes on.' },
  'views.live': { summary: 'Watch a sync view', text: 'As GET; with `Accept: text/event-stream` an event `page` each time it has changed.' },
  'views.why': { summary: 'Ask why an article isn’t there', text: 'By number, former number or barcode.' },
  'views.change': { summary: 'Change a sync view', text: 'Places that leave are said item by item with `unlink`, what joins is queued.' },
  'views.drop': { summary: 'Delete a sync view', text: 'Its keys stop working at once.' },
  'views.make-key': {
    summary: 'Make a view one more key',
    text: 'To change keys without a pause: make the new one, use it, revoke the old. The key is in this answer and never shown again.',
  },
  'views.changes': {
    summary: 'Read changes',
    text: 'Without `after` reading starts at the oldest that isn’t acknowledged. An empty page with `hasMore` is legal: ask again at once.',
    refusals: reading,
  },
  'views.stream': {
    summary: 'Read changes as a stream',
    text: 'Server-sent events; the id of each is the cursor after it, and `Last-Event-ID` goes on there. Acknowledge as when reading pages.',
    refusals: reading,
  },
  'views.ack': { summary: 'Acknowledge what was stored', text: 'Everything up to `cursor`, and item by item in `results`.', refusals: cursor },
  'views.image': { summary: 'Fetch the bytes of an image', text: 'Of an image that is in the view: its `href`. They never change under that address.' },
  'views.invoice-pdf': { summary: 'Fetch the PDF of an invoice', text: 'Of an invoice that is in the view: the `href` of its `pdf`. It names its customer.' },
  'views.resend': {
    summary: 'Send all products again',
    text: 'Or those named; `verify` sends only what isn’t as it was acknowledged, `rejected` what lies rejected. Asked while one goes on, it is the same run, with `repeated` and status 200.',
  },
  'views.resend-size': { summary: 'Say how many items a resend would be' },
  'views.compare': {
    summary: 'Compare what the reader holds',
    text: 'At most 500 things, each by hash, version or quantity; what differs is queued. Nothing is acknowledged by it.',
  },
  'views.run': { summary: 'Show a resend' },
  'views.pause-run': { summary: 'Pause a resend', refusals: ['run-over'] },
  'views.resume-run': { summary: 'Let a paused resend go on', refusals: ['run-over'] },
  'views.cancel-run': { summary: 'Cancel a resend', refusals: ['run-over'] },
  'views.link': { summary: 'Take products into a view' },
  'views.unlink': { summary: 'Take products out of a view', text: 'The reader gets `unlink`, not `delete`.' },
  'views.links': {
    summary: 'Look up what the reader calls which thing',
    text: 'By its own id, our id, article number or barcode, exactly; with a number also what belongs to the article, named or not. Without any of them, all that the reader has named.',
  },
  'views.forget-link': { summary: 'Forget what the reader calls a thing', text: 'When two things want the same id a person decides: forgotten here, the other one may take it.' },
  'views.rejected': { summary: 'List what the reader rejected' },
  'views.rejected-causes': { summary: 'Count what the reader rejected by its reasons' },
  'views.retry': { summary: 'Send what was rejected again' },
  'views.webhook': {
    summary: 'Set a view’s webhook',
    text: 'It says only that there is something to read, signed as Standard Webhooks says. The secret is in this answer and never shown again.',
    refusals: ['webhook-address'],
  },
  'views.drop-webhook': { summary: 'Take a view’s webhook away' },
  'views.webhook-test': { summary: 'Send a test to a view’s webhook', refusals: ['no-webhook'] },
  'views.put-order': {
    summary: 'Hand in an order',
    text: 'As it stands now, whole; sent again it replaces what was sent before and only the difference is posted. The answer’s `ETag` in `If-Match` changes that version and no other.',
    refusals: [...lines, 'version-changed', 'external-id-taken', 'line-twice'],
  },
  'views.put-customer': {
    summary: 'Hand in a customer',
    text: 'As they stand now; any field may be null. Linked at once, so that later changes come back. One that was erased here is refused.',
    refusals: ['version-changed', 'customer-erased'],
  },
  'views.put-product': {
    summary: 'Hand in a product with its articles',
    text: 'As it stands now. What is left out of an article stays as it is; articles that aren’t named are left alone unless `missing` says archive. Linked at once, so that later changes come back.',
    refusals: [...numbers, 'version-changed', 'external-id-taken', 'unknown-location'],
  },
  'views.move-stock': { summary: 'Hand in movements', text: 'What happened there, each once per `externalId`. Each line has its own outcome.' },
  'views.count-stock': { summary: 'Hand in counts', text: 'Compared with the book as it was at `countedAt`. Each line has its own outcome.' },
} as const satisfies Record<string, About>
