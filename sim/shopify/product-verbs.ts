/** What people of the shop do with products in its admin. */
import { gid } from './ids.ts'
import type { ItemFacts } from './levels.ts'
import { titleOfVariant } from './product.ts'
import type { ProductFacts, Products } from './products.ts'
import type { Item, Product, State } from './state.ts'

export interface ProductView {
  id: string
  gid: string
  title: string
  handle: string
  status: Product['status']
  vendor: string
  descriptionHtml: string
  options: Record<string, string[]>
  /** By name. */
  publications: string[]
  variants: { id: string; sku: string | null; title: string; priceMinor: number; compareAtMinor: number | null; barcode: string | null; tracked: boolean }[]
  updatedAt: string
}
/** By title, handle, id, or the article number of one of its variants. */
type Which = { product: string }

export interface ProductVerbs {
  product(input: Which): ProductView
  products(): ProductView[]
  /** Also how it is archived: `status: 'ARCHIVED'`. */
  editProduct(input: Which & Partial<ProductFacts>): ProductView
  editVariant(input: { sku: string } & Pick<ItemFacts, 'priceMinor' | 'compareAtMinor' | 'barcode' | 'tracked' | 'oversells'>): ProductView
  addVariant(input: Which & ItemFacts & { options: Record<string, string> }): ProductView
  deleteProduct(input: Which): ProductView
  /** In these places (by name), or in all. */
  publish(input: Which & { at?: string[] }): ProductView
  unpublish(input: Which & { at?: string[] }): ProductView
}

export function productVerbs(state: State, goods: Products, newEvent: () => string): ProductVerbs {
  function found(which: string): Product {
    const handled = state.byHandle.get(which) ?? state.products.get(which)
    if (handled !== undefined) return handled
    for (const item of state.bySku.get(which) ?? []) return item.product
    for (const product of state.products.values()) if (product.title === which || gid('Product', product.id) === which) return product
    throw new Error(`no product ${which}`)
  }
  const viewOf = (product: Product): ProductView => ({
    id: product.id,
    gid: gid('Product', product.id),
    title: product.title,
    handle: product.handle,
    status: product.status,
    vendor: product.vendor,
    descriptionHtml: product.descriptionHtml,
    options: Object.fromEntries(product.options.map((option) => [option.name, option.values.map((value) => value.name)])),
    publications: [...product.publications.keys()].map((id) => state.publications.get(id)?.name ?? id),
    variants: product.variants.map((item) => ({
      id: item.variantId,
      sku: item.sku,
      title: titleOfVariant(item),
      priceMinor: item.priceMinor,
      compareAtMinor: item.compareAtMinor,
      barcode: item.barcode,
      tracked: item.tracked,
    })),
    updatedAt: new Date(product.updatedAt).toISOString(),
  })
  /** A verb on one product, answering it as it is afterwards. */
  const on =
    <I extends Which>(work: (product: Product, input: I) => void) =>
    (input: I): ProductView => {
      const product = found(input.product)
      work(product, input)
      goods.told('products/update', product, newEvent())
      return viewOf(product)
    }
  const published = (yes: boolean) =>
    on<Which & { at?: string[] }>((product, { at }) => {
      for (const publication of state.publications.values()) if (at === undefined || at.includes(publication.name)) goods.publish(product, publication, yes)
    })
  const itemOf = (sku: string): Item => {
    for (const item of state.bySku.get(sku) ?? []) return item
    throw new Error(`no item with sku ${sku}`)
  }
  return {
    product: (input) => viewOf(found(input.product)),
    products: () => [...state.products.values()].map(viewOf),
    editProduct: on<Which & Partial<ProductFacts>>((product, { product: _, ...facts }) => goods.edit(product, facts)),
    editVariant: ({ sku, ...facts }) => {
      const item = itemOf(sku)
      goods.change(item, facts)
      goods.told('products/update', item.product, newEvent())
      return viewOf(item.product)
    },
    addVariant: on<Which & ItemFacts & { options: Record<string, string> }>((product, { product: _, options, levels, ...facts }) => {
      const values = Object.entries(options).map(([option, value]) => goods.valueCalled(product, option, value))
      goods.addVariant(product, values, facts, levels ?? null)
    }),
    deleteProduct: (input) => {
      const product = found(input.product)
      const before = viewOf(product)
      goods.remove(product, newEvent())
      return before
    },
    publish: published(true),
    unpublish: published(false),
  }
}
