/** The shop's goods: products come and go, and so do their variants. Who asks has been checked. */
import type { SimTime } from '../time.ts'
import { type ItemInput, indexLater, type Stock } from './levels.ts'
import { dropUnused, handleFrom, STANDALONE, usedIn } from './product.ts'
import { type Item, newId, type OptionValue, type Product, type ProductOption, type Publication, type State } from './state.ts'

export type ProductTopic = 'products/create' | 'products/update' | 'products/delete'
export interface ProductNews {
  product(topic: ProductTopic, product: Product, eventId: string): void
}
/** All of it may be left out but the title. */
export type ProductFacts = { title: string } & Partial<Pick<Product, 'handle' | 'descriptionHtml' | 'vendor' | 'productType' | 'tags' | 'status'>>
/** A variant's own; left out = as Shopify begins: free of charge, not counted. */
export type VariantFacts = Partial<Pick<Item, 'sku' | 'priceMinor' | 'compareAtMinor' | 'barcode' | 'taxable' | 'oversells' | 'tracked' | 'requiresShipping' | 'bundle'>>

export interface Products {
  addPublication(name: string): Publication
  /** A person adds goods, as the shop's admin does it: sold in all places. */
  addItem(input: ItemInput): Item
  /** Without options and variants: whoever makes it goes on. Published nowhere, and nobody is told yet. */
  create(facts: ProductFacts): Product
  edit(product: Product, facts: Partial<ProductFacts>): void
  /** Stocked as said (by place name), else at the shop's first place. */
  addVariant(product: Product, values: OptionValue[], facts: VariantFacts, levels: Record<string, number> | null): Item
  /** The value of an option, made when there is none. */
  valueCalled(product: Product, option: string, value: string): OptionValue
  change(item: Item, facts: VariantFacts): void
  removeVariant(item: Item): void
  remove(product: Product, eventId: string): void
  publish(product: Product, publication: Publication, published: boolean): void
  /** It has changed: its time, the search index, the hooks. */
  told(topic: 'products/create' | 'products/update', product: Product, eventId: string): void
}

/** What it differs in from the product's other variants: as said, else in what it is called. */
function differing(input: ItemInput, title: string): Record<string, string> {
  if (input.options !== undefined && Object.keys(input.options).length > 0) return input.options
  return input.product === undefined || input.options !== undefined ? { [STANDALONE.option]: STANDALONE.value } : { Variant: title }
}
const added = <T>(list: T[], one: T): T => {
  list.push(one)
  return one
}
export const newOption = (state: State, name: string, values: readonly string[]): ProductOption => ({
  id: newId(state),
  name,
  values: values.map((value) => newValue(state, value)),
})
export const newValue = (state: State, name: string): OptionValue => ({ id: newId(state), name })

export function products(state: State, time: SimTime, stock: Stock, news: ProductNews, shopName: string, newEvent: () => string): Products {
  /** A title others have too gets a number behind. */
  function freeHandle(wanted: string): string {
    let handle = wanted
    for (let twin = 1; state.byHandle.has(handle); twin += 1) handle = `${wanted}-${twin}`
    return handle
  }
  function create(facts: ProductFacts): Product {
    const now = time.ms()
    const product: Product = {
      id: newId(state),
      title: facts.title,
      handle: freeHandle(facts.handle ?? handleFrom(facts.title)),
      descriptionHtml: facts.descriptionHtml ?? '',
      vendor: facts.vendor ?? shopName,
      productType: facts.productType ?? '',
      tags: facts.tags ?? [],
      status: facts.status ?? 'ACTIVE',
      options: [],
      variants: [],
      media: [],
      publications: new Map(),
      createdAt: now,
      updatedAt: now,
      indexed: null,
    }
    state.products.set(product.id, product)
    state.byHandle.set(product.handle, product)
    return product
  }
  const told = (topic: 'products/create' | 'products/update', product: Product, eventId: string) => {
    product.updatedAt = time.ms()
    indexLater(state, time, product, () => null)
    news.product(topic, product, eventId)
  }
  function valueCalled(product: Product, name: string, value: string): OptionValue {
    const option = product.options.find((each) => each.name === name) ?? added(product.options, newOption(state, name, []))
    return option.values.find((each) => each.name === value) ?? added(option.values, newValue(state, value))
  }
  const standing = (name: string | undefined): Product | undefined => state.products.get((name === undefined ? undefined : state.named.get(name)?.id) ?? '')

  function addItem(input: ItemInput): Item {
    const title = input.title ?? input.sku ?? 'Namnlös vara'
    const known = standing(input.product)
    const product = known ?? create({ title: input.product ?? title, ...(input.vendor === undefined ? {} : { vendor: input.vendor }) })
    if (known === undefined) for (const each of state.publications.values()) product.publications.set(each.id, time.ms())
    if (input.product !== undefined) state.named.set(input.product, product)
    const item = stock.addItem(
      product,
      Object.entries(differing(input, title)).map(([name, value]) => valueCalled(product, name, value)),
      { ...input, priceMinor: input.priceMinor ?? 19_900, tracked: input.tracked ?? true },
    )
    told(known === undefined ? 'products/create' : 'products/update', product, newEvent())
    return item
  }

  return {
    addPublication: (name) => {
      const publication: Publication = { id: newId(state), name }
      state.publications.set(publication.id, publication)
      return publication
    },
    addItem,
    create,
    valueCalled,
    edit: (product, { handle, ...facts }) => {
      Object.assign(product, facts)
      if (handle === undefined || handle === product.handle) return
      state.byHandle.delete(product.handle)
      product.handle = freeHandle(handle)
      state.byHandle.set(product.handle, product)
    },
    addVariant: (product, values, facts, levels) => {
      const [first] = state.places.values()
      return stock.addItem(product, values, { ...facts, levels: levels ?? (first === undefined ? {} : { [first.name]: 0 }) })
    },
    change: (item, { sku, tracked, ...facts }) => {
      Object.assign(item, facts)
      if (sku !== undefined && sku !== item.sku) stock.rename(item, sku)
      if (tracked !== undefined && tracked !== item.tracked) stock.setTracked(item, tracked)
      stock.touchItem(item)
    },
    removeVariant: (item) => {
      const { product } = item
      const before = usedIn(product)
      product.variants = product.variants.filter((each) => each !== item)
      dropUnused(product, before)
      stock.removeItem(item)
    },
    remove: (product, eventId) => {
      for (const item of product.variants) stock.removeItem(item)
      state.products.delete(product.id)
      state.byHandle.delete(product.handle)
      news.product('products/delete', product, eventId)
    },
    publish: (product, publication, published) => {
      if (published) product.publications.set(publication.id, product.publications.get(publication.id) ?? time.ms())
      else product.publications.delete(publication.id)
    },
    told,
  }
}
