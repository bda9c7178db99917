/** Operations on products and variants: found by number or id, and their numbers written. */
import { finds, variantsOf } from './goods.ts'
import { type Call, int, ints, type Table, text } from './operation.ts'
import { flag, recordOf } from './records.ts'
import { shownStock, type Thing, writeStock } from './shelf.ts'
import { Fault, type Value } from './soap.ts'
import { dateText, type Product, stampOf, type Variant } from './world.ts'

const told = (call: Call, products: Product[]) => products.map((each) => recordOf(call.world, call.session, 'Product', each))
const toldVariants = (call: Call, variants: Variant[]) => variants.map((each) => recordOf(call.world, call.session, 'ProductVariant', each))
const all = ({ world }: Call): Product[] => [...world.products.values()]

export interface ProductDesk {
  /** Somebody's number or title has changed. */
  changed(product: Product): void
}

export function productOperations(desk: ProductDesk): Table {
  /** The whole number a write says, or null when it says none. */
  function stockSaid(call: Call, data: Record<string, Value>): number | null {
    const said = data.Stock
    if (said === undefined || said === null) return null
    if (typeof said !== 'string' || !/^-?\d+$/.test(said)) throw new Fault('Receiver', 'SOAP-ERROR: Encoding: Violation of encoding rules')
    if (Number(said) < 0 && call.world.knobs.negativeStock === 'PARAM') throw new Fault('PARAM', 'Stock must not be negative')
    return Number(said)
  }
  function wrote(call: Call, thing: Thing, location: number | null, value: number, write: () => void): void {
    const { world } = call
    const kind = 'productId' in thing ? 'variant' : 'product'
    const before = location === null ? shownStock(world, thing) : (thing.locations[location] ?? null)
    write()
    world.writes.push({ at: world.time.ms(), cell: `${kind}:${thing.id}`, location, itemNumber: thing.itemNumber, before, value })
    const product = world.products.get('productId' in thing ? thing.productId : thing.id)
    if (product === undefined) return
    product.updated = stampOf(world)
    desk.changed(product)
  }
  /** By Id the one; by ItemNumber all that carry it. What isn't said stays. Answers their ids. */
  function update(call: Call, name: string, things: Thing[]): number[] {
    const data = call.args[name] as Record<string, Value>
    const { Id: id, ItemNumber: number } = data
    const by =
      typeof id === 'string' && id !== '' ? (thing: Thing) => String(thing.id) === id : typeof number === 'string' ? finds(call.world, call.session.caseSensitive, number) : null
    if (by === null) throw new Fault('PARAM', 'Id or ItemNumber must be set')
    const stock = stockSaid(call, data)
    const hits = things.filter(by)
    for (const thing of hits) if (stock !== null) wrote(call, thing, null, stock, () => writeStock(call.world, thing, stock))
    return hits.map((thing) => thing.id)
  }
  function atLocation(call: Call, thing: Thing | undefined): string {
    const location = int(call, 'StockLocationId')
    if (thing === undefined || !call.world.locations.includes(location)) throw new Fault('PARAM', 'No such product or stock location')
    const stock = int(call, 'Stock')
    if (stock < 0 && call.world.knobs.negativeStock === 'PARAM') throw new Fault('PARAM', 'Stock must not be negative')
    wrote(call, thing, location, stock, () => {
      thing.locations[location] = stock
    })
    return flag(call.world, true)
  }

  return {
    Product_GetByItemNumber: {
      args: [['ItemNumber', 'string']],
      returns: 'Product[]',
      run: (call) => told(call, all(call).filter(finds(call.world, call.session.caseSensitive, text(call, 'ItemNumber')))),
    },
    Product_GetVariantsByItemNumber: {
      args: [['ItemNumber', 'string']],
      returns: 'ProductVariant[]',
      run: (call) => toldVariants(call, [...call.world.variants.values()].filter(finds(call.world, call.session.caseSensitive, text(call, 'ItemNumber')))),
    },
    Product_GetVariants: {
      args: [['ProductId', 'int']],
      returns: 'ProductVariant[]',
      run: (call) => {
        const product = call.world.products.get(int(call, 'ProductId'))
        return product === undefined ? [] : toldVariants(call, variantsOf(call.world, product))
      },
    },
    Product_GetVariantById: {
      args: [['VariantId', 'string']],
      returns: 'ProductVariant',
      run: (call) => {
        const variant = call.world.variants.get(int(call, 'VariantId'))
        return variant === undefined ? null : recordOf(call.world, call.session, 'ProductVariant', variant)
      },
    },
    Product_GetById: {
      args: [['ProductId', 'int']],
      returns: 'Product',
      run: (call) =>
        told(
          call,
          all(call).filter((each) => each.id === int(call, 'ProductId')),
        )[0] ?? null,
    },
    Product_GetByIds: {
      args: [['ProductIds', 'ints']],
      returns: 'Product[]',
      run: (call) =>
        told(
          call,
          all(call).filter((each) => ints(call, 'ProductIds').includes(each.id)),
        ),
    },
    Product_GetAllWithLimit: {
      args: [
        ['Start', 'int'],
        ['Length', 'int'],
      ],
      returns: 'Product[]',
      run: (call) => {
        const start = int(call, 'Start')
        return told(call, all(call).slice(start, start + pageSize(call, 'Length')))
      },
    },
    Product_GetByUpdatedDate: {
      args: [
        ['Start', 'string'],
        ['End', 'string'],
      ],
      returns: 'Product[]',
      run: (call) =>
        told(
          call,
          all(call).filter((each) => within(call, dateText(call.world, each.updated))),
        ),
    },
    Product_Update: { args: [['ProductData', 'ProductUpdate']], returns: 'int[]', run: (call) => update(call, 'ProductData', all(call)) },
    Product_UpdateVariant: { args: [['VariantData', 'ProductVariantUpdate']], returns: 'int[]', run: (call) => update(call, 'VariantData', [...call.world.variants.values()]) },
    Product_UpdateStockForStockLocation: {
      args: [
        ['ProductId', 'int'],
        ['StockLocationId', 'int'],
        ['Stock', 'int'],
      ],
      returns: 'boolean',
      run: (call) => atLocation(call, call.world.products.get(int(call, 'ProductId'))),
    },
    Product_UpdateVariantStockForStockLocation: {
      args: [
        ['VariantId', 'int'],
        ['StockLocationId', 'int'],
        ['Stock', 'int'],
      ],
      returns: 'boolean',
      run: (call) => atLocation(call, call.world.variants.get(int(call, 'VariantId'))),
    },
  }
}

export function pageSize(call: Call, name: string): number {
  const size = int(call, name)
  const most = call.world.knobs.maxPageSize
  if (most === 'error-above-250' && size > 250) throw new Fault('INTERNAL', 'An internal error in the service occured. Contact an administrator')
  return typeof most === 'number' ? Math.min(size, most) : size
}

/** Between Start and End, as text. */
export function within(call: Call, at: string): boolean {
  const [start, end] = [text(call, 'Start'), text(call, 'End')]
  return call.world.knobs.rangeEnds === 'inclusive' ? start <= at && at <= end : start < at && at < end
}
