/** The calls by noun, in the order they are read about, each with what is said of it. The compiler holds that every route has its words. */
import { type RouteId, routeIds } from '../routes.ts'
import type { About } from './about.ts'
import { aboutBulk } from './about-bulk.ts'
import { aboutCatalogues } from './about-catalogues.ts'
import { aboutConnections } from './about-connections.ts'
import { aboutCustomers } from './about-customers.ts'
import { aboutGoods } from './about-goods.ts'
import { aboutImages } from './about-images.ts'
import { aboutImports } from './about-imports.ts'
import { aboutInvoices } from './about-invoices.ts'
import { aboutMail } from './about-mail.ts'
import { aboutMasters } from './about-masters.ts'
import { aboutOrders } from './about-orders.ts'
import { aboutPeople } from './about-people.ts'
import { aboutPrices } from './about-prices.ts'
import { aboutViews } from './about-views.ts'

const about: Record<RouteId, About> = {
  ...aboutPeople,
  ...aboutGoods,
  ...aboutBulk,
  ...aboutImages,
  ...aboutPrices,
  ...aboutCustomers,
  ...aboutOrders,
  ...aboutInvoices,
  ...aboutConnections,
  ...aboutCatalogues,
  ...aboutImports,
  ...aboutMail,
  ...aboutMasters,
  ...aboutViews,
}
export const aboutOf = (id: RouteId): About => about[id]

export interface Group {
  /** Its address under /docs/api, and its tag in OpenAPI. */
  code: string
  title: string
  text: string
  /** The first part of its routes' ids. */
  nouns: readonly string[]
}
export const groups: readonly Group[] = [
  { code: 'articles', title: 'Articles and products', text: 'What is sold. Article numbers and barcodes are text, to the letter: 007 is not 7.', nouns: ['articles', 'products'] },
  {
    code: 'bulk',
    title: 'Bulk changes',
    text: 'Many articles at once, from a file or by one choice for all. Everything is shown first, with what is wrong and what is unusual; it is carried out when it is started, in parts, and can be undone.',
    nouns: ['bulk'],
  },
  {
    code: 'images',
    title: 'Images',
    text: 'Pictures of products, ordered. JPEG, PNG, WebP and GIF, at most 20 MB and 20 million pixels; what a camera wrote beside the picture (place, time, owner) is thrown away, the picture itself is kept as it is.',
    nouns: ['images'],
  },
  {
    code: 'prices',
    title: 'Prices and offers',
    text: 'What an article costs, here and there, now and then: regular prices, offers with dates, the lowest of thirty days, and every change.',
    nouns: ['prices', 'offers'],
  },
  {
    code: 'stock',
    title: 'Stock',
    text: 'Levels, and the documents that move them. There is no call that sets a number: a sale, a receipt, a count or a correction says what happened, and the level follows.',
    nouns: ['levels', 'movements', 'sales', 'goods-receipts', 'counts', 'corrections', 'reservations', 'documents', 'restore'],
  },
  { code: 'orders', title: 'Orders', text: 'Orders from webshops and from outside systems, as they stand now.', nouns: ['orders'] },
  { code: 'customers', title: 'Customers', text: 'Whoever orders, with no more about them than somebody said.', nouns: ['customers', 'privacy-requests'] },
  {
    code: 'invoices',
    title: 'Invoices',
    text: 'What an ERP has booked, and whether each order and its shop have the PDF. They are made in the ERP; here they are fetched, shown and handed on.',
    nouns: ['invoices'],
  },
  {
    code: 'views',
    title: 'Sync views',
    text: 'For an ERP, a till or a warehouse system that follows what changes and hands in what happened there. Begin with “Sync views: how an outside system reads and writes”.',
    nouns: ['views'],
  },
  {
    code: 'connections',
    title: 'Connections to webshops',
    text: 'Set up, watched and steered; the pages of the back office use the same calls.',
    nouns: ['connectors', 'connections', 'differences', 'runs'],
  },
  {
    code: 'catalogues',
    title: 'Products in a webshop',
    text: 'Whether a shop is told of our products and prices, and how; how far it has come, and what it didn’t take.',
    nouns: ['catalogues', 'imports'],
  },
  {
    code: 'masters',
    title: 'An ERP as stock master',
    text: 'Of a location whose numbers come from an ERP: how it calls here, how far it has been read, and what came of each call. The connection itself is set up like any other.',
    nouns: ['masters'],
  },
  {
    code: 'company',
    title: 'Company, locations and keys',
    text: 'The company a key belongs to, its stores and warehouses, its VAT rates, and its keys.',
    nouns: ['company', 'sandbox', 'locations', 'vat-rates', 'keys'],
  },
  {
    code: 'people',
    title: 'People and sign-in',
    text: 'For the pages of the back office; an outside system uses an API key instead.',
    nouns: ['setup', 'session', 'overview', 'attention', 'search', 'mail'],
  },
]

export const nounOf = (id: RouteId): string => id.slice(0, id.indexOf('.'))
/** Every route is in one group; a test holds it. */
export const groupOf = (id: RouteId): Group | undefined => groups.find((group) => group.nouns.includes(nounOf(id)))
export const routesOf = (group: Group): RouteId[] => routeIds.filter((id) => group.nouns.includes(nounOf(id)))
