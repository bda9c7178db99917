/** The addresses of the app. Each page is its own chunk, fetched when first opened. */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import type { ArticleState } from '../src/web/contract/states.ts'
import { data } from './data.ts'
import { storedLocale } from './locale.ts'
import { isArticleState } from './parts/article-state.tsx'
import { isListedType, type ListedType } from './parts/document-types.ts'
import { type InvoiceFilter, isInvoiceFilter } from './parts/invoice-filter.ts'
import { isOfferState, type OfferState } from './parts/offer-state.ts'
import { isOrderState, type OrderState } from './parts/order-state.tsx'
import { isShopTab, type ShopTab } from './parts/shop-tabs.ts'
import { Failure } from './parts/states.tsx'
import { sessionQuery, setupQuery } from './session.ts'
import { Bare } from './shell/bare.tsx'
import { Frame } from './shell/frame.tsx'
import { NotHere } from './shell/not-here.tsx'
import { speak } from './words.ts'

const root = createRootRoute({
  notFoundComponent: NotHere,
  errorComponent: ({ error, reset }) => (
    <Bare>
      <Failure error={error} retry={reset} />
    </Bare>
  ),
})

const start = createRoute({
  getParentRoute: () => root,
  path: '/start',
  beforeLoad: async () => {
    const setup = await data.ensureQueryData(setupQuery)
    if (!setup.needed) throw redirect({ to: '/' })
  },
  component: lazyRouteComponent(() => import('./pages/first-run.tsx'), 'FirstRun'),
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { to?: string } =>
    typeof search.to === 'string' && search.to.startsWith('/') && !search.to.startsWith('//') ? { to: search.to } : {},
  beforeLoad: async () => {
    const { session } = await data.ensureQueryData(sessionQuery)
    if (session) throw redirect({ to: '/' })
    const setup = await data.ensureQueryData(setupQuery)
    if (setup.needed) throw redirect({ to: '/start' })
  },
  component: lazyRouteComponent(() => import('./pages/sign-in.tsx'), 'SignIn'),
})

/** Everything for those who are signed in. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ location }) => {
    const { session } = await data.ensureQueryData(sessionQuery)
    if (!session) throw redirect({ to: '/sign-in', search: location.pathname === '/' ? {} : { to: location.pathname } })
    if (storedLocale() === null) await speak(session.person.locale)
  },
  component: Frame,
})

/** What a list is searched for. A number in the address is text here. */
const asked = (search: Record<string, unknown>): { q?: string } => (typeof search.q === 'string' || typeof search.q === 'number' ? { q: String(search.q) } : {})

