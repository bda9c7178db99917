/** What becomes of a variant, case by case. */
import { expect, test } from 'vitest'
import { barcodeOf, numberFault, productFault } from './faults.ts'
import type { ShopProduct, ShopVariant } from './import.ts'
import { type ItemFacts, judge } from './judge.ts'

const fact = (itemRef: string, more: Partial<ItemFacts> = {}): ItemFacts => ({
  ...{ itemRef, fault: null, productFault: null, notes: [], carriers: 1, products: 1, barcodeCarriers: 0 },
  ...{ ours: null, barcodeOf: null, options: ['Storlek'], ourOptions: null },
  ...more,
})
const ours = (articleId: number, more: Partial<NonNullable<ItemFacts['ours']>> = {}) => ({
  ours: { articleId, productId: 1, former: false, archived: false, itemRef: null, ...more },
  ourOptions: ['Storlek'],
})
const verdicts = (...items: ItemFacts[]) => judge(items).map(({ verdict, code, articleId }) => (verdict === 'link' ? articleId : (code ?? verdict)))

test('ours by the number is linked, an unknown number is made, beside its siblings where they are one product with the same options', () => {
  expect(verdicts(fact('a', ours(7)), fact('b'))).toEqual([7, 'make'])
  expect(verdicts(fact('a', ours(7)), fact('b', ours(8, { productId: 2 })), fact('c'))).toEqual([7, 8, 'product-split'])
  expect(verdicts(fact('a', { ...ours(7), ourOptions: ['Färg'] }), fact('b'))).toEqual([7, 'product-differs'])
  expect(verdicts(fact('a', ours(7, { itemRef: 'a' })))).toEqual([7])
})

test('nothing is guessed: a number that several carry, one of former times, an archived article and one that is linked elsewhere are left out', () => {
  expect(verdicts(fact('a', { carriers: 2 }), fact('b', { carriers: 2, products: 2 }))).toEqual(['number-twice', 'number-in-several'])
  expect(verdicts(fact('a', ours(7, { former: true })), fact('b', ours(8, { archived: true })), fact('c', ours(9, { itemRef: 'x' })))).toEqual([
    'number-former',
    'archived',
    'linked-elsewhere',
  ])
})

test('goods we have under another number aren’t made a second time; a barcode that several carry is left behind', () => {
  expect(verdicts(fact('a', { barcodeCarriers: 1, barcodeOf: 5 }))).toEqual(['barcode-taken'])
  expect(judge([fact('a', { barcodeCarriers: 2, notes: ['currency'] })])).toMatchObject([{ verdict: 'make', notes: ['currency', 'barcode-twice'] }])
})

test('a product that can’t be held is none we make, and what we have of it is linked all the same', () => {
  expect(verdicts(fact('a', { ...ours(7), productFault: 'options-wrong' }), fact('b', { productFault: 'options-wrong' }))).toEqual([7, 'options-wrong'])
})

const variant = (optionValues: string[], more: Partial<ShopVariant> = {}): ShopVariant => ({
  ...{ itemRef: optionValues.join(), articleNumber: '1', optionValues, barcode: null, priceMinor: null, regularMinor: null, tracked: null, levels: [] },
  ...more,
})
const product = (more: Partial<ShopProduct>): ShopProduct => ({
  ...{ productRef: 'p', title: 'Tröja', description: null, vendor: null, active: true, options: [], variants: [variant([])], images: [] },
  ...more,
})

test('the limits are those of the forms', () => {
  expect(productFault(product({}))).toBeNull()
  expect([productFault(product({ title: '' })), productFault(product({ title: 'x'.repeat(301) })), productFault(product({ title: 'a\nb' }))]).toEqual(Array(3).fill('name-wrong'))
  expect(productFault(product({ variants: Array.from({ length: 251 }, () => variant([])) }))).toBe('too-many-variants')
  const wrong = [
    product({ options: ['a', 'b', 'c', 'd'], variants: [variant(['1', '2', '3', '4'])] }),
    product({ options: ['a', 'a'], variants: [variant(['1', '2'])] }),
    product({ options: ['a'], variants: [variant(['1']), variant(['1'])] }),
    product({ options: ['a'], variants: [variant([''])] }),
    product({ options: ['a'], variants: [variant([])] }),
  ]
  expect(wrong.map(productFault)).toEqual(wrong.map(() => 'options-wrong'))
  expect([numberFault(variant([], { articleNumber: '' })), numberFault(variant([], { articleNumber: 'x'.repeat(101) })), numberFault(variant([]))]).toEqual([
    'no-number',
    'number-wrong',
    null,
  ])
  expect([barcodeOf(variant([], { barcode: '7350053850018' })), barcodeOf(variant([], { barcode: '036000291452' }))]).toEqual([null, '00036000291452'])
})
