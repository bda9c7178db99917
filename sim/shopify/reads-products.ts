/** What the fields of products, variants, options and publications answer with. */
import { invalidId } from './errors.ts'
import { amountText, dateTime, gid } from './ids.ts'
import { sellable } from './levels.ts'
import { handleFrom, isSold, isStandalone, positionOf, selectedOptions, titleOfVariant, usedValues } from './product.ts'
import { as, find, type Nodes, named, pages, type Reading, type Resolvers, stamped } from './reading.ts'
import { cut, type PageArgs, parseQuery } from './search.ts'
import { byPosition, productMatches, productStanding, variantMatches, variantStanding } from './search-products.ts'
import { itemsToAsk } from './sku-index.ts'
import type { Item, OptionValue, Product, ProductOption, Publication } from './state.ts'

const productById = (reading: Reading, id: string): Product | null => find(reading.state.products, 'Product', id)
const variantById = (reading: Reading, id: string): Item | null => find(reading.state.byVariant, 'ProductVariant', id)
const publicationById = (reading: Reading, id: string): Publication | null => find(reading.state.publications, 'Publication', id)

export const PRODUCT_NODES: Nodes = {
  Product: { scopes: ['read_products'], find: productById },
  ProductVariant: { scopes: ['read_products'], find: variantById },
  Publication: { scopes: ['read_publications'], find: publicationById },
}

type Searched = PageArgs & { query?: string | null; sortKey: string }
/** Nothing is copied where a list is walked in its own order. */
function* filtered<T>(things: Iterable<T>, holds: (thing: T) => boolean): Generator<T> {
  for (const thing of things) if (holds(thing)) yield thing
}

export const productRoots: NonNullable<Resolvers[string]> = {
  product: (_, args: { id: string }, reading) => productById(reading, args.id),
  productByIdentifier: (_, { identifier }: { identifier: { id?: string; handle?: string } }, reading) =>
    identifier.id !== undefined ? productById(reading, identifier.id) : (reading.state.byHandle.get(identifier.handle ?? '') ?? null),
  products: (_, args: Searched, reading) => {
    const query = parseQuery(args.query)
    return cut(
      filtered(reading.state.products.values(), (product) => productMatches(product, query)),
      args,
      productStanding(args.sortKey),
      args.sortKey === 'ID',
    )
  },
  productVariant: (_, args: { id: string }, reading) => variantById(reading, args.id),
  productVariants: (_, args: Searched, reading) => {
    const query = parseQuery(args.query)
    return cut(
      filtered(itemsToAsk(reading.state, query), (item) => variantMatches(item, query)),
      args,
      variantStanding(args.sortKey),
      args.sortKey === 'ID',
    )
  },
  publications: (_, args: PageArgs, reading) => pages([...reading.state.publications.values()], args, (each) => each.id),
}

interface Shown {
  product: Product
  publication: Publication
}
const countsAsPublished = (reading: Reading, product: Product): boolean => reading.state.switches.hiddenIsPublished || isSold(product)
const publicationsOf = (reading: Reading, product: Product, onlyPublished: boolean): Shown[] =>
  [...product.publications.keys()].flatMap((id) => {
    const publication = reading.state.publications.get(id)
    return publication === undefined || (onlyPublished && !countsAsPublished(reading, product)) ? [] : [{ product, publication }]
  })
interface InProduct<T> {
  product: Product
  part: T
}

