/** A stand-in for one Shopify shop and one app in it, over real HTTP, written from Shopify's documentation and recordings (docs/connectors/shopify.md). */
import { randomBytes } from 'node:crypto'
import { deserialize, serialize } from 'node:v8'
import { json, listen, type SimAnswer, type SimRequest } from '../kit.ts'
import { simTime, type Ticking } from '../time.ts'
import { type AppCredentials, GUIDE_SCOPES, grantToken, shopRefusal } from './access.ts'
import { api } from './api.ts'
import { BULK, bulkOperations, giveUpBulk, servedLines } from './bulk.ts'
import { control, type FaultOrder, orderFault, type ShopState, shopState } from './control.ts'
import { bucket, type Plan } from './cost.ts'
import { customers } from './customers.ts'
import { faults } from './faults.ts'
import { type Hooks, hooks, RETRY_MS } from './hooks.ts'
import { stock } from './levels.ts'
import { CDN, fileAt, gallery } from './media.ts'
import { mediaWrites } from './media-mutations.ts'
import { type MediaVerbs, mediaVerbs } from './media-verbs.ts'
import { news } from './news.ts'
import { orders } from './orders.ts'
import { type Shop, scopesPayload, shopPayload } from './payloads.ts'
import { products } from './products.ts'
import { together } from './reading.ts'
import { reads } from './reads.ts'
import { mediaReads } from './reads-media.ts'
import { noteSku } from './sku-index.ts'
import { receiveUpload, STAGED } from './staged.ts'
import { type Call, hit, type Media, newState, type Product, type State } from './state.ts'
import { type Storefront, storefront } from './storefront.ts'
import type { Switches } from './switches.ts'
import { writes } from './writes.ts'

const CALLS_KEPT = 20_000

export interface ShopifyOptions {
  domain?: string
  name?: string
  currency?: string
  port?: number
  /** The product's clock fits; with a fake one everything here waits for it too. */
  clock?: Ticking
  /** Place names, in order; all ship online orders. */
  places?: string[]
  /** Rights granted to the app; the four of EasyCashier's guide by default. */
  scopes?: readonly string[]
  token?: string
  app?: Partial<AppCredentials>
  hookSecret?: string
  /** The app's own API version for hooks. */
  appVersion?: string
  plan?: Plan
  hookBudgetMs?: number
  hookRetryMs?: number[]
  /** How many hooks are sent at once; one (the default) keeps their order. */
  hookLanes?: number
  switches?: Partial<Switches>
  /** So many calls are remembered at most; then the older half is forgotten. */
  callsKept?: number
  /** A shop as `keep` gave it, to go on with: same ids, numbers, orders and subscriptions. Hooks that waited are lost. */
  kept?: Uint8Array
}

export interface ShopifySim {
  address: string
  domain: string
  /** What a merchant would paste. `hookSecret` is the app's client secret unless given. */
  credentials: { token: string; clientId: string; clientSecret: string; hookSecret: string }
  shop: Storefront & MediaVerbs
  hooks: Hooks
  available(sku: string, place: string): number | null
  state(): ShopState
  fault(order: FaultOrder): void
  switch(switches: Partial<Switches>): void
  /** Does something in the shop when the next request for this field has been let in, before it is executed. */
  beforeNext(field: string, work: () => void): void
  /** Where the app's own settings say that privacy requests go; null = nowhere. */
  privacyAt(uri: string | null): void
  /** Lets held requests go on. */
  release(): number
  setScopes(scopes: readonly string[]): void
  /** Access tokens die (the static one too); client credentials give a new one. */
  expireTokens(): void
  uninstall(status?: 401 | 403): void
  /** Subscriptions of these topics are gone, and nobody says so. */
  loseSubscriptions(...topics: string[]): void
  /** The app's secret is made anew by its owner: tokens given for the old one die, and hooks are signed with the new one. */
  changeSecret(secret: string): void
  calls(): Call[]
  hits(): Record<string, number>
  advance(ms: number): void
  /** Everything the shop remembers, for `kept`; what was counted and measured isn't part of it, so an idle shop is the same bytes. */
  keep(): Uint8Array
  reset(): void
  close(): Promise<void>
}

