/** The parts of the official schema about pictures, staged uploads and files that are simulated. */
export const MEDIA = /* GraphQL */ `
extend type QueryRoot {
  files(after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false, sortKey: FileSortKeys = ID): FileConnection!
}
extend type Mutation {
  stagedUploadsCreate(input: [StagedUploadInput!]!): StagedUploadsCreatePayload
  fileUpdate(files: [FileUpdateInput!]!): FileUpdatePayload
  fileDelete(fileIds: [ID!]!): FileDeletePayload
  productReorderMedia(id: ID!, moves: [MoveInput!]!): ProductReorderMediaPayload
  productVariantAppendMedia(productId: ID!, variantMedia: [ProductVariantAppendMediaInput!]!): ProductVariantAppendMediaPayload
  productVariantDetachMedia(productId: ID!, variantMedia: [ProductVariantDetachMediaInput!]!): ProductVariantDetachMediaPayload
}
extend type Product {
  media(after: String, before: String, first: Int, last: Int, reverse: Boolean = false, sortKey: ProductMediaSortKeys = POSITION): MediaConnection!
  mediaCount: Count
  featuredMedia: Media
}
extend type ProductVariant { media(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): MediaConnection! }

interface Media { id: ID! alt: String mediaContentType: MediaContentType! mediaErrors: [MediaError!]! preview: MediaPreviewImage status: MediaStatus! }
interface File { id: ID! alt: String createdAt: DateTime! updatedAt: DateTime! fileErrors: [FileError!]! fileStatus: FileStatus! preview: MediaPreviewImage }
type MediaImage implements File & Media & Node {
  id: ID!
  alt: String
  createdAt: DateTime!
  updatedAt: DateTime!
  fileErrors: [FileError!]!
  fileStatus: FileStatus!
  image: Image
  mediaContentType: MediaContentType!
  mediaErrors: [MediaError!]!
  mimeType: String
  originalSource: MediaImageOriginalSource
  preview: MediaPreviewImage
  status: MediaStatus!
}
type MediaConnection { edges: [MediaEdge!]! nodes: [Media!]! pageInfo: PageInfo! }
type MediaEdge { cursor: String! node: Media! }
type FileConnection { edges: [FileEdge!]! nodes: [File!]! pageInfo: PageInfo! }
type FileEdge { cursor: String! node: File! }
type Image { id: ID altText: String height: Int width: Int url: URL! }
type MediaImageOriginalSource { fileSize: Int url: URL }
type MediaPreviewImage { image: Image status: MediaPreviewImageStatus! }
type MediaError { code: MediaErrorCode! details: String message: String! }
type FileError { code: FileErrorCode! details: String message: String! }
enum MediaContentType { EXTERNAL_VIDEO IMAGE MODEL_3D VIDEO }
enum MediaStatus { FAILED PROCESSING READY UPLOADED }
enum FileStatus { FAILED PROCESSING READY UPLOADED }
enum MediaPreviewImageStatus { FAILED PROCESSING READY UPLOADED }
enum ProductMediaSortKeys { ID POSITION }
enum FileSortKeys { CREATED_AT FILENAME ID ORIGINAL_UPLOAD_SIZE RELEVANCE UPDATED_AT }
enum MediaErrorCode { IMAGE_DOWNLOAD_FAILURE IMAGE_PROCESSING_FAILURE INVALID_IMAGE_ASPECT_RATIO INVALID_IMAGE_FILE_SIZE INVALID_IMAGE_RESOLUTION INVALID_SIGNED_URL MEDIA_TIMEOUT_ERROR UNKNOWN UNSUPPORTED_IMAGE_FILE_TYPE }
enum FileErrorCode { IMAGE_DOWNLOAD_FAILURE IMAGE_PROCESSING_FAILURE INVALID_IMAGE_ASPECT_RATIO INVALID_IMAGE_FILE_SIZE INVALID_IMAGE_RESOLUTION INVALID_SIGNED_URL MEDIA_TIMEOUT_ERROR UNKNOWN UNSUPPORTED_IMAGE_FILE_TYPE }

input StagedUploadInput { fileSize: UnsignedInt64 filename: String! httpMethod: StagedUploadHttpMethodType = PUT mimeType: String! resource: StagedUploadTargetGenerateUploadResource! }
enum StagedUploadHttpMethodType { POST PUT }
enum StagedUploadTargetGenerateUploadResource { BULK_MUTATION_VARIABLES FILE IMAGE PRODUCT_IMAGE SHOP_IMAGE }
type StagedUploadsCreatePayload { stagedTargets: [StagedMediaUploadTarget!] userErrors: [UserError!]! }
type StagedMediaUploadTarget { parameters: [StagedUploadParameter!]! resourceUrl: URL url: URL }
type StagedUploadParameter { name: String! value: String! }

input CreateMediaInput { alt: String mediaContentType: MediaContentType! originalSource: String! }
input FileSetInput { alt: String contentType: FileContentType duplicateResolutionMode: FileCreateInputDuplicateResolutionMode = APPEND_UUID filename: String id: ID originalSource: String }
enum FileContentType { EXTERNAL_VIDEO FILE IMAGE MODEL_3D VIDEO }
enum FileCreateInputDuplicateResolutionMode { APPEND_UUID }
input FileUpdateInput { alt: String filename: String id: ID! originalSource: String referencesToAdd: [ID!] referencesToRemove: [ID!] }
type FileUpdatePayload { files: [File!] userErrors: [FilesUserError!]! }
type FileDeletePayload { deletedFileIds: [ID!] userErrors: [FilesUserError!]! }
type FilesUserError implements DisplayableError { code: FilesErrorCode field: [String!] message: String! }
enum FilesErrorCode { ALT_VALUE_LIMIT_EXCEEDED FILE_DOES_NOT_EXIST INVALID INVALID_FILENAME_EXTENSION INVALID_IMAGE_SOURCE_URL MEDIA_CANNOT_BE_MODIFIED NON_READY_STATE PRODUCT_MEDIA_LIMIT_EXCEEDED REFERENCE_TARGET_DOES_NOT_EXIST }
input MoveInput { id: ID! newPosition: UnsignedInt64! }
type ProductReorderMediaPayload { job: Job mediaUserErrors: [MediaUserError!]! }
type Job { done: Boolean! id: ID! }
input ProductVariantAppendMediaInput { mediaIds: [ID!]! variantId: ID! }
input ProductVariantDetachMediaInput { mediaIds: [ID!]! variantId: ID! }
type ProductVariantAppendMediaPayload { product: Product productVariants: [ProductVariant!] userErrors: [MediaUserError!]! }
type ProductVariantDetachMediaPayload { product: Product productVariants: [ProductVariant!] userErrors: [MediaUserError!]! }
type MediaUserError implements DisplayableError { code: MediaUserErrorCode field: [String!] message: String! }
enum MediaUserErrorCode { INVALID INVALID_MEDIA_TYPE MAXIMUM_VARIANT_MEDIA_PAIRS_EXCEEDED MEDIA_DOES_NOT_EXIST MEDIA_DOES_NOT_EXIST_ON_PRODUCT MEDIA_IS_NOT_ATTACHED_TO_VARIANT NON_READY_MEDIA PRODUCT_DOES_NOT_EXIST PRODUCT_VARIANT_ALREADY_HAS_MEDIA PRODUCT_VARIANT_DOES_NOT_EXIST_ON_PRODUCT PRODUCT_VARIANT_SPECIFIED_MULTIPLE_TIMES TOO_MANY_MEDIA_PER_INPUT_PAIR }
`
