/** What a get or a list shows, which rows a list has, and what is refused with a pointer to the fault. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { stillTime } from '../shopify/asking.ts'
import { type AbicartSim, startAbicart } from './abicart.ts'
import { ask, refusal } from './asking.ts'

let sim: AbicartSim
beforeEach(async () => {
  sim = await startAbicart({ clock: stillTime() })
})
afterEach(() => sim.close())
const hat = () => sim.shop.addArticles([{ articleNumber: '0071', name: 'Mössa', stock: 5, price: 349 }])[0]?.uid ?? 0
const shirt = () =>
  sim.shop.addArticles([
    {
      articleNumber: 'T',
      name: 'Tröja',
      choices: { Storlek: ['S', 'M'], Färg: ['Röd'] },
      variants: [
        { options: ['S', 'Röd'], articleNumber: 'T-S', stock: 2 },
        { options: ['M', 'Röd'], articleNumber: 'T-M', stock: 3 },
      ],
    },
  ])[0] ?? { uid: 0, articleNumber: null, variants: [] }

test('true, {}, a name, a list of names and sub-keys', async () => {
  const uid = hat()
  const whole = await ask<Record<string, unknown>>(sim, 'Article.get', [uid, true])
  expect(whole).toMatchObject({
    uid,
    articleNumber: '0071',
    changed: '2026-11-02T08:00:00Z',
    stock: { show: true, useStock: true, stock: 5, hideUnstocked: false },
    hasChoices: false,
    articlegroup: null,
  })
  expect(whole).not.toHaveProperty('variants')
  expect(await ask(sim, 'Article.get', [uid, {}])).toEqual(whole)
  expect(await ask(sim, 'Article.get', [String(uid), 'articleNumber'])).toEqual({ articleNumber: '0071' })
  expect(await ask(sim, 'Article.get', [uid, ['uid', 'name']])).toEqual({ uid, name: { sv: 'Mössa' } })
  expect(await ask(sim, 'Article.get', [uid, { name: 'sv', price: { current: 'SEK' }, stock: ['stock'] }])).toEqual({
    name: { sv: 'Mössa' },
    price: { current: { SEK: 349 } },
    stock: { stock: 5 },
  })
  expect(await ask(sim, 'Article.get', [uid, { name: { en: true } }])).toEqual({ name: {} })
})
test('a reference is its uid, or the thing itself when more is asked of it', async () => {
  const { uid, variants } = shirt()
  const get = (query: unknown) => ask<Record<string, never>>(sim, 'Article.get', [uid, query])
  expect((await get('choices')).choices).toHaveLength(2)
  expect(await get({ choices: { name: 'sv', options: true } })).toMatchObject({
    choices: [{ name: { sv: 'Storlek' }, options: [expect.any(Number), expect.any(Number)] }, { name: { sv: 'Färg' } }],
  })
  expect(await get({ choices: { options: {} } })).toMatchObject({ choices: [{ options: [{ name: { sv: 'S' } }, { name: { sv: 'M' } }] }, { options: [{ name: { sv: 'Röd' } }] }] })
  const shown = (await get({ variants: true })) as unknown as { variants: { uid: number; definedBy: Record<string, string>; overrides: object }[] }
  expect(shown.variants.map((v) => [v.uid, Object.keys(v.definedBy).length, v.overrides])).toEqual([
    [variants[0]?.uid, 2, { stock: 2, articleNumber: 'T-S' }],
    [variants[1]?.uid, 2, { stock: 3, articleNumber: 'T-M' }],
  ])
  expect(await ask(sim, 'ArticleVariant.get', [variants[0]?.uid, { article: 'articleNumber', stock: true }])).toEqual({ article: { articleNumber: 'T' }, stock: 2 })
  const order = sim.shop.placeOrder({ lines: [{ articleNumber: 'T-S', quantity: 2 }] })
  expect(await ask(sim, 'Order.get', [order.uid, 'items'])).toEqual({ items: [order.items[0]?.uid] })
  expect(await ask(sim, 'Order.get', [order.uid, { items: ['articleNumber', 'choices'] }])).toMatchObject({ items: [{ articleNumber: 'T-S', choices: { quantity: 2 } }] })
  expect(await ask(sim, 'Order.get', [order.uid, { items: {} }])).toMatchObject({ items: [{ uid: order.items[0]?.uid, article: uid }] })
})
test('groups are listed, as a tree too, and an article shows its own', async () => {
  const [a] = sim.shop.addArticles([{ articleNumber: 'A', group: 'Kläder' }])
  const [group] = await ask<{ uid: number }[]>(sim, 'Articlegroup.list', ['uid', { filters: { '/parent': null } }])
  expect(await ask(sim, 'Articlegroup.tree')).toEqual([{ uid: group?.uid, name: { sv: 'Kläder' }, children: [] }])
  expect(await ask(sim, 'Article.get', [a?.uid, { articlegroup: { name: 'sv' }, showInArticlegroups: true }])).toEqual({
    articlegroup: { name: { sv: 'Kläder' } },
    showInArticlegroups: [group?.uid],
  })
  for (const condition of [{ contains: group?.uid }, { containsAny: [7, group?.uid] }, [group?.uid]])
    expect(await ask(sim, 'Article.count', [{ '/showInArticlegroups': condition }])).toBe(1)
  expect(await ask(sim, 'DeliveryMethod.list', [['uid', 'name'], { filters: { '/name/sv': { startsWith: 'Post' } } }])).toHaveLength(1)
})
test('a malformed query points to its fault', async () => {
  const uid = hat()
  const cases: [unknown, string][] = [
    [{ uid: { deep: true } }, '/uid/deep'],
    ['colour', '/colour'],
    [['uid', 7], '/1'],
    [{ stock: { weight: true } }, '/stock/weight'],
    [{ articlegroup: { colour: true } }, '/articlegroup/colour'],
    [{ name: 7 }, '/name'],
    [7, ''],
  ]
  for (const [query, pointer] of cases) {
    expect(await refusal(sim, 'Article.get', [uid, query]), JSON.stringify(query)).toEqual({ code: -32602, pointer })
    expect(await refusal(sim, 'Article.list', [query, {}])).toEqual({ code: -32602, pointer })
  }
})
test('knob uidType: uids are numbers, or text', async () => {
  const { uid, variants } = shirt()
  sim.turn({ uidType: 'string' })
  expect(await ask(sim, 'ArticleVariant.get', [variants[0]?.uid, ['uid', 'article']])).toEqual({ uid: String(variants[0]?.uid), article: String(uid) })
  expect(await ask(sim, 'Article.list', ['uid', { filters: { '/uid': { in: [String(uid)] } } }])).toEqual([{ uid: String(uid) }])
})
test('knob notFound: a uid that is gone is 9003, or -32602', async () => {
  expect(await refusal(sim, 'Article.get', [1, true])).toMatchObject({ code: 9003 })
  sim.turn({ notFound: -32602 })
  expect(await refusal(sim, 'Article.get', [1, true])).toMatchObject({ code: -32602 })
  expect(await refusal(sim, 'Article.get', ['x', true])).toMatchObject({ code: -32602 })
})

test('filters: each condition a type allows, all of them together, null, and the search', async () => {
  const [a, b] = [hat(), shirt().uid]
  const c = sim.shop.addArticles([{ articleNumber: null, name: 'Kofta utan nummer', hidden: true, price: 90 }])[0]?.uid
  const uids = async (filters: unknown) => ((await ask<{ uid: number }[]>(sim, 'Article.list', ['uid', { filters }])) ?? []).map((each) => each.uid)
  expect(await uids({ '/articleNumber': { equals: '0071' } })).toEqual([a])
  expect(await uids({ '/articleNumber': '0071' })).toEqual([a])
  expect(await uids({ '/articleNumber': { startsWith: '00' } })).toEqual([a])
  expect(await uids({ '/articleNumber': null })).toEqual([c])
  expect(await uids({ '/uid': { in: [a, b, 7] } })).toEqual([a, b])
  expect(await uids({ '/uid': { min: a + 1 }, '/hidden': false })).toEqual([b])
  expect(await uids({ '/price/current/SEK': { min: 91, max: 200 } })).toEqual([b])
  expect(await uids({ '/name/sv': { equals: 'Mössa' } })).toEqual([a])
  expect(await uids({ '/created': { min: '2026-11-02' } })).toHaveLength(3)
  expect(await uids({ '/created': { min: '2026-11-02T08:00:01Z' } })).toEqual([])
  expect(await uids({ '/stock/useStock': true, '/articlegroup': null })).toHaveLength(3)
  expect(await uids({ search: { term: 'koft*', relevance: 100 } })).toEqual([c])
  expect(await ask(sim, 'Article.search', ['mössa'])).toEqual([a])
  expect(await ask(sim, 'Article.count', [{ '/hidden': true }])).toBe(1)
  expect(await ask(sim, 'Article.count', [{}], { auth: null })).toBe(2)
  expect(await ask(sim, 'Order.count', [{ '/customer/info/type': { equals: 'individual' } }])).toBe(0)
})
test('a filter that can not be used points to its fault', async () => {
  const cases: [unknown, string][] = [
    [{ '/colour': 1 }, '/filters/~1colour'],
    [{ colour: 1 }, '/filters/colour'],
    [{ '/uid': { equals: '7' } }, '/filters/~1uid/equals'],
    [{ '/uid': { in: [1, 'x'] } }, '/filters/~1uid/in/1'],
    [{ '/uid': { startsWith: '1' } }, '/filters/~1uid/startsWith'],
    [{ '/hidden': { min: true } }, '/filters/~1hidden/min'],
    [{ '/changed': { min: 'igår' } }, '/filters/~1changed/min'],
    [{ '/variants': null }, '/filters/~1variants'],
    [{ '/articleNumber': 71 }, '/filters/~1articleNumber'],
  ]
  for (const [filters, pointer] of cases) expect(await refusal(sim, 'Article.list', ['uid', { filters }]), JSON.stringify(filters)).toEqual({ code: -32602, pointer })
  expect(await refusal(sim, 'Article.count', [{ '/colour': 1 }])).toEqual({ code: -32602, pointer: '/~1colour' })
})
test('sort, limit, offset and descending', async () => {
  const uids = sim.shop.addArticles(['C', 'A', 'B'].map((articleNumber) => ({ articleNumber, name: articleNumber }))).map((each) => each.uid)
  const list = (selection: unknown) => ask<{ uid: number }[]>(sim, 'Article.list', ['uid', selection]).then((rows) => rows.map((row) => uids.indexOf(row.uid)))
  expect(await list({ sort: 'uid', limit: 2, offset: 1 })).toEqual([1, 2])
  expect(await list({ sort: 'name' })).toEqual([1, 2, 0])
  expect(await list({ sort: 'uid', descending: true, limit: 1 })).toEqual([2])
  for (const [selection, pointer] of [
    [{ sort: 'weight' }, '/sort'],
    [{ limit: -1 }, '/limit'],
    [{ offset: 1.5 }, '/offset'],
    [{ page: 2 }, '/page'],
  ])
    expect(await refusal(sim, 'Article.list', ['uid', selection])).toEqual({ code: -32602, pointer })
})
test('knobs maxLimit and defaultLimit: fewer than asked without a word, or an error; fifty, or all', async () => {
  sim.shop.addArticles(Array.from({ length: 510 }, (_, n) => ({ articleNumber: `N-${n}` })))
  const rows = async (selection: unknown) => (await ask<unknown[]>(sim, 'Article.list', ['uid', selection])).length
  expect([await rows({}), await rows({ limit: 450 })]).toEqual([50, 400])
  sim.turn({ defaultLimit: 'unlimited', maxLimit: 100 })
  expect([await rows({}), await rows({ limit: 450 })]).toEqual([510, 100])
  sim.turn({ maxLimit: 500 })
  expect(await rows({ limit: 505 })).toBe(500)
  sim.turn({ maxLimit: 'error-above-400' })
  expect(await refusal(sim, 'Article.list', ['uid', { limit: 401 }])).toEqual({ code: -32602, pointer: '/limit' })
  expect(await rows({ limit: 400 })).toBe(400)
})
test('knobs changedFilterable and variantArticleNumberFilterable: filters, or a refusal', async () => {
  shirt()
  sim.shop.placeOrder({ lines: [{ articleNumber: 'T-S', quantity: 1 }] })
  const changed = { '/changed': { min: '2026-11-02T08:00:00Z' } }
  const number = { '/articleNumber': { equals: 'T-M' } }
  expect([await ask(sim, 'Order.count', [changed]), await ask(sim, 'ArticleVariant.count', [number])]).toEqual([1, 1])
  sim.turn({ changedFilterable: false, variantArticleNumberFilterable: false })
  expect(await refusal(sim, 'Order.list', ['uid', { filters: changed }])).toMatchObject({ code: -32602 })
  expect(await refusal(sim, 'ArticleVariant.list', ['uid', { filters: number }])).toMatchObject({ code: -32602 })
  expect(await ask(sim, 'Article.count', [changed])).toBe(1)
})
test('knobs textMatching and rangeEnds: exact text and ends that count, or near text and ends that do not', async () => {
  const uid = hat()
  sim.shop.addArticles([{ articleNumber: 'Ab-1' }])
  const count = (filters: unknown) => ask(sim, 'Article.count', [filters])
  const near = { '/articleNumber': { equals: ' AB-1' } }
  expect([await count(near), await count({ '/uid': { min: uid, max: uid } })]).toEqual([0, 1])
  sim.turn({ textMatching: 'loose', rangeEnds: 'exclusive' })
  expect([await count(near), await count({ '/uid': { min: uid, max: uid } })]).toEqual([1, 0])
  expect(await count({ '/uid': { min: uid - 1, max: uid + 1 } })).toBe(1)
})
