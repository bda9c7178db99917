/** What the pages ask, each question once. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { type Answer, api, type Query } from './api.ts'
import { learnWords } from './words.ts'

export type Article = Answer<'articles.show'>
export type AttentionGroup = Answer<'attention.show'>['groups'][number]
export type AttentionItem = Answer<'attention.items'>['items'][number]
export type ArticleRow = Answer<'articles.list'>['items'][number]
export type ArticleSync = Answer<'articles.sync'>
export type Catalogue = Answer<'catalogues.show'>
export type Connection = Answer<'connections.show'>
export type ConnectionHead = Answer<'connections.list'>['items'][number]
export type Connector = Answer<'connectors.list'>['items'][number]
export type Invoice = Answer<'invoices.show'>
export type Image = Answer<'images.list'>['items'][number]
export type Location = Answer<'locations.list'>['items'][number]
export type Customer = Answer<'customers.show'>
export type PrivacyRequest = Answer<'privacy-requests.list'>['items'][number]
export type CustomerRow = Answer<'customers.list'>['items'][number]
export type Document = Answer<'documents.show'>
export type Master = Answer<'masters.show'>
export type Order = Answer<'orders.show'>
export type OrderLine = Order['lines'][number]
export type OrderRow = Answer<'orders.list'>['items'][number]
export type Mail = Answer<'mail.show'>
export type Overview = Answer<'overview.show'>
export type Sales = Answer<'overview.sales'>
export type View = Answer<'views.show'>
export type Why = Answer<'views.why'>
export type Offer = Answer<'offers.show'>
export type ShopImportShown = NonNullable<Answer<'imports.show'>['import']>
export type Run = Answer<'runs.show'>

export const locationsQuery = queryOptions({
  queryKey: ['locations'],
  queryFn: () => api('locations.list'),
  staleTime: 30_000,
  select: (page) => page.items.filter((location) => location.archivedAt === null),
})
/** What can be connected. Each brings the words of its own codes along. */
export const connectorsQuery = queryOptions({
  queryKey: ['connectors'],
  queryFn: async () => {
    const page = await api('connectors.list')
    for (const connector of page.items) learnWords(connector.words)
    return page
  },
  staleTime: Number.POSITIVE_INFINITY,
  select: (page) => page.items,
})
export const connectionsQuery = queryOptions({
  queryKey: ['connections'],
  queryFn: () => api('connections.list'),
  select: (page) => page.items.filter((connection) => connection.state !== 'gone'),
})

/** Those that are told our numbers: an ERP's numbers are taken over, and none of it is boxed or told. */
export const webshopsQuery = queryOptions({
  ...connectionsQuery,
  select: (page) => page.items.filter((connection) => connection.state !== 'gone' && connection.role === 'webshop'),
})
/** An ERP: what it is master of, how far it was read, and when it called. */
export const masterQuery = (connectionId: number) =>
  queryOptions({
    queryKey: ['master', connectionId],
    queryFn: () => api('masters.show', { params: { connectionId } }),
    refetchInterval: (query) => (query.state.data?.walk.beganAt ? 1500 : 5000),
  })

export const keysQuery = queryOptions({ queryKey: ['keys'], queryFn: () => api('keys.list') })
export const overviewQuery = queryOptions({ queryKey: ['overview'], queryFn: () => api('overview.show'), refetchInterval: 10_000 })
export const overviewSalesQuery = queryOptions({ queryKey: ['overview', 'sales'], queryFn: () => api('overview.sales'), refetchInterval: 60_000 })

/** What waits for somebody, in the words of `locale`. */
export const attentionQuery = (locale: string) => queryOptions({ queryKey: ['attention', locale], queryFn: () => api('attention.show'), refetchInterval: 15_000 })
export const attentionItemsQuery = (cause: AttentionGroup['cause'], listener: AttentionGroup['listener']) =>
  infiniteQueryOptions({
    queryKey: ['attention', 'items', cause, listener?.id ?? 0],
    queryFn: ({ pageParam }) => {
      const at = listener === null ? {} : listener.kind === 'view' ? { viewId: String(listener.id) } : { connectionId: String(listener.id) }
      return api('attention.items', { query: { cause, ...at, limit: '200', ...(pageParam ? { cursor: pageParam } : {}) } })
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 0) > 1 ? false : 5000),
  })

export const mailQuery = queryOptions({ queryKey: ['mail'], queryFn: () => api('mail.show') })

export const restoreQuery = queryOptions({ queryKey: ['restore'], queryFn: () => api('restore.show'), refetchInterval: 60_000 })

export const connectionQuery = (connectionId: number) =>
  queryOptions({
    queryKey: ['connection', connectionId],
    queryFn: () => api('connections.show', { params: { connectionId } }),
    // Livelier while something is on its way.
    refetchInterval: (query) => (query.state.data && (query.state.data.runs.length > 0 || query.state.data.waiting > 0) ? 1500 : 10_000),
  })

