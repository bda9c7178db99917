/** The questions and orders about products. They ask for `read_products` and `write_products`, the last three for `read_publications` and `write_publications`; pictures are in image-documents.ts. */
import { mutation, query } from './document.ts'
import * as answers from './product-answers.ts'

// ---------------------------------------------------------------- what is there

export const PRODUCTS_OF_ITEMS = query(
  'ProductsOfItems',
  6,
  answers.productsOfItems,
  `query ProductsOfItems($ids: [ID!]!) {
  nodes(ids: $ids) {
    id
    ... on InventoryItem { variants(first: 1) { nodes { product { id } } } }
  }
}`,
)

export const PRODUCT_BY_HANDLE = query(
  'ProductByHandle',
  2,
  answers.productByHandle,
  `query ProductByHandle($handle: String!) {
  shop { currencyCode }
  productByIdentifier(identifier: { handle: $handle }) { id }
}`,
)

export const PRODUCT = query(
  'Product',
  39,
  answers.productById,
  `query Product($id: ID!) {
  shop { currencyCode }
  product(id: $id) {
    id
    title
    status
    vendor
    descriptionHtml
    options { id name }
    variants(first: 250) {
      nodes { id barcode price compareAtPrice selectedOptions { name value } inventoryItem { id sku tracked } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`,
)

export const MORE_VARIANTS = query(
  'MoreVariants',
  36,
  answers.moreVariants,
  `query MoreVariants($id: ID!, $after: String!) {
  product(id: $id) {
    variants(first: 250, after: $after) {
      nodes { id barcode price compareAtPrice selectedOptions { name value } inventoryItem { id sku tracked } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`,
)

// ---------------------------------------------------------------- making and changing

/** Only ever for a product that isn't there: of one that is, it would delete every variant it isn't told of. */
export const MAKE_PRODUCT = mutation(
  'MakeProduct',
  16,
  answers.makeProduct,
  `mutation MakeProduct($input: ProductSetInput!, $first: Int!) {
  productSet(input: $input, synchronous: true) {
    product { id variants(first: $first) { nodes { id inventoryItem { id sku tracked } } } }
    userErrors { code field message }
  }
}`,
)

export const CHANGE_PRODUCT = mutation(
  'ChangeProduct',
  10,
  answers.changeProduct,
  `mutation ChangeProduct($product: ProductUpdateInput!) {
  productUpdate(product: $product) {
    product { id }
    userErrors { field message }
  }
}`,
)

/** What stands there gets the first value of each option that is added; no variant is made by it. */
export const ADD_OPTIONS = mutation(
  'AddOptions',
  10,
  answers.addOptions,
  `mutation AddOptions($product: ID!, $options: [OptionCreateInput!]!) {
  productOptionsCreate(productId: $product, options: $options, variantStrategy: LEAVE_AS_IS) {
    product { id }
    userErrors { code field message }
  }
}`,
)

export const CHANGE_VARIANTS = mutation(
  'ChangeVariants',
  10,
  answers.changeVariants,
  `mutation ChangeVariants($product: ID!, $variants: [ProductVariantsBulkInput!]!) {
  productVariantsBulkUpdate(productId: $product, variants: $variants) {
    product { id }
    userErrors { code field message }
  }
}`,
)

/** The standalone variant of a product without options is one like any other: it is never taken away. */
export const ADD_VARIANTS = mutation(
  'AddVariants',
  12,
  answers.addVariants,
  `mutation AddVariants($product: ID!, $variants: [ProductVariantsBulkInput!]!) {
  productVariantsBulkCreate(productId: $product, variants: $variants, strategy: PRESERVE_STANDALONE_VARIANT) {
    productVariants { id inventoryItem { id sku tracked } }
    userErrors { code field message }
  }
}`,
)

// ---------------------------------------------------------------- where it is shown

export const PUBLICATIONS = query(
  'Publications',
  46,
  answers.publications,
  `query Publications($after: String) {
  publications(first: 250, after: $after) {
    nodes { id catalog { title } channels(first: 1) { nodes { name } } }
    pageInfo { hasNextPage endCursor }
  }
}`,
)

export const PUBLISHED_ON = query(
  'PublishedOn',
  25,
  answers.publishedOn,
  `query PublishedOn($id: ID!) {
  product(id: $id) {
    resourcePublicationsV2(first: 250) {
      nodes { publication { id } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`,
)

export const PUBLISH = mutation(
  'Publish',
  10,
  answers.publish,
  `mutation Publish($id: ID!, $input: [PublicationInput!]!) {
  publishablePublish(id: $id, input: $input) {
    userErrors { field message }
  }
}`,
)
