/** The client by itself, over a scripted wire: what each answer means, the day's token, and the pace. */
import { describe, expect, test } from 'vitest'
import { RemoteError, type Tools } from '../../src/connectors/contract.ts'
import { openClient } from '../../src/connectors/shopify/client.ts'
import { SET_STOCK, UNSUBSCRIBE, WHOAMI } from '../../src/connectors/shopify/documents.ts'
import { pacing } from '../../src/connectors/shopify/pacing.ts'
import { askInParts } from '../../src/connectors/shopify/paging.ts'
import { outcomesOf } from '../../src/connectors/shopify/push.ts'
import { settings } from '../../src/connectors/shopify/settings.ts'
import { HttpFailed } from '../../src/kit/http.ts'

const SECRET = 'shpss_verysecret'
const withToken = settings.parse({ shop: 'min-butik', accessToken: 'shpat_verysecret' })
const withClient = settings.parse({ shop: 'min-butik', clientId: 'c'.repeat(32), clientSecret: SECRET })

type Answer = { status?: number; headers?: Record<string, string>; body?: unknown } | Error
/** Answers in turn; `calls` is what was asked, `slept` what the client waited. */
function wire(...answers: Answer[]) {
  const kept = new Map<string, string>()
  const calls: { url: string; headers: Record<string, string>; body: string }[] = []
  const warned: unknown[] = []
  let now = Date.parse('2026-11-02T08:00:00.000Z')
  const pass = (ms: number) => {
    now += ms
  }
  const clock = { now: () => new Date(now), sleep: async (ms: number) => pass(ms) }
  const tools: Tools = {
    http: async (url, init) => {
      calls.push({ url, headers: init.headers, body: String(init.body ?? '') })
      const answer = answers.shift() ?? expect.fail(`nobody answers ${init.label}`)
      if (answer instanceof Error) throw answer
      return {
        status: answer.status ?? 200,
        headers: answer.headers ?? {},
        body: typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? {}),
        bytes: new Uint8Array(),
      }
    },
    clock,
    log: { info: () => undefined, warn: (facts) => void warned.push(facts) },
    keep: { get: async (name) => kept.get(name) ?? null, set: async (name, value) => void kept.set(name, value) },
  }
  return { tools, calls, warned, kept, pass, now: () => now }
}
const failure = (work: Promise<unknown>): Promise<RemoteError> =>
  work.then(
    () => expect.fail('should have failed'),
    (error: unknown) => (error instanceof RemoteError ? error : Promise.reject(error)),
  )
const whoami = {
  data: {
    shop: { id: 'gid://shopify/Shop/1', name: 'B', myshopifyDomain: 'min-butik.myshopify.com', currencyCode: 'SEK' },
    currentAppInstallation: { app: null, accessScopes: [] },
  },
}
const done = { data: { inventorySetQuantities: { inventoryAdjustmentGroup: { id: 'g' }, userErrors: [] } } }
const errors = (code: string, message = 'x', path?: string[]) => ({
  body: {
    data: null,
    errors: [{ message, path, extensions: { code } }],
    extensions: { cost: { requestedQueryCost: 10, throttleStatus: { maximumAvailable: 2000, currentlyAvailable: -90, restoreRate: 100 } } },
  },
})
const cost = (currentlyAvailable: number, requestedQueryCost = 10) => ({
  extensions: { cost: { requestedQueryCost, throttleStatus: { maximumAvailable: 2000, currentlyAvailable, restoreRate: 100 } } },
})
const token = (value: string, expires_in = 86_399) => ({ body: { access_token: value, scope: 'read_orders', expires_in } })