/** What a shop is told of products; livelier while some are on their way. */
export const catalogueQuery = (connectionId: number) =>
  queryOptions({
    queryKey: ['catalogue', connectionId],
    queryFn: () => api('catalogues.show', { params: { connectionId } }),
    refetchInterval: (query) => (query.state.data && (query.state.data.waiting > 0 || query.state.data.run?.endedAt === null) ? 1500 : 10_000),
  })
/** The first-time import of a webshop's products. */
export const importQuery = (connectionId: number) =>
  queryOptions({
    queryKey: ['import', connectionId],
    queryFn: () => api('imports.show', { params: { connectionId } }),
    refetchInterval: (query) => (['reading', 'judging', 'importing', 'stocking'].includes(query.state.data?.import?.state ?? '') ? 1000 : false),
  })
/** What a run of what differs would come to, and how long it takes. */
export const catalogueSizeQuery = (connectionId: number) =>
  queryOptions({
    queryKey: ['catalogue', connectionId, 'size'],
    queryFn: () => api('catalogues.size', { params: { connectionId }, body: { mode: 'verify' } }),
    staleTime: 60_000,
  })
export type ToldFilter = Pick<Query<'catalogues.told'>, 'runId' | 'outcome'>
/** `told` = how many have been so far: when more have, it is read anew. */
export const toldProductsQuery = (connectionId: number, filter: ToldFilter, told: number) =>
  infiniteQueryOptions({
    queryKey: ['catalogue', connectionId, 'told', filter, told],
    queryFn: ({ pageParam }) => api('catalogues.told', { params: { connectionId }, query: { ...filter, limit: '500', ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 0) > 1 ? false : 5000),
  })
export const untakenQuery = (connectionId: number) =>
  queryOptions({
    queryKey: ['catalogue', connectionId, 'rejected'],
    queryFn: () => api('catalogues.rejected', { params: { connectionId } }),
    select: (page) => page.items,
    refetchInterval: 10_000,
  })

export const articleQuery = (articleId: number) =>
  queryOptions({ queryKey: ['article', articleId], queryFn: () => api('articles.show', { params: { articleId } }), refetchInterval: 5000 })

/** Who knows what of it, and what is to be done about it. */
export const articleSyncQuery = (articleId: number) =>
  queryOptions({ queryKey: ['article', articleId, 'sync'], queryFn: () => api('articles.sync', { params: { articleId } }), refetchInterval: 5000 })

/** Whatever bears the text, everywhere. */
export const searchQuery = (q: string) => queryOptions({ queryKey: ['search', q], queryFn: () => api('search.find', { query: { q } }), enabled: q !== '', staleTime: 2000 })

export const productQuery = (productId: number) => queryOptions({ queryKey: ['product', productId], queryFn: () => api('products.show', { params: { productId } }) })
export const imagesQuery = (productId: number) =>
  queryOptions({ queryKey: ['images', productId], queryFn: () => api('images.list', { params: { productId } }), select: (list) => list.items })

/** As it stands towards one webshop, with what the webshop has of its number. */
export const articleAtQuery = (articleId: number, connectionId: number) =>
  queryOptions({ queryKey: ['article', articleId, 'at', connectionId], queryFn: () => api('connections.article', { params: { connectionId, articleId } }) })

export type ArticlesFilter = Pick<Query<'articles.list'>, 'q' | 'connectionId' | 'state' | 'stock'>
export const articlesQuery = (filter: ArticlesFilter) =>
  infiniteQueryOptions({
    queryKey: ['articles', filter],
    queryFn: ({ pageParam }) => api('articles.list', { query: { ...filter, limit: '200', ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })

export type History = Answer<'articles.timeline'>
export type HistoryEvent = History['items'][number]
export type HistoryFilter = Pick<Query<'articles.timeline'>, 'show' | 'from' | 'until'>
/** Of one store, latest first; the first page says how the number came about. */
export const historyPage = (articleId: number, locationId: number, filter: HistoryFilter, cursor: string, limit: string) =>
  api('articles.timeline', { params: { articleId }, query: { locationId: String(locationId), ...filter, limit, ...(cursor ? { cursor } : {}) } })
export const historyQuery = (articleId: number, locationId: number, filter: HistoryFilter, limit: string) =>
  infiniteQueryOptions({
    queryKey: ['timeline', articleId, locationId, filter, limit],
    queryFn: ({ pageParam }) => historyPage(articleId, locationId, filter, pageParam, limit),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    // What was booked by a moment in the past doesn't change.
    refetchInterval: (query) => (filter.until !== undefined || (query.state.data?.pages.length ?? 0) > 1 ? false : 5000),
  })

export type OrdersFilter = Pick<Query<'orders.list'>, 'q' | 'connectionId' | 'customerId' | 'state'>
export const ordersQuery = (filter: OrdersFilter) =>
  infiniteQueryOptions({
    queryKey: ['orders', filter],
    queryFn: ({ pageParam }) => api('orders.list', { query: { ...filter, limit: '200', ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 0) > 1 ? false : 5000),
  })
export const orderQuery = (orderId: number) => queryOptions({ queryKey: ['order', orderId], queryFn: () => api('orders.show', { params: { orderId } }), refetchInterval: 10_000 })

export const invoicesQuery = (filter: Pick<Query<'invoices.list'>, 'q' | 'state'>) =>
  infiniteQueryOptions({
    queryKey: ['invoices', filter],
    queryFn: ({ pageParam }) => api('invoices.list', { query: { ...filter, limit: '200', ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 0) > 1 ? false : 5000),
  })

export const privacyRequestsQuery = (filter: Pick<Query<'privacy-requests.list'>, 'open' | 'customerId'>) =>
  queryOptions({ queryKey: ['privacy-requests', filter], queryFn: () => api('privacy-requests.list', { query: { ...filter, limit: '100' } }), refetchInterval: 30_000 })
export const customersQuery = (filter: Pick<Query<'customers.list'>, 'q' | 'email'>) =>
  infiniteQueryOptions({
    queryKey: ['customers', filter],
    queryFn: ({ pageParam }) => api('customers.list', { query: { ...filter, limit: '200', ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
export const customerQuery = (customerId: number) =>
  queryOptions({ queryKey: ['customer', customerId], queryFn: () => api('customers.show', { params: { customerId } }), refetchInterval: 10_000 })

export const pricesQuery = (articleId: number) =>
  queryOptions({ queryKey: ['prices', articleId], queryFn: () => api('prices.show', { params: { articleId } }), refetchInterval: 10_000 })
export const priceChangesQuery = (articleId: number) =>
  infiniteQueryOptions({
    queryKey: ['price-changes', articleId],
    queryFn: ({ pageParam }) => api('prices.changes', { query: { articleId: String(articleId), limit: '20', ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
export const offersQuery = (filter: Pick<Query<'offers.list'>, 'q' | 'state' | 'articleId'>) =>
  infiniteQueryOptions({
    queryKey: ['offers', filter],
    queryFn: ({ pageParam }) => api('offers.list', { query: { ...filter, limit: filter.articleId === undefined ? '200' : '10', ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 0) > 1 ? false : 10_000),
  })

export const documentsQuery = (type: 'sale' | 'goods-receipt' | 'count') =>
  infiniteQueryOptions({
    queryKey: ['documents', type],
    queryFn: ({ pageParam }) => api('documents.list', { query: { type, limit: '50', ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
export const documentQuery = (documentId: number) => queryOptions({ queryKey: ['document', documentId], queryFn: () => api('documents.show', { params: { documentId } }) })

export const runQuery = (connectionId: number, runId: number) =>
  queryOptions({
    queryKey: ['run', connectionId, runId],
    queryFn: () => api('runs.show', { params: { connectionId, runId } }),
    refetchInterval: (query) => (query.state.data && ['looking', 'sending', 'paused', 'stopping'].includes(query.state.data.state) ? 700 : false),
  })

/** Asked anew while the run moves, and when its state changes. */
export const runSummaryQuery = (connectionId: number, run: Run) =>
  queryOptions({
    queryKey: ['run-summary', connectionId, run.id, run.state],
    queryFn: () => api('runs.summary', { params: { connectionId, runId: run.id } }),
    placeholderData: (before) => before,
    refetchInterval: run.state === 'ready' || run.endedAt !== null ? false : 2000,
  })

export const viewsQuery = queryOptions({ queryKey: ['views'], queryFn: () => api('views.list'), select: (page) => page.items })
/** The time of the last poll isn't told live, so that it is asked for now and then. */
export const viewQuery = (viewId: number) => queryOptions({ queryKey: ['view', viewId], queryFn: () => api('views.show', { params: { viewId } }), refetchInterval: 5000 })
export const whyQuery = (viewId: number, number: string) =>
  queryOptions({ queryKey: ['view', viewId, 'why', number], queryFn: () => api('views.why', { params: { viewId, number } }), refetchInterval: 5000, enabled: number !== '' })
export const rejectedCausesQuery = (viewId: number) =>
  queryOptions({ queryKey: ['view', viewId, 'causes'], queryFn: () => api('views.rejected-causes', { params: { viewId } }), refetchInterval: 5000 })
export const rejectedQuery = (viewId: number, error: string) =>
  infiniteQueryOptions({
    queryKey: ['view', viewId, 'rejected', error],
    queryFn: ({ pageParam }) => api('views.rejected', { params: { viewId }, query: { error, ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
