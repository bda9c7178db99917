/** What every connector that takes products must do, whatever its shop is like. Each brings its simulator as `Goods`. */
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { paintedPng } from '../../sim/shopify/painted.ts'
import type { OutgoingImage, OutgoingProduct, OutgoingVariant, ProductPut, Remote } from '../../src/connectors/contract.ts'

export interface Goods {
  remote: Remote
  currency: string
  /** A person in the shop makes a product whose variants differ in their Size. */
  make(name: string, variants: { number: string; size: string; priceMinor: number }[]): void
  /** A person gives it one picture more. */
  addPicture(number: string, alt: string): void
  /** A person makes the price another. */
  reprice(number: string, priceMinor: number): Promise<void>
  seen(): Promise<{ name: string; active: boolean; variants: { number: string | null; size: string; priceMinor: number | null; barcode: string | null }[]; pictures: string[] }[]>
  /** The next write of a product is done, and its answer lost. */
  loseAnswer(): void
  /** More than the shop takes of one product. */
  tooMany: number
  stop(): Promise<void>
}

const variant = (articleNumber: string, size: string, more: Partial<OutgoingVariant> = {}): OutgoingVariant => ({
  articleNumber,
  itemRef: null,
  optionValues: [size],
  barcode: null,
  priceMinor: 59900,
  regularMinor: null,
  stockTracked: true,
  ...more,
})
const picture = (said: string): OutgoingImage => {
  const bytes = paintedPng(said)
  return {
    imageRef: null,
    articleNumber: null,
    alt: said,
    type: 'image/png',
    sha256: createHash('sha256').update(bytes).digest('hex'),
    size: bytes.length,
    bytes: async () => bytes,
  }
}
const ALL = ['details', 'description', 'price', 'images'] as const

export function productBattery(name: string, start: () => Promise<Goods>): void {
  describe(`${name}: products`, () => {
    let goods: Goods
    beforeEach(async () => {
      goods = await start()
    })
    afterEach(() => goods.stop())
    const put = (change: Partial<OutgoingProduct>): Promise<ProductPut> => {
      const product: OutgoingProduct = {
        productRef: null,
        name: 'Genser',
        active: true,
        description: null,
        vendor: 'Tjøme',
        options: ['Size'],
        currency: goods.currency,
        variants: [variant('0201', 'S'), variant('0202', 'M')],
        images: [],
        formerImageRefs: [],
        imagesWhen: 'always',
        channels: null,
        write: ALL,
        ...change,
      }
      return goods.remote.putProduct?.(product, 'key') ?? expect.fail('takes no products')
    }
    const done = async (change: Partial<OutgoingProduct> = {}) => {
      const said = await put(change)
      return said.kind === 'done' ? said : expect.fail(`${said.code}: ${said.said}`)
    }
    const only = async () => {
      const [one, ...others] = await goods.seen()
      expect(others).toEqual([])
      return one ?? expect.fail('the shop is empty')
    }

    test('what isn’t there is made whole and says what it is called; told again nothing is done', async () => {
      const said = await done({ variants: [variant('0201', 'S', { barcode: '7350053850019' }), variant('0202', 'M')], images: [picture('forfra')] })
      expect(said.did).toBe('made')
      expect(said.items.map((item) => [item.articleNumber, item.parentRef])).toEqual([
        ['0201', said.productRef],
        ['0202', said.productRef],
      ])
      expect(await only()).toEqual({
        name: 'Genser',
        active: true,
        variants: [
          { number: '0201', size: 'S', priceMinor: 59900, barcode: '7350053850019' },
          { number: '0202', size: 'M', priceMinor: 59900, barcode: null },
        ],
        pictures: ['forfra'],
      })
      expect(
        (await done({ productRef: said.productRef, variants: [variant('0201', 'S', { barcode: '7350053850019' }), variant('0202', 'M')], images: [picture('forfra')] })).did,
      ).toBe('nothing')
    })

    test('an answer that is lost makes no second one', async () => {
      goods.loseAnswer()
      await expect(put({})).rejects.toMatchObject({ executed: 'unknown' })
      expect((await done()).did).not.toBe('made')
      expect((await only()).variants).toHaveLength(2)
    })

    test('one that stands there under our numbers is that one, and variants nobody knows keep everything', async () => {
      goods.make('Deres', [
        { number: 'THEIRS-1', size: 'XL', priceMinor: 11100 },
        { number: 'THEIRS-2', size: 'XXL', priceMinor: 22200 },
        { number: '0201', size: 'S', priceMinor: 33300 },
      ])
      const before = (await only()).variants.slice(0, 2)
      for (let n = 1; n <= 5; n++) await done({ name: `Genser ${n}`, variants: [variant('0201', 'S', { priceMinor: n * 100 }), variant('0202', 'M', { barcode: `${n}` })] })
      const after = await only()
      expect(after.name).toBe('Genser 5')
      expect(after.variants.slice(0, 2)).toEqual(before)
      expect(after.variants.slice(2).map((each) => [each.number, each.priceMinor])).toEqual([
        ['0201', 500],
        ['0202', 59900],
      ])
    })

    test('a price somebody changed there stays until prices are asked for', async () => {
      const { productRef } = await done()
      await goods.reprice('0201', 100)
      await done({ productRef, name: 'Nytt navn', write: ['details'] })
      expect(await only()).toMatchObject({ name: 'Nytt navn', variants: [{ priceMinor: 100 }, { priceMinor: 59900 }] })
      await done({ productRef, name: 'Enda et navn', write: ['price'] })
      expect(await only()).toMatchObject({ name: 'Nytt navn', variants: [{ priceMinor: 59900 }, { priceMinor: 59900 }] })
    })

    test('one that isn’t sold is hidden, never deleted', async () => {
      const { productRef } = await done()
      await done({ productRef, active: false })
      expect(await only()).toMatchObject({ active: false, variants: [{ number: '0201' }, { number: '0202' }] })
    })

    test('pictures of ours come, change and go; somebody else’s stay, and where none is wanted beside them none is written', async () => {
      const first = await done({ images: [picture('a'), picture('b')] })
      goods.addPicture('0201', 'deres')
      expect((await done({ productRef: first.productRef, images: [picture('c')], imagesWhen: 'none-there' })).images).toBeNull()
      await done({ productRef: first.productRef, images: [picture('c'), picture('b')], formerImageRefs: [first.images?.[0]?.imageRef ?? ''] })
      expect((await only()).pictures.toSorted()).toEqual(['b', 'c', 'deres'])
    })

    test('what it can’t take is a refusal with a code, and nothing is made', async () => {
      const many = Array.from({ length: goods.tooMany }, (_, n) => variant(`N${n}`, `Nr ${n}`))
      expect(await put({ variants: many })).toMatchObject({ kind: 'refused', code: 'too-many-variants' })
      expect(await goods.seen()).toEqual([])
      goods.make('En', [{ number: '0201', size: 'S', priceMinor: 100 }])
      goods.make('To', [{ number: '0202', size: 'M', priceMinor: 100 }])
      expect(await put({})).toMatchObject({ kind: 'refused', code: 'product-split' })
      goods.make('Tre', [{ number: '0202', size: 'M', priceMinor: 100 }])
      expect(await put({})).toMatchObject({ kind: 'refused', code: 'ambiguous' })
    })
  })
}
