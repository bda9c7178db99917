import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { GUIDE_SCOPES } from './access.ts'
import { ask, placeGid, set, stillTime } from './asking.ts'
import { skuMatches } from './search.ts'
import { type ShopifySim, startShopify } from './shopify.ts'

let sim: ShopifySim
beforeEach(async () => {
  sim = await startShopify({ clock: stillTime() })
  sim.shop.addItems([{ sku: 'A-1', levels: { Odenplan: 5 } }])
})
afterEach(() => sim.close())
const grant = (fields: Record<string, string>, json = false) =>
  fetch(`${sim.address}/admin/oauth/access_token`, {
    method: 'POST',
    headers: { 'content-type': json ? 'application/json' : 'application/x-www-form-urlencoded' },
    body: json ? JSON.stringify(fields) : new URLSearchParams(fields),
  })
const good = () => ({ grant_type: 'client_credentials', client_id: sim.credentials.clientId, client_secret: sim.credentials.clientSecret })

describe('who may call', () => {
  test('a wrong or missing token: 401 in the recorded words', async () => {
    const answer = await ask(sim, '{ shop { name } }', {}, { token: 'shpss_pasted_secret' })
    expect([answer.status, answer.body]).toEqual([401, { errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' }])
  })
  test('client credentials: a token for 86,399 seconds, by form or JSON', async () => {
    for (const json of [false, true]) {
      const { access_token, scope, expires_in } = (await (await grant(good(), json)).json()) as { access_token: string; scope: string; expires_in: number }
      expect([expires_in, scope]).toEqual([86_399, GUIDE_SCOPES.join(',')])
      expect((await ask(sim, '{ shop { name } }', {}, { token: access_token })).status).toBe(200)
      sim.advance(86_399_000)
      expect((await ask(sim, '{ shop { name } }', {}, { token: access_token })).status).toBe(401)
    }
  })
  test('client credentials refused: the three errors', async () => {
    const error = async (response: Response) => [response.status, ((await response.json()) as { error: string }).error]
    expect(await error(await grant({ ...good(), client_secret: 'x' }))).toEqual([400, 'invalid_client'])
    for (const [kind, word] of [
      ['legacy', 'app_not_installed'],
      ['other-organisation', 'shop_not_permitted'],
    ] as const) {
      const other = await startShopify({ app: { kind } })
      expect(await error(await fetch(`${other.address}/admin/oauth/access_token`, { method: 'POST', body: new URLSearchParams(good()) }))).toEqual([400, word])
      await other.close()
    }
  })
  test('frozen, locked, uninstalled, no such shop', async () => {
    for (const [shop, status] of [
      ['frozen', 402],
      ['locked', 423],
      ['uninstalled-401', 401],
      ['uninstalled-403', 403],
      ['gone', 404],
    ] as const) {
      sim.switch({ shop })
      expect((await ask(sim, '{ shop { name } }')).status).toBe(status)
    }
  })
  test('an old or unknown version falls forward and says so', async () => {
    for (const [asked, served] of [
      ['2026-10', '2026-10'],
      ['2026-04', '2026-04'],
      ['2024-01', '2026-01'],
      ['2019-99', '2026-01'],
    ] as const) {
      const answer = await ask(sim, '{ shop { name } }', {}, { version: asked })
      expect([answer.status, answer.headers.get('x-shopify-api-version')]).toEqual([200, served])
    }
  })
})

describe('rights by field, with the four of the guide', () => {
  test('everything the guide needs answers; the app says its rights', async () => {
    const answer = await ask(
      sim,
      `query Q($l: ID!) { currentAppInstallation { accessScopes { handle } app { title } } locations(first: 5) { nodes { id name } } inventoryItems(first: 5) { nodes { sku inventoryLevels(first: 5) { nodes { quantities(names: ["available"]) { quantity } } } } }
       orders(first: 5) { nodes { id fulfillmentOrders(first: 2) { nodes { id } } } } location(id: $l) { inventoryLevels(first: 5) { nodes { isActive item { sku } } } } }`,
      { l: placeGid(sim, 'Odenplan') },
    )
    expect(answer.errors).toEqual([])
    expect(answer.data?.currentAppInstallation).toMatchObject({ accessScopes: GUIDE_SCOPES.map((handle) => ({ handle })) })
  })
  test('products are denied; what may be null is null and the rest stands', async () => {
    const answer = await ask(sim, '{ productVariants(first: 1) { nodes { id } } }')
    expect(answer.status).toBe(200)
    expect(answer.errors[0]).toMatchObject({
      message: 'Access denied for productVariants field. Required access: `read_products` access scope.',
      path: ['productVariants'],
      extensions: { code: 'ACCESS_DENIED', documentation: 'https://shopify.dev/api/usage/access-scopes', requiredAccess: '`read_products` access scope.' },
    })
    expect(answer.data).toBeNull()
    sim.shop.placeOrder({ lines: [{ sku: 'A-1', quantity: 1 }] })
    const lines = await ask(sim, '{ orders(first: 1) { nodes { customer { id } lineItems(first: 1) { nodes { sku variant { id } } } } } }')
    expect(lines.errors.map((error) => error.message)).toEqual([
      'Access denied for customer field. Required access: `read_customers` access scope.',
      'Access denied for variant field. Required access: `read_products` access scope.',
    ])
    expect(lines.data?.orders).toEqual({ nodes: [{ customer: null, lineItems: { nodes: [{ sku: 'A-1', variant: null }] } }] })
  })
  test('without a fulfilment right fulfilment orders come back empty, without an error', async () => {
    sim.setScopes(GUIDE_SCOPES.filter((scope) => !scope.includes('fulfillment')))
    sim.shop.placeOrder({ lines: [{ sku: 'A-1', quantity: 1 }] })
    const answer = await ask(sim, '{ orders(first: 1) { nodes { fulfillmentOrders(first: 1) { nodes { id } } } } }')
    expect([answer.errors, answer.data?.orders]).toEqual([[], { nodes: [{ fulfillmentOrders: { nodes: [] } }] }])
  })
  test('a write without its right', async () => {
    sim.setScopes(['read_inventory'])
    const { answer } = await set(sim, [{ sku: 'A-1', quantity: 1 }])
    expect(answer.errors[0]?.message).toBe('Access denied for inventorySetQuantities field. Required access: `write_inventory` access scope.')
    expect(answer.data).toEqual({ inventorySetQuantities: null })
  })
  test('nodes: one denied kind doesn’t hide the others', async () => {
    const item = sim.shop.handle({ sku: 'A-1' })
    const answer = await ask(sim, 'query N($ids: [ID!]!) { nodes(ids: $ids) { id ... on InventoryItem { sku } } }', {
      ids: [`gid://shopify/InventoryItem/${item.inventoryItemId}`, `gid://shopify/ProductVariant/${item.variantId}`, 'gid://shopify/Order/1'],
    })
    expect(answer.data?.nodes).toEqual([{ id: `gid://shopify/InventoryItem/${item.inventoryItemId}`, sku: 'A-1' }, null, null])
    expect(answer.errors[0]?.extensions).toMatchObject({ code: 'ACCESS_DENIED' })
  })
})

describe('errors in graphql-ruby’s words', () => {
  test.each([
    ['{ shop { nope } }', "Field 'nope' doesn't exist on type 'Shop'", 'undefinedField'],
    ['query Named { inventoryItems(first: 1, colour: "x") { nodes { id } } }', "Field 'inventoryItems' doesn't accept argument 'colour'", 'argumentNotAccepted'],
    ['{ inventoryItem { id } }', "Field 'inventoryItem' is missing required arguments: id", 'missingRequiredArguments'],
    [
      '{ orders(first: 1, sortKey: NOPE) { nodes { id } } }',
      "Argument 'sortKey' on Field 'orders' has an invalid value (NOPE). Expected type 'OrderSortKeys'.",
      'argumentLiteralsIncompatible',
    ],
    [
      'mutation { inventorySetQuantities(input: { name: "available", reason: "correction" }) { userErrors { message } } }',
      "Argument 'quantities' on InputObject 'InventorySetQuantitiesInput' is required. Expected type [InventoryQuantityInput!]!",
      'missingRequiredInputObjectAttribute',
    ],
    ['{ shop @nope { name } }', 'Directive @nope is not defined', 'undefinedDirective'],
    ['query V($unused: Int) { shop { name } }', 'Variable $unused is declared by V but not used', 'variableNotUsed'],
    ['query V($x: Nope) { inventoryItem(id: $x) { id } }', "Nope isn't a defined input type", 'variableRequiresValidType'],
    ['{ shop }', "Field must have selections (field 'shop' returns Shop but has no selections. Did you mean 'shop { ... }'?)", 'selectionMismatch'],
    ['{ shop { name { x } } }', "Selections can't be made on scalars (field 'name' returns String but has selections)", 'selectionMismatch'],
    ['{ shop { name ', 'syntax error, unexpected <EOF>. at [1, 15]', 'PARSE_ERROR'],
  ])('%s', async (query, message, code) => {
    const answer = await ask(sim, query)
    expect(answer.status).toBe(200)
    expect(answer.errors[0]).toMatchObject({ message, extensions: { code } })
    expect(answer.body).not.toHaveProperty('data')
  })
  test('ids and cursors', async () => {
    expect((await ask(sim, '{ orders { nodes { id } } }')).errors[0]).toMatchObject({ message: 'you must provide one of first or last', extensions: { code: 'BAD_REQUEST' } })
    expect((await ask(sim, '{ orders(first: 1, after: "junk") { nodes { id } } }')).errors[0]?.extensions).toEqual({ code: 'BAD_REQUEST' })
    expect((await ask(sim, '{ order(id: "gid://shopify/Product/1") { id } }')).errors[0]).toMatchObject({
      message: 'Invalid id: gid://shopify/Product/1',
      extensions: { code: 'RESOURCE_NOT_FOUND' },
    })
    expect((await ask(sim, 'query O($id: ID!) { order(id: $id) { id } }', { id: '17' })).errors[0]?.extensions).toMatchObject({
      code: 'INVALID_VARIABLE',
      problems: [{ path: [], explanation: "Invalid global id '17'" }],
    })
    expect((await ask(sim, '{ order(id: "gid://shopify/Order/1") { id } }')).data).toEqual({ order: null })
  })
})

describe('points', () => {
  test('the measured costs of our kind of queries', async () => {
    const costs: [string, Record<string, unknown>, number][] = [
      [
        'query L($l: ID!) { location(id: $l) { inventoryLevels(first: 250, includeInactive: true) { nodes { isActive item { id sku tracked } quantities(names: ["available", "on_hand", "committed"]) { name quantity } } pageInfo { hasNextPage } } } }',
        { l: placeGid(sim, 'Odenplan') },
        36,
      ],
      ['{ orders(first: 100) { nodes { id name updatedAt cancelledAt } } }', {}, 11],
      ['query O($n: Int!) { orders(first: $n) { nodes { id } } }', { n: 0 }, 2],
      ['{ inventoryLevel(id: "gid://shopify/InventoryLevel/1?inventory_item_id=2") { isActive quantities(names: ["on_hand"]) { name quantity } } }', {}, 2],
    ]
    for (const [query, variables, points] of costs) expect((await ask(sim, query, variables)).cost.requestedQueryCost).toBe(points)
  })
  test('the requested cost must be there; the unused part comes back; time restores', async () => {
    const small = await startShopify({ clock: stillTime(), plan: { size: 20, restorePerSecond: 5 } })
    const QUERY = '{ inventoryItems(first: 50) { nodes { id } } }'
    const first = await ask(small, QUERY)
    expect(first.cost).toMatchObject({ requestedQueryCost: 9, actualQueryCost: 2, throttleStatus: { maximumAvailable: 20, currentlyAvailable: 18, restoreRate: 5 } })
    for (let turn = 0; turn < 5; turn += 1) await ask(small, QUERY)
    const throttled = await ask(small, QUERY)
    expect([throttled.status, throttled.body]).toEqual([
      200,
      {
        errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED', documentation: 'https://shopify.dev/api/usage/rate-limits' } }],
        extensions: { cost: { requestedQueryCost: 9, actualQueryCost: null, throttleStatus: { maximumAvailable: 20, currentlyAvailable: 8, restoreRate: 5 } } },
      },
    ])
    small.advance(1000)
    expect((await ask(small, QUERY)).errors).toEqual([])
    await small.close()
  })
  test('more than 1,000 points in one query', async () => {
    const answer = await ask(
      sim,
      '{ orders(first: 250) { nodes { lineItems(first: 250) { nodes { id originalUnitPriceSet { shopMoney { amount } } } } fulfillmentOrders(first: 250) { nodes { id lineItems(first: 250) { nodes { id } } } } } } }',
    )
    expect(answer.errors[0]).toMatchObject({
      message: expect.stringMatching(/^Query cost is \d+, which exceeds the single query max cost limit \(1000\)\./),
      extensions: { code: 'MAX_COST_EXCEEDED', maxCost: 1000 },
    })
  })
})

describe('search', () => {
  test('sku search is by whole words and ignores case: near hits come along', () => {
    expect(['12', '12-A', 'a 12', '123', 'x12'].filter((sku) => skuMatches(sku, '12'))).toEqual(['12', '12-A', 'a 12'])
    expect(skuMatches('tröja-röd', 'TRÖJA-RÖD')).toBe(true)
    expect(skuMatches('TROUSERS-M', 'trou*')).toBe(true)
  })
  test('a new number is found only after the lag; duplicates are counted', async () => {
    sim.switch({ searchLagMs: 10_000 })
    sim.shop.addItems([{ sku: 'A-1' }])
    const find = async () => (await ask(sim, `{ inventoryItems(first: 5, query: "sku:'a-1'") { nodes { sku duplicateSkuCount } } }`)).data?.inventoryItems
    expect(await find()).toEqual({ nodes: [{ sku: 'A-1', duplicateSkuCount: 1 }] })
    sim.advance(10_000)
    expect(await find()).toMatchObject({ nodes: [{ sku: 'A-1' }, { sku: 'A-1' }] })
  })
})

describe('faults', () => {
  const rows = [{ sku: 'A-1', quantity: 8, from: 5 }]
  const given = async (arm: Parameters<ShopifySim['fault']>[0]['arm']) => {
    if (arm !== undefined) sim.fault({ arm })
    const before = sim.calls().length
    const abort = new AbortController()
    const asked = set(sim, rows, 'k1', {}, { signal: abort.signal }).catch(() => null)
    while (sim.calls().length === before) await new Promise((resolve) => setImmediate(resolve))
    abort.abort()
    await asked
    return sim.available('A-1', 'Odenplan')
  }
  test('an answer lost before or after the effect', async () => {
    expect(await given({ kind: 'timeout', when: 'before' })).toBe(5)
    expect(await given({ kind: 'timeout', when: 'after' })).toBe(8)
    expect(await given({ kind: 'hangup', when: 'after' })).toBe(8)
  })
  test('lands late: nobody was told, and then it is there', async () => {
    expect(await given({ kind: 'late', ms: 30_000 })).toBe(5)
    sim.advance(30_000)
    expect(sim.available('A-1', 'Odenplan')).toBe(8)
  })
  test('statuses with Retry-After, THROTTLED, an internal error', async () => {
    sim.fault({ arm: [{ kind: 'status', status: 429, retryAfterSeconds: 2 }, { kind: 'status', status: 502, when: 'after' }, { kind: 'throttled' }, { kind: 'internal' }] })
    const busy = await ask(sim, '{ shop { name } }')
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([429, '2'])
    expect((await set(sim, rows)).answer.status).toBe(502)
    expect(sim.available('A-1', 'Odenplan')).toBe(8)
    expect((await ask(sim, '{ shop { name } }')).errors[0]?.extensions).toMatchObject({ code: 'THROTTLED' })
    expect((await ask(sim, '{ shop { name } }')).errors[0]?.extensions).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' })
    expect((await ask(sim, '{ shop { name } }')).errors).toEqual([])
  })
  test('a checkout between the look and the write makes it stale', async () => {
    sim.fault({ arm: { kind: 'checkout-between', sku: 'A-1', quantity: 1, field: 'inventorySetQuantities' } })
    await ask(sim, '{ shop { name } }')
    expect((await set(sim, rows)).userErrors).toMatchObject([{ code: 'CHANGE_FROM_QUANTITY_STALE' }])
    expect(sim.available('A-1', 'Odenplan')).toBe(4)
  })
  test('anything may happen before a request', async () => {
    sim.beforeNext('inventorySetQuantities', () => sim.shop.handEdit({ sku: 'A-1', at: 'Odenplan', available: 7 }))
    expect((await set(sim, rows)).userErrors).toHaveLength(1)
  })
  test('forced stale and forced key errors', async () => {
    sim.fault({ arm: [{ kind: 'stale', sku: 'A-1' }, { kind: 'key-concurrent' }, { kind: 'key-mismatch' }, { kind: 'key-previous-failed' }] })
    const codes: (string | undefined)[] = []
    for (const key of ['a', 'b', 'c', 'd', 'e']) codes.push((await set(sim, rows, key)).userErrors[0]?.code)
    expect(codes.sort()).toEqual([
      'CHANGE_FROM_QUANTITY_STALE',
      'IDEMPOTENCY_CONCURRENT_REQUEST',
      'IDEMPOTENCY_KEY_PARAMETER_MISMATCH',
      'IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED',
      undefined,
    ])
  })
  test('sabotage: lost writes say done and keep nothing', async () => {
    sim.switch({ lostWrites: true })
    expect((await set(sim, rows)).group).not.toBeNull()
    expect(sim.available('A-1', 'Odenplan')).toBe(5)
  })
  test('tokens die in the middle of things', async () => {
    sim.fault({ arm: { kind: 'token-expired' } })
    expect((await ask(sim, '{ shop { name } }')).status).toBe(401)
    expect((await ask(sim, '{ shop { name } }')).status).toBe(401)
    expect((await grant(good())).status).toBe(200)
  })
})

describe('control over HTTP', () => {
  const post = async (path: string, body: unknown = {}) =>
    (await (await fetch(`${sim.address}/_sim/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })).json()) as {
      result: Record<string, never>
      error?: string
    }
  test('the storefront, faults, clock, state, calls, reset', async () => {
    expect((await post('shop/placeOrder', { lines: [{ sku: 'A-1', quantity: 2 }] })).result.name).toBe('#1001')
    expect((await post('shop/cancel', { order: '#1001', restock: false })).result).toMatchObject({ name: '#1001' })
    expect((await post('shop/placeOrder', { lines: [{ sku: 'NOPE', quantity: 2 }] })).error).toBe('no item with sku NOPE')
    await post('fault', { switches: { lostWrites: true }, arm: { kind: 'throttled' } })
    await ask(sim, '{ shop { name } }')
    await post('clock', { advanceMs: 60_000 })
    const state = (await (await fetch(`${sim.address}/_sim/state`)).json()) as ReturnType<ShopifySim['state']>
    expect(state).toMatchObject({
      now: '2026-11-02T08:01:00.000Z',
      levels: { 'A-1': { Odenplan: { available: 3, onHand: 3 } } },
      orders: [{ name: '#1001' }],
      switches: { lostWrites: true },
      hits: { 'fault:throttled': 1, 'cancelled-lost': 1 },
    })
    expect((await post('calls')).result).toMatchObject([{ fields: ['shop'], outcome: 'throttled' }])
    expect(await (await fetch(`${sim.address}/_sim/log`)).json()).toMatchObject([{ path: '/admin/api/2026-10/graphql.json', note: 'anonymous: shop · cost - of 1 · throttled' }])
    await post('reset')
    expect(sim.state()).toMatchObject({ items: 0, orders: [], hits: {}, switches: { lostWrites: false } })
    expect((await ask(sim, '{ locations(first: 5) { nodes { name } } }')).data?.locations).toEqual({ nodes: [{ name: 'Odenplan' }, { name: 'Göteborg' }] })
  })
})
