/** Products as staff enter them, with variants where they have any, and how they are found again. */
import { type Cell, type Thing, thingAt } from './shelf.ts'
import { newId, type Product, stampOf, type Variant, type World } from './world.ts'

export interface VariantInput {
  /** Empty or null: none. Two may be the same. */
  itemNumber?: string | null
  title?: string
  stock?: number | null
  /** By stock location. */
  locations?: Record<string, number>
}
export interface ProductInput extends VariantInput {
  ean?: string
  /** With VAT. */
  price?: number
  autoStock?: boolean
  online?: boolean
  variants?: VariantInput[]
}
export interface ProductView {
  id: number
  itemNumber: string
  variants: { id: number; itemNumber: string }[]
}
/** By number (the first product, then the first variant that carries it), or by `product:<id>` or `variant:<id>`. */
export interface Which {
  itemNumber?: string
  cell?: Cell
}

export function addProduct(world: World, input: ProductInput): ProductView {
  const product: Product = {
    ...stocked(world, input, `Vare ${input.itemNumber ?? ''}`.trim()),
    ean: input.ean ?? '',
    price: input.price ?? 100,
    autoStock: input.autoStock ?? true,
    online: input.online ?? true,
    updated: stampOf(world),
    variants: [],
  }
  world.products.set(product.id, product)
  for (const each of input.variants ?? []) {
    const variant: Variant = { ...stocked(world, each, 'Variant'), productId: product.id }
    world.variants.set(variant.id, variant)
    product.variants.push(variant.id)
  }
  return { id: product.id, itemNumber: product.itemNumber, variants: variantsOf(world, product).map(({ id, itemNumber }) => ({ id, itemNumber })) }
}

/** In a shop with locations the number stands at the first of them unless said otherwise. */
function stocked(world: World, { itemNumber, title, stock, locations }: VariantInput, name: string): Omit<Variant, 'productId'> {
  const [first] = world.locations
  const standing = locations ?? (first === undefined || stock === null ? {} : { [String(first)]: stock ?? 0 })
  return { id: newId(world), itemNumber: itemNumber ?? '', title: title ?? name, ean: '', stock: stock === undefined ? 0 : stock, locations: { ...standing }, price: 100 }
}

export const variantsOf = (world: World, product: Product): Variant[] => product.variants.map((id) => world.variants.get(id)).filter((variant) => variant !== undefined)

export function which(world: World, { itemNumber, cell }: Which): Thing {
  const found =
    cell === undefined
      ? ([...world.products.values()].find((each) => each.itemNumber === itemNumber) ?? [...world.variants.values()].find((each) => each.itemNumber === itemNumber))
      : thingAt(world, cell)
  if (found === undefined) throw new Error(`nothing is ${cell ?? itemNumber}`)
  return found
}

/** How the shop itself finds a number, which isn't letter by letter unless a session asks for it. */
export function finds(world: World, caseSensitive: boolean, asked: string): (thing: Thing) => boolean {
  const how = caseSensitive ? 'exact' : world.knobs.itemNumberFinds
  const plain = (text: string) => (how === 'exact' ? text : how === 'any-case' ? text.toLowerCase() : text.trimEnd().toLowerCase())
  return (thing) => thing.itemNumber !== '' && plain(thing.itemNumber) === plain(asked)
}