describe('what an answer means', () => {
  test.each([
    [{ status: 401 }, 'denied', 'token-wrong', 'no'],
    [{ status: 402 }, 'denied', 'shop-frozen', 'no'],
    [{ status: 403 }, 'denied', 'access-denied', 'no'],
    [{ status: 404 }, 'denied', 'shop-not-found', 'no'],
    [{ status: 423 }, 'denied', 'shop-locked', 'no'],
    [{ status: 429, headers: { 'retry-after': '2.0' } }, 'busy', 'throttled', 'no'],
    [{ status: 502 }, 'busy', 'remote-error', 'unknown'],
    [{ status: 503, headers: { 'retry-after': '2' } }, 'busy', 'remote-error', 'unknown'],
    [{ status: 418 }, 'strange', 'answer-unexpected', 'no'],
    [{ status: 302 }, 'strange', 'answer-unexpected', 'unknown'],
    [{ body: '<html>' }, 'strange', 'answer-unreadable', 'unknown'],
    [{ body: { data: { inventorySetQuantities: { userErrors: 'none' } } } }, 'strange', 'answer-unreadable', 'unknown'],
    [errors('THROTTLED'), 'busy', 'throttled', 'no'],
    [errors('BAD_REQUEST'), 'refused', 'request-refused', 'no'],
    [errors('MAX_COST_EXCEEDED'), 'refused', 'request-refused', 'no'],
    [errors('INTERNAL_SERVER_ERROR'), 'busy', 'remote-error', 'unknown'],
    [errors('SOMETHING_NEW'), 'strange', 'answer-unexpected', 'unknown'],
    [{ body: { errors: 'Not Found' } }, 'strange', 'answer-unexpected', 'unknown'],
    [new HttpFailed('timeout', true, 'x'), 'busy', 'timeout', 'unknown'],
    [new HttpFailed('unreachable', false, 'x'), 'busy', 'unreachable', 'no'],
    [new HttpFailed('unreachable', true, 'x'), 'busy', 'unreachable', 'unknown'],
    [new HttpFailed('refused-address', false, 'x'), 'denied', 'address-refused', 'no'],
  ] as const)('a write answered %j: %s %s, executed %s', async (answer, kind, code, executed) => {
    const error = await failure(openClient(withToken, wire(answer as Answer).tools).ask(SET_STOCK, {}, 'live'))
    expect(error).toMatchObject({ kind, code, executed })
    expect(`${error.stack}${JSON.stringify(error)}`).not.toContain('verysecret')
  })
  test('a lost read did nothing', async () => {
    expect(await failure(openClient(withToken, wire({ status: 502 }).tools).ask(WHOAMI, {}, 'live'))).toMatchObject({ executed: 'no' })
  })
  test('Retry-After is in seconds', async () => {
    expect(await failure(openClient(withToken, wire({ status: 429, headers: { 'retry-after': '2.0' } }).tools).ask(WHOAMI, {}, 'live'))).toMatchObject({ retryAfterMs: 2000 })
  })
  test('THROTTLED waits as long as the missing points take', async () => {
    const error = await failure(openClient(withToken, wire(errors('THROTTLED')).tools).ask(SET_STOCK, {}, 'live'))
    expect(error.retryAfterMs).toBe(1000)
  })
  test('a missing right is named', async () => {
    const answer = errors('ACCESS_DENIED', 'Access denied for orders field. Required access: `read_orders` access scope.', ['orders'])
    expect(await failure(openClient(withToken, wire(answer).tools).ask(WHOAMI, {}, 'live'))).toMatchObject({
      kind: 'denied',
      code: 'scope-missing',
      facts: { scope: 'read_orders' },
    })
  })
  test('another API version than asked for is seen and said once', async () => {
    const old = { body: whoami, headers: { 'x-shopify-api-version': '2027-01', 'x-shopify-api-deprecated-reason': 'https://shopify.dev/x' } }
    const { tools, warned } = wire(old, old)
    const client = openClient(withToken, tools)
    for (let i = 0; i < 2; i++) await client.ask(WHOAMI, {}, 'live')
    expect(client.version()).toEqual({ asked: '2026-10', answered: '2027-01', deprecated: 'https://shopify.dev/x' })
    expect(warned).toHaveLength(1)
  })
})