export const productReads: Resolvers = {
  Product: {
    ...named('Product'),
    ...stamped,
    totalInventory: (product: Product) => product.variants.reduce((sum, item) => sum + (item.tracked ? sellable(item) : 0), 0),
    tracksInventory: (product: Product) => product.variants.some((item) => item.tracked),
    hasOnlyDefaultVariant: isStandalone,
    publishedAt: (product: Product) => (isSold(product) && product.publications.size > 0 ? dateTime(Math.min(...product.publications.values())) : null),
    options: (product: Product, args: { first?: number | null }) => product.options.slice(0, args.first ?? undefined).map((part) => ({ product, part })),
    variants: (product: Product, args: PageArgs & { sortKey: string }) =>
      cut(product.variants, args, args.sortKey === 'POSITION' ? byPosition(product) : variantStanding(args.sortKey), args.sortKey === 'POSITION'),
    variantsCount: (product: Product) => ({ count: product.variants.length }),
    publishedOnPublication: (product: Product, args: { publicationId: string }, reading) => {
      const publication = publicationById(reading, args.publicationId)
      if (publication === null) throw invalidId(args.publicationId)
      return countsAsPublished(reading, product) && product.publications.has(publication.id)
    },
    resourcePublicationsCount: (product: Product, args: { onlyPublished: boolean }, reading) => ({ count: publicationsOf(reading, product, args.onlyPublished).length }),
    resourcePublicationsV2: (product: Product, args: PageArgs & { onlyPublished: boolean }, reading) =>
      pages(publicationsOf(reading, product, args.onlyPublished), args, (each) => each.publication.id),
  },
  ProductOption: {
    id: ({ part }: InProduct<ProductOption>) => gid('ProductOption', part.id),
    name: ({ part }: InProduct<ProductOption>) => part.name,
    position: ({ product, part }: InProduct<ProductOption>) => product.options.indexOf(part) + 1,
    optionValues: ({ product, part }: InProduct<ProductOption>) => part.values.map((value) => ({ product, part: value, used: usedValues(product, part) })),
    values: ({ product, part }: InProduct<ProductOption>) => usedValues(product, part).map((value) => value.name),
  },
  ProductOptionValue: {
    id: ({ part }: InProduct<OptionValue>) => gid('ProductOptionValue', part.id),
    name: ({ part }: InProduct<OptionValue>) => part.name,
    hasVariants: ({ part, used }: InProduct<OptionValue> & { used: OptionValue[] }) => used.includes(part),
  },
  SelectedOption: { optionValue: ({ optionValue }: { optionValue: OptionValue }) => ({ part: optionValue, used: [optionValue] }) },
  ProductVariant: {
    id: (item: Item) => gid('ProductVariant', item.variantId),
    legacyResourceId: (item: Item) => item.variantId,
    ...stamped,
    title: titleOfVariant,
    displayName: (item: Item) => `${item.product.title} - ${titleOfVariant(item)}`,
    position: positionOf,
    price: (item: Item) => amountText(item.priceMinor),
    compareAtPrice: (item: Item) => (item.compareAtMinor === null ? null : amountText(item.compareAtMinor)),
    selectedOptions,
    availableForSale: (item: Item) => !item.tracked || item.oversells || sellable(item) > 0,
    inventoryPolicy: (item: Item) => (item.oversells ? 'CONTINUE' : 'DENY'),
    inventoryQuantity: sellable,
    inventoryItem: (item: Item) => item,
    requiresComponents: (item: Item) => item.bundle,
  },
  Publication: {
    ...named('Publication'),
    autoPublish: () => false,
    supportsFuturePublishing: (each: Publication) => each.name === 'Online Store',
    // A merchant knows it by its channel; the catalog's own title is a made-up one.
    catalog: (each: Publication) => as('AppCatalog', { id: each.id, title: `Channel Catalog ${each.id}` }),
    channels: (each: Publication, args: PageArgs) => pages([each], args, (one) => one.id),
  },
  AppCatalog: { id: (each: { id: string }) => gid('AppCatalog', each.id) },
  Channel: { id: (each: Publication) => gid('Channel', each.id), handle: (each: Publication) => handleFrom(each.name) },
  ResourcePublicationV2: {
    isPublished: ({ product }: Shown, _, reading) => countsAsPublished(reading, product),
    publishDate: ({ product, publication }: Shown) => dateTime(product.publications.get(publication.id) ?? 0),
    publishable: ({ product }: Shown) => as('Product', product),
  },
}
