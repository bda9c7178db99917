/** The questions and orders about a product's pictures. Besides the rights to products they ask for `write_files`. */
import { mutation, query } from './document.ts'
import * as answers from './image-answers.ts'

export const MEDIA = query(
  'Media',
  36,
  answers.media,
  `query Media($id: ID!, $after: String) {
  product(id: $id) {
    media(first: 250, after: $after) {
      nodes { id alt status ... on MediaImage { image { url } originalSource { fileSize } } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`,
)

export const MEDIA_STATES = query(
  'MediaStates',
  1,
  answers.mediaStates,
  `query MediaStates($ids: [ID!]!) {
  nodes(ids: $ids) { id ... on MediaImage { status } }
}`,
)

export const VARIANT_MEDIA = query(
  'VariantMedia',
  4,
  answers.variantMedia,
  `query VariantMedia($ids: [ID!]!) {
  nodes(ids: $ids) { id ... on ProductVariant { media(first: 1) { nodes { id } } } }
}`,
)

export const STAGE_UPLOADS = mutation(
  'StageUploads',
  11,
  answers.stageUploads,
  `mutation StageUploads($input: [StagedUploadInput!]!) {
  stagedUploadsCreate(input: $input) {
    stagedTargets { url resourceUrl parameters { name value } }
    userErrors { field message }
  }
}`,
)

/** They come last among the product's, in this order. */
export const ADD_IMAGES = mutation(
  'AddImages',
  32,
  answers.addImages,
  `mutation AddImages($product: ProductUpdateInput!, $media: [CreateMediaInput!]!, $last: Int!) {
  productUpdate(product: $product, media: $media) {
    product { media(last: $last) { nodes { id } } }
    userErrors { field message }
  }
}`,
)

export const CHANGE_IMAGES = mutation(
  'ChangeImages',
  10,
  answers.changeImages,
  `mutation ChangeImages($files: [FileUpdateInput!]!) {
  fileUpdate(files: $files) {
    files { id }
    userErrors { code field message }
  }
}`,
)

/** Only ever for one that failed: deleted it is gone from everywhere in the shop. */
export const DELETE_IMAGES = mutation(
  'DeleteImages',
  10,
  answers.deleteImages,
  `mutation DeleteImages($ids: [ID!]!) {
  fileDelete(fileIds: $ids) {
    deletedFileIds
    userErrors { code field message }
  }
}`,
)

export const ORDER_IMAGES = mutation(
  'OrderImages',
  10,
  answers.orderImages,
  `mutation OrderImages($product: ID!, $moves: [MoveInput!]!) {
  productReorderMedia(id: $product, moves: $moves) {
    mediaUserErrors { code field message }
  }
}`,
)

export const SHOW_VARIANTS = mutation(
  'ShowVariants',
  10,
  answers.showVariants,
  `mutation ShowVariants($product: ID!, $pairs: [ProductVariantAppendMediaInput!]!) {
  productVariantAppendMedia(productId: $product, variantMedia: $pairs) {
    product { id }
    userErrors { code field message }
  }
}`,
)

export const HIDE_VARIANTS = mutation(
  'HideVariants',
  10,
  answers.hideVariants,
  `mutation HideVariants($product: ID!, $pairs: [ProductVariantDetachMediaInput!]!) {
  productVariantDetachMedia(productId: $product, variantMedia: $pairs) {
    product { id }
    userErrors { code field message }
  }
}`,
)
