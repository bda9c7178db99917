/** The shop's own numbers: how they are written, and what orders take from them. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { stillTime } from '../shopify/asking.ts'
import { type AbicartSim, startAbicart } from './abicart.ts'
import { ask, refusal } from './asking.ts'

let sim: AbicartSim
beforeEach(async () => {
  sim = await startAbicart({ clock: stillTime() })
  sim.shop.addArticles([
    { articleNumber: 'A-1', stock: 5 },
    {
      articleNumber: 'T',
      stock: 9,
      choices: { Storlek: ['S', 'M'] },
      variants: [
        { options: ['S'], articleNumber: 'T-S', stock: 2 },
        { options: ['M'], articleNumber: 'T-M', stock: 3 },
      ],
    },
    { articleNumber: 'FREE', stock: 4, useStock: false },
  ])
})
afterEach(() => sim.close())
const stock = (articleNumber: string) => sim.shop.stock({ articleNumber })
const uidOf = (articleNumber: string) => sim.shop.goods({ articleNumber }).uid
const set = (articleNumber: string, patch: unknown, query: unknown = 'stock') => ask<{ stock: Record<string, unknown> }>(sim, 'Article.set', [uidOf(articleNumber), patch, query])
const buy = (articleNumber: string, quantity: number, more: { paid?: boolean; oversell?: boolean } = {}) => sim.shop.placeOrder({ lines: [{ articleNumber, quantity }], ...more })

test('an absolute number is set and answered, on an article and on a variant; every executed write is told', async () => {
  expect(await ask(sim, 'Article.set', [uidOf('A-1'), { stock: { show: true, useStock: true, stock: 12, hideUnstocked: false } }, ['articleNumber', 'stock']])).toEqual({
    articleNumber: 'A-1',
    stock: { show: true, useStock: true, stock: 12, hideUnstocked: false },
  })
  expect(await ask(sim, 'ArticleVariant.set', [uidOf('T-S'), { stock: 7 }, ['stock', 'articleNumber', 'article']])).toEqual({ stock: 7, articleNumber: 'T-S', article: uidOf('T') })
  expect(sim.state().writes.map(({ cell, articleNumber, before, value }) => [cell, articleNumber, before, value])).toEqual([
    [`article:${uidOf('A-1')}`, 'A-1', 5, 12],
    [`variant:${uidOf('T-S')}`, 'T-S', 2, 7],
  ])
})
test('knob stockPatchMode: what a nested object leaves out stays, or falls back', async () => {
  expect((await set('A-1', { stock: { stock: 6 } })).stock).toEqual({ show: true, useStock: true, stock: 6, hideUnstocked: false })
  sim.turn({ stockPatchMode: 'replace' })
  expect((await set('A-1', { stock: { stock: 7 } })).stock).toEqual({ show: false, useStock: false, stock: 7, hideUnstocked: false })
})
test('read-only, unknown and ill-typed properties are refused and nothing is written', async () => {
  const cases: [unknown, string][] = [
    [{ uid: 7 }, '/uid'],
    [{ created: '2026-01-01' }, '/created'],
    [{ changed: '2026-01-01' }, '/changed'],
    [{ url: { sv: 'x' } }, '/url'],
    [{ colour: 'red' }, '/colour'],
    [{ stock: { stock: '7' } }, '/stock/stock'],
    [{ stock: { left: 7 } }, '/stock/left'],
    [{ stock: 7 }, '/stock'],
    [{ hidden: 'ja' }, '/hidden'],
    ['stock', ''],
  ]
  for (const [patch, pointer] of cases) expect(await refusal(sim, 'Article.set', [uidOf('A-1'), patch]), JSON.stringify(patch)).toEqual({ code: -32602, pointer })
  expect(await refusal(sim, 'ArticleVariant.set', [null, { stock: 1 }])).toMatchObject({ code: -32602 })
  expect(await refusal(sim, 'ArticleVariant.set', [uidOf('T-S'), { article: 7 }])).toMatchObject({ code: -32602, pointer: '/article' })
  expect(await refusal(sim, 'Article.set', [uidOf('A-1'), { stock: { stock: 1 } }], { auth: null })).toMatchObject({ code: 1006 })
  expect(sim.state().writes).toEqual([])
})
test('validate answers what set would refuse, and saves nothing', async () => {
  expect(await ask(sim, 'Article.validate', [uidOf('A-1'), { stock: { stock: 6 } }])).toEqual([])
  expect(await ask(sim, 'Article.validate', [uidOf('A-1'), { uid: 6 }])).toMatchObject([{ pointer: '/uid' }])
  expect(await ask(sim, 'ArticleVariant.validate', [uidOf('T-S'), { stock: 6 }])).toEqual([])
  expect([stock('A-1'), stock('T-S')]).toEqual([5, 2])
  expect(await ask(sim, 'Article.getSchema', [null])).toMatchObject({ properties: { uid: { type: 'integer', readonly: true }, stock: { type: 'object', readonly: false } } })
})
test('set of null and create make an article', async () => {
  const made = await ask<{ uid: number }>(sim, 'Article.set', [null, { articleNumber: 'NY', name: { sv: 'Ny' } }, ['uid', 'stock']])
  expect(made).toMatchObject({ stock: { useStock: false, stock: 0 } })
  expect(await ask(sim, 'Article.create', [{ articleNumber: 'NY' }, 'articleNumber'])).toEqual({ articleNumber: 'NY' })
  expect(await ask(sim, 'Article.count', [{ '/articleNumber': 'NY' }])).toBe(2)
})
test('knob negativeStock: below zero is kept, or refused with 9001', async () => {
  expect((await set('A-1', { stock: { stock: -2 } })).stock).toMatchObject({ stock: -2 })
  sim.turn({ negativeStock: '9001' })
  expect(await refusal(sim, 'Article.set', [uidOf('A-1'), { stock: { stock: -3 } }])).toEqual({ code: 9001, pointer: '/stock/stock' })
  expect(await refusal(sim, 'ArticleVariant.set', [uidOf('T-S'), { stock: -3 }])).toEqual({ code: 9001, pointer: '/stock' })
  expect([stock('A-1'), stock('T-S')]).toEqual([-2, 2])
})
test("knob parentStockOfVariants: the article's own number is the sum and can't be set, is one of its own, or zero", async () => {
  const total = async () => (await ask<{ stock: { stock: number } }>(sim, 'Article.get', [uidOf('T'), 'stock'])).stock.stock
  expect(await total()).toBe(5)
  expect(await refusal(sim, 'Article.set', [uidOf('T'), { stock: { stock: 7 } }])).toEqual({ code: -32602, pointer: '/stock/stock' })
  expect((await set('T', { stock: { stock: 5, useStock: false } })).stock).toMatchObject({ useStock: false })
  sim.turn({ parentStockOfVariants: 'independent' })
  await set('T', { stock: { stock: 7, useStock: true } })
  buy('T-S', 1)
  expect([await total(), stock('T-S')]).toEqual([7, 1])
  sim.turn({ parentStockOfVariants: 'zero' })
  await set('T', { stock: { stock: 8 } })
  expect(await total()).toBe(0)
})

test('knob decrementOn: the shop lowers its number when an order is placed, when it is paid, or never', () => {
  const unpaid = buy('A-1', 1, { paid: false })
  expect(stock('A-1')).toBe(4)
  sim.turn({ decrementOn: 'paid' })
  const later = buy('T-M', 1, { paid: false })
  expect(stock('T-M')).toBe(3)
  sim.shop.pay({ order: later.uid })
  sim.shop.pay({ order: unpaid.uid })
  expect([stock('T-M'), stock('A-1')]).toEqual([2, 4])
  sim.turn({ decrementOn: 'never' })
  buy('A-1', 1)
  expect(stock('A-1')).toBe(4)
})
test('an article whose stock is not counted is sold without end', () => {
  buy('FREE', 9)
  expect(stock('FREE')).toBe(4)
})
test('more than there is is not buyable: 2001, unless staff sells it', () => {
  expect(() => buy('A-1', 6)).toThrow('Not buyable')
  buy('A-1', 6, { oversell: true })
  expect(stock('A-1')).toBe(-1)
})
test('knob discardRestoresStock: a discarded order gives its pieces back, or keeps them; knob undiscardAllowed', async () => {
  const first = buy('A-1', 2)
  sim.shop.discard({ order: first.uid })
  expect(stock('A-1')).toBe(5)
  sim.shop.undiscard({ order: first.uid })
  expect(stock('A-1')).toBe(3)
  sim.turn({ discardRestoresStock: false })
  sim.shop.discard({ order: first.uid })
  expect(stock('A-1')).toBe(3)
  sim.shop.undiscard({ order: first.uid })
  expect(stock('A-1')).toBe(3)
  sim.turn({ undiscardAllowed: false })
  expect(await ask(sim, 'Order.set', [first.uid, { discarded: true }, 'discarded'])).toEqual({ discarded: true })
  expect(() => sim.shop.undiscard({ order: first.uid })).toThrow()
  expect(await refusal(sim, 'Order.set', [first.uid, { discarded: false }])).toMatchObject({ code: 9001 })
})
test('knob editMovesStock: staff who change an order move the number, or leave it', () => {
  const { uid } = buy('A-1', 2)
  sim.shop.edit({
    order: uid,
    lines: [
      { articleNumber: 'A-1', quantity: 1 },
      { articleNumber: 'T-M', quantity: 1 },
    ],
  })
  expect([stock('A-1'), stock('T-M')]).toEqual([4, 2])
  sim.turn({ editMovesStock: false })
  const edited = sim.shop.edit({ order: uid, lines: [{ articleNumber: 'A-1', quantity: 0 }] })
  expect([stock('A-1'), stock('T-M')]).toEqual([4, 2])
  expect(edited.items.map((item) => item.articleNumber)).toEqual(['T-M'])
  sim.shop.discard({ order: uid })
  expect([stock('A-1'), stock('T-M')]).toEqual([5, 3])
})
test('changed moves at every change, in whole seconds; knobs saleBumpsArticle and variantBumpsArticle', async () => {
  const changed = async (articleNumber: string) => (await ask<{ changed: string }>(sim, 'Article.get', [uidOf(articleNumber), 'changed'])).changed.slice(17, 19)
  sim.advance(2_400)
  await set('A-1', { stock: { stock: 6 } })
  await ask(sim, 'ArticleVariant.set', [uidOf('T-S'), { stock: 4 }])
  expect([await changed('A-1'), await changed('T')]).toEqual(['02', '02'])
  sim.advance(700)
  buy('A-1', 1)
  sim.turn({ variantBumpsArticle: false })
  await ask(sim, 'ArticleVariant.set', [uidOf('T-S'), { stock: 5 }])
  expect([await changed('A-1'), await changed('T')]).toEqual(['02', '02'])
  sim.turn({ saleBumpsArticle: true })
  buy('A-1', 1)
  buy('T-S', 1)
  expect([await changed('A-1'), await changed('T')]).toEqual(['03', '03'])
})
test("the shop's clock may be wrong by minutes", async () => {
  sim.fault({ skewMs: -300_000 })
  await set('A-1', { stock: { stock: 6 } })
  expect(await ask(sim, 'Article.get', [uidOf('A-1'), 'changed'])).toEqual({ changed: '2026-11-02T07:55:00Z' })
})
test('numbers may be doubled, empty, moved to another article, or used again after theirs was deleted', async () => {
  const one = uidOf('A-1')
  sim.shop.addArticles([{ articleNumber: 'A-1', stock: 1 }])
  expect(await ask(sim, 'Article.count', [{ '/articleNumber': 'A-1' }])).toBe(2)
  sim.shop.change({ cell: `article:${one}`, to: { articleNumber: 'OLD' } })
  expect(await ask(sim, 'Article.get', [one, 'articleNumber'])).toEqual({ articleNumber: 'OLD' })
  const variant = uidOf('T-S')
  sim.shop.change({ articleNumber: 'T-S', to: { articleNumber: null } })
  expect(await ask(sim, 'ArticleVariant.get', [variant, 'articleNumber'])).toEqual({ articleNumber: null })
  sim.shop.remove({ cell: `article:${uidOf('A-1')}` })
  sim.shop.addArticles([{ articleNumber: 'A-1', stock: 8 }])
  expect(uidOf('A-1')).not.toBe(one)
  sim.shop.remove({ articleNumber: 'T' })
  expect(await refusal(sim, 'ArticleVariant.get', [variant, true])).toMatchObject({ code: 9003 })
})
