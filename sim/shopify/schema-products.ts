/** Products, their variants, options and publications, as in Shopify's Admin schema (2026-10). */
export const PRODUCTS = /* GraphQL */ `
scalar HTML

extend type QueryRoot {
  product(id: ID!): Product
  productByIdentifier(identifier: ProductIdentifierInput!): Product
  products(after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false, sortKey: ProductSortKeys = ID): ProductConnection!
  productVariant(id: ID!): ProductVariant
  productVariants(after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false, sortKey: ProductVariantSortKeys = ID): ProductVariantConnection!
  publications(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): PublicationConnection!
}

type ShopResourceLimits { locationLimit: Int! maxProductOptions: Int! maxProductVariants: Int! redirectLimitReached: Boolean! }
type Count { count: Int! }

interface Publishable {
  publishedOnPublication(publicationId: ID!): Boolean!
  resourcePublicationsCount(onlyPublished: Boolean = true): Count
  resourcePublicationsV2(after: String, before: String, first: Int, last: Int, onlyPublished: Boolean = true, reverse: Boolean = false): ResourcePublicationV2Connection!
}
type Product implements Node & Publishable {
  id: ID!
  legacyResourceId: UnsignedInt64!
  title: String!
  handle: String!
  descriptionHtml: HTML!
  vendor: String!
  productType: String!
  tags: [String!]!
  status: ProductStatus!
  totalInventory: Int!
  tracksInventory: Boolean!
  hasOnlyDefaultVariant: Boolean!
  createdAt: DateTime!
  updatedAt: DateTime!
  publishedAt: DateTime
  options(first: Int): [ProductOption!]!
  variants(after: String, before: String, first: Int, last: Int, reverse: Boolean = false, sortKey: ProductVariantSortKeys = POSITION): ProductVariantConnection!
  variantsCount: Count
  publishedOnPublication(publicationId: ID!): Boolean!
  resourcePublicationsCount(onlyPublished: Boolean = true): Count
  resourcePublicationsV2(after: String, before: String, first: Int, last: Int, onlyPublished: Boolean = true, reverse: Boolean = false): ResourcePublicationV2Connection!
}
type ProductConnection { edges: [ProductEdge!]! nodes: [Product!]! pageInfo: PageInfo! }
type ProductEdge { cursor: String! node: Product! }
enum ProductStatus { ACTIVE ARCHIVED DRAFT UNLISTED }
enum ProductSortKeys { CREATED_AT ID TITLE UPDATED_AT VENDOR }
input ProductIdentifierInput @oneOf { handle: String id: ID }

type ProductOption implements Node { id: ID! name: String! position: Int! optionValues: [ProductOptionValue!]! values: [String!]! }
type ProductOptionValue implements Node { id: ID! name: String! hasVariants: Boolean! }
type SelectedOption { name: String! value: String! optionValue: ProductOptionValue! }

type ProductVariant implements Node {
  id: ID!
  legacyResourceId: UnsignedInt64!
  sku: String
  barcode: String
  title: String!
  displayName: String!
  position: Int!
  price: Money!
  compareAtPrice: Money
  taxable: Boolean!
  selectedOptions: [SelectedOption!]!
  availableForSale: Boolean!
  inventoryPolicy: ProductVariantInventoryPolicy!
  inventoryQuantity: Int
  inventoryItem: InventoryItem!
  product: Product!
  requiresComponents: Boolean!
  createdAt: DateTime!
  updatedAt: DateTime!
}
type ProductVariantConnection { edges: [ProductVariantEdge!]! nodes: [ProductVariant!]! pageInfo: PageInfo! }
type ProductVariantEdge { cursor: String! node: ProductVariant! }
enum ProductVariantInventoryPolicy { CONTINUE DENY }
enum ProductVariantSortKeys { ID POSITION SKU TITLE }

type Publication implements Node {
  id: ID!
  name: String! @deprecated
  autoPublish: Boolean!
  supportsFuturePublishing: Boolean!
  catalog: Catalog
  channels(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): ChannelConnection
}
interface Catalog { id: ID! title: String! }
type AppCatalog implements Catalog & Node { id: ID! title: String! }
type Channel implements Node { id: ID! name: String! handle: String! }
type ChannelConnection { edges: [ChannelEdge!]! nodes: [Channel!]! pageInfo: PageInfo! }
type ChannelEdge { cursor: String! node: Channel! }
type PublicationConnection { edges: [PublicationEdge!]! nodes: [Publication!]! pageInfo: PageInfo! }
type PublicationEdge { cursor: String! node: Publication! }
type ResourcePublicationV2 { isPublished: Boolean! publication: Publication! publishDate: DateTime publishable: Publishable! }
type ResourcePublicationV2Connection { edges: [ResourcePublicationV2Edge!]! nodes: [ResourcePublicationV2!]! pageInfo: PageInfo! }
type ResourcePublicationV2Edge { cursor: String! node: ResourcePublicationV2! }
`