describe("the day's token", () => {
  test('is asked for once however many wait for it, sealed, and renewed before it ends', async () => {
    const w = wire(token('t-1'), { body: whoami }, { body: whoami }, token('t-2'), { body: whoami })
    const client = openClient(withClient, w.tools)
    await Promise.all([client.ask(WHOAMI, {}, 'live'), client.ask(WHOAMI, {}, 'live')])
    expect(w.calls.map((c) => c.headers['x-shopify-access-token'])).toEqual([undefined, 't-1', 't-1'])
    expect(w.calls[0]).toMatchObject({ url: 'https://min-butik.myshopify.com/admin/oauth/access_token' })
    expect(new URLSearchParams(w.calls[0]?.body).get('grant_type')).toBe('client_credentials')
    w.pass(86_399_000 - 60_000)
    await client.ask(WHOAMI, {}, 'live')
    expect(w.calls.at(-1)?.headers['x-shopify-access-token']).toBe('t-2')
  })
  test('is kept between openings, but never used with other credentials', async () => {
    const w = wire(token('t-1'), { body: whoami }, { body: whoami }, token('t-2'), { body: whoami })
    for (let i = 0; i < 2; i++) await openClient(withClient, w.tools).ask(WHOAMI, {}, 'live')
    const other = settings.parse({ shop: 'min-butik', clientId: 'c'.repeat(32), clientSecret: 'shpss_rotated' })
    await openClient(other, w.tools).ask(WHOAMI, {}, 'live')
    expect(w.calls.filter((c) => c.url.endsWith('access_token'))).toHaveLength(2)
  })
  test('turned away early, it is renewed once; turned away again, it is wrong', async () => {
    const w = wire(token('t-1'), { status: 401 }, token('t-2'), { body: whoami }, { status: 401 }, token('t-3'), { status: 401 })
    const client = openClient(withClient, w.tools)
    await client.ask(WHOAMI, {}, 'live')
    expect(await failure(client.ask(WHOAMI, {}, 'live'))).toMatchObject({ kind: 'denied', code: 'token-wrong' })
  })
  test.each([
    ['invalid_client', 'client-wrong'],
    ['shop_not_permitted', 'shop-other-organisation'],
    ['app_not_installed', 'app-not-installed'],
    ['whatever_comes', 'client-wrong'],
  ])('%s is said as %s', async (said, code) => {
    const error = await failure(openClient(withClient, wire({ status: 400, body: { error: said } }).tools).ask(WHOAMI, {}, 'live'))
    expect(error).toMatchObject({ kind: 'denied', code, executed: 'no' })
    expect(`${error.stack}${JSON.stringify(error)}`).not.toContain('verysecret')
  })
  test('a lost answer to the question for a token is no write', async () => {
    expect(await failure(openClient(withClient, wire(new HttpFailed('timeout', true, 'x')).tools).ask(SET_STOCK, {}, 'live'))).toMatchObject({ kind: 'busy', executed: 'no' })
  })
})

describe('the pace', () => {
  test('a first question goes at once; later ones wait for their points', async () => {
    const w = wire({ body: { ...done, ...cost(5) } }, { body: { ...done, ...cost(0) } })
    const client = openClient(withToken, w.tools)
    await client.ask(SET_STOCK, {}, 'live')
    const before = w.now()
    await client.ask(SET_STOCK, {}, 'live')
    expect(w.now() - before).toBe(50)
  })
  test('a long wait is the caller’s to plan: nothing is sent', async () => {
    const w = wire({ body: { ...done, ...cost(-1000) } })
    const client = openClient(withToken, w.tools)
    await client.ask(SET_STOCK, {}, 'live')
    expect(await failure(client.ask(SET_STOCK, {}, 'live'))).toMatchObject({ kind: 'busy', code: 'throttled', executed: 'no', retryAfterMs: 10_100 })
    expect(w.calls).toHaveLength(1)
  })
  test('S12: backfill leaves a reserve that live work may use', () => {
    const pace = pacing()
    const now = new Date('2026-11-02T08:00:00.000Z')
    pace.learn({ maximumAvailable: 2000, currentlyAvailable: 205, restoreRate: 100 }, now)
    expect(pace.take(10, false, now)).toBe(50)
    expect(pace.take(10, true, now)).toBe(0)
    expect(pace.take(10, false, new Date(now.getTime() + 200))).toBe(0)
  })
  test('points come back, never beyond the bucket, and a clock set back gives none', () => {
    const pace = pacing()
    const now = new Date('2026-11-02T08:00:00.000Z')
    pace.learn({ maximumAvailable: 100, currentlyAvailable: 0, restoreRate: 50 }, now)
    expect(pace.waitFor(100, now)).toBe(2000)
    expect(pace.waitFor(100, new Date(now.getTime() - 3_600_000))).toBe(2000)
    expect(pace.take(100, true, new Date(now.getTime() + 3_600_000))).toBe(0)
    expect(pace.take(1, true, new Date(now.getTime() + 3_600_000))).toBe(20)
  })
})