/** What a shop begins with, besides what its apps bring. */
const PUBLICATIONS = ['Online Store', 'Point of Sale', 'Shop']
/** Two days after the app was taken out the shop asks it to forget everybody. */
const REDACT_AFTER_MS = 48 * 3_600_000

export async function startShopify(options: ShopifyOptions = {}): Promise<ShopifySim> {
  const domain = options.domain ?? 'lagerbro-demo.myshopify.com'
  const clientId = options.app?.clientId ?? '3f0c9a5be1d24b7c8e6a5d4c3b2a1908'
  const clientSecret = options.app?.clientSecret ?? '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'
  const app: AppCredentials = { clientId, clientSecret, kind: options.app?.kind ?? 'dev-dashboard' }
  const token = options.token ?? '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'
  const hookSecret = options.hookSecret ?? clientSecret
  const plan = options.plan ?? { size: 2000, restorePerSecond: 100 }
  const appVersion = options.appVersion ?? '2026-10'
  const fresh = () => newState(options.switches ?? {}, options.scopes ?? GUIDE_SCOPES, hookSecret)

  const state = options.kept === undefined ? fresh() : ({ ...fresh(), ...deserialize(options.kept), calls: [] } as State)
  for (const item of state.items.values()) noteSku(state, item)
  const time = simTime(options.clock)
  const armed = faults((name) => hit(state, name))
  const shopFacts: Shop = { id: '84512907433', name: options.name ?? 'Lagerbro Demo', domain, currency: options.currency ?? 'SEK', address: () => listening.address }
  const desk = hooks(state, time, { domain, appVersion, budgetMs: options.hookBudgetMs ?? 5000, retryMs: options.hookRetryMs ?? RETRY_MS, lanes: options.hookLanes ?? 1 })
  const told = news(state, time, desk, shopFacts)
  const shelves = stock(state, time, told)
  const goods = products(state, time, shelves, told, shopFacts.name, desk.newEvent)
  const shown = (product: Product) => goods.told('products/update', product, desk.newEvent())
  const pictures = gallery(state, time, armed, shown)
  const orderDesk = orders(state, time, shelves, told, desk.newEvent)
  const shop: Storefront & MediaVerbs = {
    ...storefront(state, shelves, goods, orderDesk, customers(state, time, told, desk.newEvent), desk.newEvent),
    ...mediaVerbs(state, pictures, shown, shopFacts.address),
  }
  let befores: { field: string; work: () => void }[] = []

  const graph = api({
    state,
    callsKept: options.callsKept ?? CALLS_KEPT,
    time,
    faults: armed,
    bucket: bucket(state, plan, time.ms),
    reading: (scopes) => ({ state, shop: shopFacts, app: { id: '71884210', title: 'Lager', clientId, apiVersion: appVersion }, scopes, now: time.ms() }),
    resolvers: together(
      reads,
      mediaReads,
      writes({ state, time, stock: shelves, goods, gallery: pictures, faults: armed, now: time.ms, newEvent: desk.newEvent }, orderDesk),
      mediaWrites({ state, time, gallery: pictures, shown }),
      bulkOperations({ state, time, news: told, newEvent: desk.newEvent }),
    ),
    checkout: (fault) => void shop.placeOrder({ lines: [{ sku: fault.sku, quantity: fault.quantity, ...(fault.at === undefined ? {} : { at: fault.at }) }], oversell: true }),
    before: (fields) => {
      const due = befores.filter((each) => fields.includes(each.field))
      befores = befores.filter((each) => !due.includes(each))
      for (const each of due) each.work()
    },
  })

  function answer(request: SimRequest): SimAnswer | Promise<SimAnswer> {
    const version = /^\/admin\/api\/([^/]+)\/graphql\.json$/.exec(request.path)?.[1]
    if (version !== undefined && request.method === 'POST') return graph.answer(request, version)
    if (request.path === '/admin/oauth/access_token' && request.method === 'POST') {
      const refused = state.switches.shop.startsWith('uninstalled') ? null : shopRefusal(state)
      return refused ?? grantToken(state, app, fieldsOf(request), time.ms(), () => `shpat_${randomBytes(16).toString('hex')}`)
    }
    if (request.path.startsWith(STAGED)) return receiveUpload(state, time.ms(), request)
    if (request.path.startsWith(BULK) && request.method === 'GET') return servedLines(state, time.ms(), request.path)
    if (request.path.startsWith(CDN) && request.method === 'GET') return servedFile(fileAt(state, request.path))
    return json(404, { errors: 'Not Found' })
  }
  function open(): void {
    state.tokens.set(token, { scopes: null, expiresAt: null })
    for (const name of options.places ?? ['Odenplan', 'Göteborg']) shelves.addPlace({ name })
    for (const name of PUBLICATIONS) goods.addPublication(name)
  }
  function reset(): void {
    graph.release()
    time.forget()
    desk.forget()
    armed.clear()
    befores = []
    Object.assign(state, fresh())
    open()
  }
  function setScopes(scopes: readonly string[]): void {
    const previous = [...state.scopes]
    state.scopes = new Set(scopes)
    desk.emit('app/scopes_update', () => scopesPayload(shopFacts, previous, [...scopes], time.ms()), desk.newEvent())
  }
  function expireTokens(): void {
    state.tokens.clear()
  }
  function changeSecret(secret: string): void {
    app.clientSecret = secret
    state.tokens.clear()
    desk.rotateSecret(secret)
  }
  function uninstall(status: 401 | 403 = 401): void {
    desk.emit('app/uninstalled', () => shopPayload(shopFacts), desk.newEvent())
    time.after(REDACT_AFTER_MS, () => told.privacy('shop/redact', null, desk.newEvent()))
    state.subscriptions.clear()
    state.switches.shop = status === 401 ? 'uninstalled-401' : 'uninstalled-403'
  }

  if (options.kept === undefined) open()
  else {
    pictures.resume()
    giveUpBulk(state)
  }
  const privacyAt = (uri: string | null) => {
    state.privacyUri = uri
  }
  const parts = { state, time, faults: armed, hooks: desk, api: graph, shop }
  const listening = await listen(
    async (request) => {
      const from = state.calls.length
      const answered = await answer(request)
      const call = state.calls.length > from ? state.calls.at(-1) : undefined
      if (call)
        listening.note(
          request,
          `${call.operation ?? 'anonymous'}: ${call.fields.join(' ')}${call.rows > 0 ? ` x${call.rows}` : ''} · cost ${call.actualCost ?? '-'} of ${call.requestedCost ?? '-'} · ${call.outcome}`,
        )
      return answered
    },
    control({ ...parts, reset, privacyAt, setScopes, expireTokens, uninstall }),
    options.port,
  )

  return {
    address: listening.address,
    domain,
    credentials: { token, clientId, clientSecret, hookSecret },
    shop,
    hooks: desk,
    available: (sku, place) => shop.level({ sku, at: place })?.available ?? null,
    state: () => shopState(parts),
    fault: (order) => orderFault(parts, order),
    switch: (switches) => orderFault(parts, { switches }),
    beforeNext: (field, work) => void befores.push({ field, work }),
    privacyAt,
    release: graph.release,
    setScopes,
    expireTokens,
    uninstall,
    changeSecret,
    loseSubscriptions: (...topics) => {
      for (const { id, topic } of [...state.subscriptions.values()]) if (topics.includes(topic)) state.subscriptions.delete(id)
    },
    calls: () => state.calls,
    hits: () => Object.fromEntries(state.hits),
    advance: time.advance,
    keep: () => serialize({ ...state, calls: [], hits: new Map(), bucket: newState({}, [], '').bucket }),
    reset,
    close: async () => {
      graph.release()
      time.forget()
      desk.forget()
      await listening.close()
    },
  }
}

const servedFile = (media: Media | null): SimAnswer =>
  media?.content == null
    ? { status: 404, headers: { 'content-type': 'text/plain' }, body: 'Not Found' }
    : { status: 200, headers: { 'content-type': media.content.mimeType }, body: media.content.bytes }

/** Form-urlencoded by the documentation, JSON by the official library. */
function fieldsOf(request: SimRequest): Record<string, string> {
  if (typeof request.body === 'object' && request.body !== null) return request.body as Record<string, string>
  return Object.fromEntries(new URLSearchParams(request.raw.toString('utf8')))
}
