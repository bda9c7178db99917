/** The questions of the first-time import. They ask for `read_products`; the numbers are asked for as in any look. */
import { query } from './document.ts'
import * as answers from './import-answers.ts'

export const PRODUCTS_PAGE = query(
  'ProductsPage',
  632,
  answers.productsPage,
  `query ProductsPage($query: String) {
  products(first: 100, query: $query, sortKey: ID) {
    nodes {
      id
      title
      descriptionHtml
      vendor
      status
      hasOnlyDefaultVariant
      options { name }
      variants(first: 100) {
        nodes { barcode price compareAtPrice selectedOptions { value } inventoryItem { id sku tracked } media(first: 1) { nodes { id } } }
        pageInfo { hasNextPage endCursor }
      }
      media(first: 20) {
        nodes { id alt ... on MediaImage { image { url } } }
        pageInfo { hasNextPage endCursor }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}`,
)

export const REST_OF_VARIANTS = query(
  'RestOfVariants',
  69,
  answers.restOfVariants,
  `query RestOfVariants($id: ID!, $after: String!) {
  product(id: $id) {
    variants(first: 250, after: $after) {
      nodes { barcode price compareAtPrice selectedOptions { value } inventoryItem { id sku tracked } media(first: 1) { nodes { id } } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`,
)

export const REST_OF_IMAGES = query(
  'RestOfImages',
  25,
  answers.restOfImages,
  `query RestOfImages($id: ID!, $after: String!) {
  product(id: $id) {
    media(first: 250, after: $after) {
      nodes { id alt ... on MediaImage { image { url } } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`,
)