describe('R29: a batch that Shopify refuses', () => {
  const error = (code: string, ...field: string[]) => ({ code, field: field.length === 0 ? null : field, message: 'said' })
  const kinds = (count: number, ...given: ReturnType<typeof error>[]) => outcomesOf(count, given).map((o) => (o.kind === 'refused' ? o.code : o.kind))
  test('R29: the rows at fault say why, the others were certainly not sent', () => {
    expect(
      kinds(
        4,
        error('CHANGE_FROM_QUANTITY_STALE', 'input', 'quantities', '1', 'changeFromQuantity'),
        error('NON_MUTABLE_INVENTORY_ITEM', 'input', 'quantities', '3', 'inventoryItemId'),
      ),
    ).toEqual(['not-sent', 'stale', 'not-sent', 'bundle'])
    expect(kinds(2, error('INVALID_INVENTORY_ITEM', 'input', 'quantities', '0', 'inventoryItemId'))).toEqual(['item-gone', 'not-sent'])
    expect(kinds(2, error('INVALID_LOCATION', 'input', 'quantities', '1', 'locationId'))).toEqual(['not-sent', 'place-gone'])
    expect(kinds(1, error('ITEM_NOT_STOCKED_AT_LOCATION', 'input', 'quantities', '0'))).toEqual(['not-stocked'])
    expect(kinds(1, error('SOMETHING_NEW', 'input', 'quantities', '0'))).toEqual(['remote-strange'])
  })
  test('R29: without a word on which row, one row alone is it; more are sent again in smaller batches', () => {
    expect(kinds(1, error('CHANGE_FROM_QUANTITY_STALE'))).toEqual(['stale'])
    expect(kinds(3, error('CHANGE_FROM_QUANTITY_STALE'))).toEqual(['not-sent', 'not-sent', 'not-sent'])
  })
  test('R15: a key that ended badly did nothing now; one still running may yet do it', () => {
    expect(kinds(2, error('IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED'))).toEqual(['not-sent', 'not-sent'])
    expect(kinds(2, error('IDEMPOTENCY_KEY_PARAMETER_MISMATCH'))).toEqual(['not-sent', 'not-sent'])
    expect(() => outcomesOf(1, [error('IDEMPOTENCY_CONCURRENT_REQUEST')])).toThrow(expect.objectContaining({ kind: 'busy', executed: 'unknown', retryAfterMs: 1000 }))
  })
  test('a request that is wrong in itself is refused as a whole, and silence is strange', () => {
    expect(() => outcomesOf(2, [error('INVALID_REASON', 'input', 'reason')])).toThrow(expect.objectContaining({ kind: 'refused', executed: 'no' }))
    expect(() => outcomesOf(2, undefined)).toThrow(expect.objectContaining({ kind: 'strange', executed: 'unknown' }))
  })
})

test('an extra subscription that is gone already is no failure', async () => {
  const answer = { body: { data: { webhookSubscriptionDelete: { userErrors: [{ field: ['id'], message: 'Webhook subscription does not exist' }] } } } }
  await expect(openClient(withToken, wire(answer).tools).ask(UNSUBSCRIBE, { id: 'x' }, 'live')).resolves.toBeDefined()
})

test('a question too dear for many is asked for fewer, down to one', async () => {
  const tooDear = new RemoteError('refused', 'request-refused', 'x', { facts: { said: 'MAX_COST_EXCEEDED' } })
  const sizes: number[] = []
  const ask = (most: number) => async (part: string[]) => {
    sizes.push(part.length)
    if (part.length > most) throw tooDear
    return part
  }
  const ids = Array.from({ length: 45 }, (_, i) => String(i))
  expect(await askInParts(ids, 20, ask(5))).toEqual(ids)
  expect(sizes.slice(0, 4)).toEqual([20, 10, 5, 5])
  await expect(askInParts(ids, 20, ask(0))).rejects.toBe(tooDear)
})