const home = createRoute({ getParentRoute: () => inside, path: '/', component: lazyRouteComponent(() => import('./pages/overview.tsx'), 'OverviewPage') })
const attention = createRoute({
  getParentRoute: () => inside,
  path: '/attention',
  // The group whose items are shown.
  validateSearch: (search: Record<string, unknown>): { open?: string } => (typeof search.open === 'string' ? { open: search.open } : {}),
  component: lazyRouteComponent(() => import('./pages/attention.tsx'), 'AttentionPage'),
})
const isMoment = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)
const isStockFilter = (value: unknown): value is 'negative' | 'uncounted' => value === 'negative' || value === 'uncounted'
const articles = createRoute({
  getParentRoute: () => inside,
  path: '/articles',
  validateSearch: (search: Record<string, unknown>): { stock?: 'negative' | 'uncounted'; q?: string } => ({
    ...(isStockFilter(search.stock) ? { stock: search.stock } : {}),
    ...asked(search),
  }),
  component: lazyRouteComponent(() => import('./pages/articles.tsx'), 'Articles'),
})
const newArticle = createRoute({ getParentRoute: () => inside, path: '/articles/new', component: lazyRouteComponent(() => import('./pages/new-article.tsx'), 'NewArticle') })
const importArticles = createRoute({
  getParentRoute: () => inside,
  path: '/articles/import',
  component: lazyRouteComponent(() => import('./pages/import-articles.tsx'), 'ImportArticles'),
})
const bulkChanges = createRoute({ getParentRoute: () => inside, path: '/articles/changes', component: lazyRouteComponent(() => import('./pages/bulk-changes.tsx'), 'BulkChanges') })
const bulkChange = createRoute({
  getParentRoute: () => inside,
  path: '/articles/changes/$id',
  // How the file is read comes before what it would do.
  validateSearch: (search: Record<string, unknown>): { step?: 'columns' } => (search.step === 'columns' ? { step: 'columns' } : {}),
  component: lazyRouteComponent(() => import('./pages/bulk-change.tsx'), 'BulkChangePage'),
})
const article = createRoute({ getParentRoute: () => inside, path: '/articles/$id', component: lazyRouteComponent(() => import('./pages/article.tsx'), 'ArticlePage') })
const history = createRoute({
  getParentRoute: () => inside,
  path: '/articles/$id/history',
  // The store, whether webshops' answers are shown too, and of which time: moments as in the API.
  validateSearch: (search: Record<string, unknown>): { store?: number; all?: true; from?: string; until?: string } => ({
    ...(typeof search.store === 'number' ? { store: search.store } : {}),
    ...(search.all === true ? { all: true } : {}),
    ...(isMoment(search.from) ? { from: search.from } : {}),
    ...(isMoment(search.until) ? { until: search.until } : {}),
  }),
  component: lazyRouteComponent(() => import('./pages/history.tsx'), 'HistoryPage'),
})
const sale = createRoute({ getParentRoute: () => inside, path: '/sale', component: lazyRouteComponent(() => import('./pages/sale.tsx'), 'Sale') })
const receipt = createRoute({ getParentRoute: () => inside, path: '/receipt', component: lazyRouteComponent(() => import('./pages/receipt.tsx'), 'Receipt') })
const articleSearch = (search: Record<string, unknown>): { article?: number } => (typeof search.article === 'number' ? { article: search.article } : {})
const count = createRoute({
  getParentRoute: () => inside,
  path: '/count',
  validateSearch: articleSearch,
  component: lazyRouteComponent(() => import('./pages/count.tsx'), 'Count'),
})
const documents = createRoute({
  getParentRoute: () => inside,
  path: '/documents',
  validateSearch: (search: Record<string, unknown>): { type: ListedType } => ({ type: isListedType(search.type) ? search.type : 'sale' }),
  component: lazyRouteComponent(() => import('./pages/documents.tsx'), 'Documents'),
})
const document = createRoute({ getParentRoute: () => inside, path: '/documents/$id', component: lazyRouteComponent(() => import('./pages/document.tsx'), 'DocumentShown') })
const orders = createRoute({
  getParentRoute: () => inside,
  path: '/orders',
  validateSearch: (search: Record<string, unknown>): { state?: OrderState; shop?: number; q?: string } => ({
    ...asked(search),
    ...(isOrderState(search.state) ? { state: search.state } : {}),
    ...(typeof search.shop === 'number' ? { shop: search.shop } : {}),
  }),
  component: lazyRouteComponent(() => import('./pages/orders.tsx'), 'Orders'),
})
const order = createRoute({ getParentRoute: () => inside, path: '/orders/$id', component: lazyRouteComponent(() => import('./pages/order.tsx'), 'OrderPage') })
const invoices = createRoute({
  getParentRoute: () => inside,
  path: '/invoices',
  validateSearch: (search: Record<string, unknown>): { state?: InvoiceFilter; q?: string } => ({
    ...(isInvoiceFilter(search.state) ? { state: search.state } : {}),
    ...asked(search),
  }),
  component: lazyRouteComponent(() => import('./pages/invoices.tsx'), 'Invoices'),
})
const offers = createRoute({
  getParentRoute: () => inside,
  path: '/offers',
  validateSearch: (search: Record<string, unknown>): { state?: OfferState } => (isOfferState(search.state) ? { state: search.state } : {}),
  component: lazyRouteComponent(() => import('./pages/offers.tsx'), 'Offers'),
})
const newOffer = createRoute({
  getParentRoute: () => inside,
  path: '/offers/new',
  validateSearch: articleSearch,
  component: lazyRouteComponent(() => import('./pages/new-offer.tsx'), 'NewOffer'),
})
const customers = createRoute({
  getParentRoute: () => inside,
  path: '/customers',
  validateSearch: asked,
  component: lazyRouteComponent(() => import('./pages/customers.tsx'), 'Customers'),
})
const customer = createRoute({ getParentRoute: () => inside, path: '/customers/$id', component: lazyRouteComponent(() => import('./pages/customer.tsx'), 'CustomerPage') })
const stores = createRoute({ getParentRoute: () => inside, path: '/stores', component: lazyRouteComponent(() => import('./pages/stores.tsx'), 'Stores') })
const store = createRoute({ getParentRoute: () => inside, path: '/stores/$id', component: lazyRouteComponent(() => import('./pages/store.tsx'), 'StorePage') })
const company = createRoute({ getParentRoute: () => inside, path: '/company', component: lazyRouteComponent(() => import('./pages/company.tsx'), 'CompanyPage') })
const keys = createRoute({ getParentRoute: () => inside, path: '/keys', component: lazyRouteComponent(() => import('./pages/keys.tsx'), 'Keys') })
const webshops = createRoute({ getParentRoute: () => inside, path: '/webshops', component: lazyRouteComponent(() => import('./pages/webshops.tsx'), 'Webshops') })
const webshop = createRoute({
  getParentRoute: () => inside,
  path: '/webshops/$id',
  validateSearch: (search: Record<string, unknown>): { tab?: ShopTab; state?: ArticleState /** Calls begun by then. */; at?: string } => ({
    ...(isShopTab(search.tab) ? { tab: search.tab } : {}),
    ...(isArticleState(search.state) ? { state: search.state } : {}),
    ...(isMoment(search.at) ? { at: search.at } : {}),
  }),
  component: lazyRouteComponent(() => import('./pages/webshop.tsx'), 'Webshop'),
})
const guide = createRoute({
  getParentRoute: () => inside,
  path: '/webshops/$id/guide',
  // The step to open; without it the first one that isn't ticked.
  validateSearch: (search: Record<string, unknown>): { step?: string } => (typeof search.step === 'string' ? { step: search.step } : {}),
  component: lazyRouteComponent(() => import('./pages/guide.tsx'), 'Guide'),
})
const views = createRoute({ getParentRoute: () => inside, path: '/views', component: lazyRouteComponent(() => import('./pages/views.tsx'), 'Views') })
const view = createRoute({
  getParentRoute: () => inside,
  path: '/views/$id',
  // The article number asked about.
  validateSearch: (search: Record<string, unknown>): { why?: string } => (typeof search.why === 'string' || typeof search.why === 'number' ? { why: String(search.why) } : {}),
  component: lazyRouteComponent(() => import('./pages/view.tsx'), 'ViewPage'),
})
const run = createRoute({ getParentRoute: () => inside, path: '/webshops/$id/runs/$runId', component: lazyRouteComponent(() => import('./pages/run.tsx'), 'RunPage') })

const tree = root.addChildren([
  start,
  signIn,
  inside.addChildren([
    home,
    attention,
    articles,
    newArticle,
    importArticles,
    bulkChanges,
    bulkChange,
    article,
    history,
    sale,
    receipt,
    count,
    documents,
    document,
    orders,
    order,
    invoices,
    offers,
    newOffer,
    customers,
    customer,
    stores,
    store,
    company,
    keys,
    webshops,
    webshop,
    guide,
    run,
    views,
    view,
  ]),
])

export const router = createRouter({ routeTree: tree, scrollRestoration: true, defaultPreload: 'intent', defaultPreloadStaleTime: 0 })

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
