/** Articles and products, and the documents that move their stock. */
import { type About, lines, numbers } from './about.ts'

const perLine = 'Each line is a transaction of its own with its own outcome; one bad line never blocks the rest, so the status is 200 also when lines were refused.'
const sameRef = 'Repeating a `ref` with the same content answers the same and books nothing; with other content it is refused.'

export const aboutGoods = {
  'articles.list': {
    summary: 'List or look up articles',
    text: 'One of `number`, `barcode`, `remoteRef`, `externalId` looks up exactly, to the letter, leading zeros included; a number an article had before finds it too, with `moved`. `q` searches the start of numbers and words of names.',
  },
  'articles.live': {
    summary: 'Listen for changes of articles’ states',
    text: 'With `Accept: text/event-stream`: an event `page` each time something may have changed. It says when; the articles themselves are asked for.',
  },
  'articles.export': {
    summary: 'Export articles as a file',
    text: 'CSV with the filter of the list, in the language of whoever asks: its headings, its separator and its decimal mark, as the import reads them. A column per barcode, per store’s pieces and per webshop’s box. Numbers and barcodes stay text in a spreadsheet, and nothing is run as a formula.',
  },
  'articles.make': { summary: 'Make an article', text: 'Without `productId` it is a product of its own.', refusals: numbers },
  'articles.make-many': { summary: 'Make many articles', text: perLine },
  'articles.show': { summary: 'Show an article', text: 'With its barcodes, prices, stock per location, state per webshop and former numbers.' },
  'articles.change': { summary: 'Change an article', text: 'Only the fields sent. A new `number` keeps the old one reserved for this article.', refusals: numbers },
  'articles.sync': {
    summary: 'Say why an article isn’t in sync',
    text: 'A line for everyone who is to hear of it: every webshop with its places and what it is told of the product, the ERP that is master, and every sync view. Each says how it stands, since when, what the other side last said, and the one next thing to do.',
  },
  'articles.timeline': {
    summary: 'Tell an article’s history',
    text: 'What moved its stock, latest booking first, with the running numbers, who did it and from what document; with `show=all` also what webshops were told and answered. `until` shows it as it was booked at that moment. With `locationId` the first page says how the number came about: `asOf`.',
  },
  'articles.add-barcode': { summary: 'Give an article a barcode', refusals: ['barcode-taken', 'barcode-invalid'] },
  'articles.drop-barcode': { summary: 'Take a barcode from an article' },
  'articles.price': { summary: 'Set an article’s price at one location', text: 'Null takes the location’s own price away.', refusals: ['unknown-location'] },
  'products.list': { summary: 'List or look up products' },
  'products.make': { summary: 'Make a product with its variants', text: 'Whole or not at all. Each variant names one value of every option.', refusals: numbers },
  'products.change': { summary: 'Change a product', text: 'Its name, and what shops show beside it. What is left out stays as it is.' },
  'products.show': { summary: 'Show a product with its articles' },

  'levels.list': {
    summary: 'List stock per article and location',
    text: 'A page holds whole articles: `limit` counts articles. Null is unknown (nothing was ever booked there), which is never zero.',
  },
  'movements.list': { summary: 'List movements of stock', text: 'The ledger, newest first, of all articles or of one.' },
  'sales.register': { summary: 'Register a sale', text: `A negative quantity is a return. ${sameRef}`, refusals: lines },
  'sales.register-many': { summary: 'Register many sales', text: `What an offline till kept. ${perLine}` },
  'goods-receipts.register': { summary: 'Register goods that came in', text: sameRef, refusals: lines },
  'goods-receipts.register-many': { summary: 'Register many goods receipts', text: perLine },
  'counts.register': {
    summary: 'Register what was counted',
    text: `A line is compared with the book as it was at its \`countedAt\`, so the shop may sell meanwhile. ${sameRef}`,
    refusals: [...lines, 'counted-in-future'],
  },
  'counts.compare': { summary: 'Compare a count with the book', text: 'As it would be handed in; nothing is booked.', refusals: [...lines, 'counted-in-future'] },
  'counts.register-many': { summary: 'Register many counts', text: perLine },
  'corrections.register': { summary: 'Write off pieces', text: `Waste and internal use: pieces that left without being sold. ${sameRef}`, refusals: lines },
  'restore.show': {
    summary: 'Show what may be missing after a restore',
    text: 'Null unless the database was put back from a backup. Ask now and then; when `dataUntil` is there, send again every sale, receipt, count and order from after it, under the same `ref`: what is here already is booked once.',
  },
  'restore.nothing-missing': {
    summary: 'Say that everything was sent again',
    text: 'A key says it for itself, a signed-in person for everybody. Until nobody is waited for, webshops’ numbers are lowered and never raised.',
  },
  'reservations.list': { summary: 'List or look up reservations' },
  'reservations.claim': {
    summary: 'Reserve pieces for a while',
    text: 'Never grants more than is available. It ends by itself after `expiresInSeconds`. Repeating a `key` answers the same claim.',
    refusals: [...lines, 'not-enough-stock', 'no-level-yet'],
  },
  'reservations.release': { summary: 'Release a reservation', refusals: ['reservation-over'] },
  'documents.list': { summary: 'List sales, goods receipts, counts and corrections', text: 'Newest first, as they were handed in.' },
  'documents.show': { summary: 'Show a document' },
} as const satisfies Record<string, About>
