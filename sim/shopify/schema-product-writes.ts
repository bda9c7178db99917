/** How products are written, as in Shopify's Admin schema (2026-10). */
export const PRODUCT_WRITES = /* GraphQL */ `
extend type Mutation {
  productCreate(media: [CreateMediaInput!], product: ProductCreateInput): ProductCreatePayload
  productUpdate(identifier: ProductUpdateIdentifiers, media: [CreateMediaInput!], product: ProductUpdateInput): ProductUpdatePayload
  productSet(identifier: ProductSetIdentifiers, input: ProductSetInput!, synchronous: Boolean = true): ProductSetPayload
  productDelete(input: ProductDeleteInput!, synchronous: Boolean = true): ProductDeletePayload
  productOptionsCreate(options: [OptionCreateInput!]!, productId: ID!, variantStrategy: ProductOptionCreateVariantStrategy = LEAVE_AS_IS): ProductOptionsCreatePayload
  productOptionUpdate(option: OptionUpdateInput!, optionValuesToAdd: [OptionValueCreateInput!], optionValuesToDelete: [ID!], optionValuesToUpdate: [OptionValueUpdateInput!], productId: ID!, variantStrategy: ProductOptionUpdateVariantStrategy): ProductOptionUpdatePayload
  productVariantsBulkCreate(productId: ID!, strategy: ProductVariantsBulkCreateStrategy = DEFAULT, variants: [ProductVariantsBulkInput!]!): ProductVariantsBulkCreatePayload
  productVariantsBulkUpdate(allowPartialUpdates: Boolean = false, productId: ID!, variants: [ProductVariantsBulkInput!]!): ProductVariantsBulkUpdatePayload
  productVariantsBulkDelete(productId: ID!, variantsIds: [ID!]!): ProductVariantsBulkDeletePayload
  publishablePublish(id: ID!, input: [PublicationInput!]!): PublishablePublishPayload
  publishableUnpublish(id: ID!, input: [PublicationInput!]!): PublishableUnpublishPayload
}

input ProductCreateInput { descriptionHtml: String handle: String productOptions: [OptionCreateInput!] productType: String status: ProductStatus tags: [String!] title: String vendor: String }
input ProductUpdateInput { descriptionHtml: String handle: String id: ID productType: String status: ProductStatus tags: [String!] title: String vendor: String }
input ProductUpdateIdentifiers @oneOf { handle: String id: ID }
input ProductSetIdentifiers @oneOf { handle: String id: ID }
input ProductSetInput { descriptionHtml: String files: [FileSetInput!] handle: String id: ID productOptions: [OptionSetInput!] productType: String status: ProductStatus tags: [String!] title: String variants: [ProductVariantSetInput!] vendor: String }
input ProductVariantSetInput { barcode: String compareAtPrice: Money id: ID inventoryItem: InventoryItemInput inventoryPolicy: ProductVariantInventoryPolicy inventoryQuantities: [ProductSetInventoryInput!] optionValues: [VariantOptionValueInput!]! position: Int price: Money sku: String taxable: Boolean }
input ProductSetInventoryInput { locationId: ID! name: String! quantity: Int! }
input ProductVariantsBulkInput { barcode: String compareAtPrice: Money id: ID inventoryItem: InventoryItemInput inventoryPolicy: ProductVariantInventoryPolicy inventoryQuantities: [InventoryLevelInput!] optionValues: [VariantOptionValueInput!] price: Money taxable: Boolean }
input InventoryLevelInput { availableQuantity: Int! locationId: ID! }
input VariantOptionValueInput { id: ID name: String optionId: ID optionName: String }
input OptionSetInput { id: ID name: String position: Int values: [OptionValueSetInput!] }
input OptionValueSetInput { id: ID name: String }
input OptionCreateInput { name: String position: Int values: [OptionValueCreateInput!] }
input OptionValueCreateInput { name: String }
input OptionUpdateInput { id: ID! name: String position: Int }
input OptionValueUpdateInput { id: ID! name: String }
input ProductDeleteInput { id: ID! }
input PublicationInput { publicationId: ID publishDate: DateTime }
enum ProductOptionCreateVariantStrategy { CREATE LEAVE_AS_IS }
enum ProductOptionUpdateVariantStrategy { LEAVE_AS_IS MANAGE }
enum ProductVariantsBulkCreateStrategy { DEFAULT PRESERVE_STANDALONE_VARIANT REMOVE_STANDALONE_VARIANT }

type ProductCreatePayload { product: Product shop: Shop! userErrors: [UserError!]! }
type ProductUpdatePayload { product: Product userErrors: [UserError!]! }
type ProductDeletePayload { deletedProductId: ID shop: Shop! userErrors: [UserError!]! }
type PublishablePublishPayload { publishable: Publishable shop: Shop! userErrors: [UserError!]! }
type PublishableUnpublishPayload { publishable: Publishable shop: Shop! userErrors: [UserError!]! }
type ProductSetPayload { product: Product productSetOperation: ProductSetOperation userErrors: [ProductSetUserError!]! }
type ProductSetOperation implements Node { id: ID! product: Product status: ProductOperationStatus! }
enum ProductOperationStatus { ACTIVE COMPLETE CREATED }
type ProductSetUserError implements DisplayableError { code: ProductSetUserErrorCode field: [String!] message: String! }
enum ProductSetUserErrorCode { DUPLICATED_OPTION_NAME DUPLICATED_OPTION_VALUE GENERIC_ERROR HANDLE_NOT_UNIQUE ID_NOT_ALLOWED INPUT_MISMATCH INVALID_INPUT INVALID_PRODUCT INVALID_VARIANT INVENTORY_QUANTITIES_LIMIT_EXCEEDED JOB_ERROR MISSING_FIELD_REQUIRED NOT_FOUND OPTIONS_OVER_LIMIT OPTION_DOES_NOT_EXIST OPTION_VALUES_MISSING OPTION_VALUES_OVER_LIMIT OPTION_VALUE_DOES_NOT_EXIST PRODUCT_DOES_NOT_EXIST PRODUCT_OPTIONS_INPUT_MISSING PRODUCT_SUSPENDED PRODUCT_VARIANT_DOES_NOT_EXIST VARIANTS_INPUT_MISSING VARIANTS_OVER_LIMIT }
type ProductOptionsCreatePayload { product: Product userErrors: [ProductOptionsCreateUserError!]! }
type ProductOptionsCreateUserError implements DisplayableError { code: ProductOptionsCreateUserErrorCode field: [String!] message: String! }
enum ProductOptionsCreateUserErrorCode { DUPLICATED_OPTION_NAME DUPLICATED_OPTION_VALUE INVALID_NAME OPTIONS_OVER_LIMIT OPTION_ALREADY_EXISTS OPTION_NAME_MISSING OPTION_NAME_TOO_LONG OPTION_VALUES_MISSING OPTION_VALUES_OVER_LIMIT OPTION_VALUE_NAME_TOO_LONG PRODUCT_DOES_NOT_EXIST PRODUCT_SUSPENDED TOO_MANY_VARIANTS_CREATED }
type ProductOptionUpdatePayload { product: Product userErrors: [ProductOptionUpdateUserError!]! }
type ProductOptionUpdateUserError implements DisplayableError { code: ProductOptionUpdateUserErrorCode field: [String!] message: String! }
enum ProductOptionUpdateUserErrorCode { CANNOT_CREATE_VARIANTS_ABOVE_LIMIT INVALID_NAME INVALID_POSITION OPTION_ALREADY_EXISTS OPTION_DOES_NOT_EXIST OPTION_NAME_TOO_LONG OPTION_VALUES_OVER_LIMIT OPTION_VALUE_ALREADY_EXISTS OPTION_VALUE_DOES_NOT_EXIST OPTION_VALUE_HAS_VARIANTS OPTION_VALUE_NAME_TOO_LONG PRODUCT_DOES_NOT_EXIST PRODUCT_SUSPENDED TOO_MANY_VARIANTS_CREATED }
type ProductVariantsBulkCreatePayload { product: Product productVariants: [ProductVariant!] userErrors: [ProductVariantsBulkCreateUserError!]! }
type ProductVariantsBulkCreateUserError implements DisplayableError { code: ProductVariantsBulkCreateUserErrorCode field: [String!] message: String! }
enum ProductVariantsBulkCreateUserErrorCode { GREATER_THAN_OR_EQUAL_TO INVALID INVALID_INPUT INVENTORY_QUANTITIES_LIMIT_EXCEEDED MUST_BE_FOR_THIS_PRODUCT NEED_TO_ADD_OPTION_VALUES NEGATIVE_PRICE_VALUE NO_KEY_ON_CREATE OPTION_VALUES_FOR_NUMBER_OF_UNKNOWN_OPTIONS PRODUCT_DOES_NOT_EXIST PRODUCT_SUSPENDED SUBSCRIPTION_VIOLATION TOO_MANY_INVENTORY_LOCATIONS TRACKED_VARIANT_LOCATION_NOT_FOUND VARIANT_ALREADY_EXISTS VARIANT_ALREADY_EXISTS_CHANGE_OPTION_VALUE }
type ProductVariantsBulkUpdatePayload { product: Product productVariants: [ProductVariant!] userErrors: [ProductVariantsBulkUpdateUserError!]! }
type ProductVariantsBulkUpdateUserError implements DisplayableError { code: ProductVariantsBulkUpdateUserErrorCode field: [String!] message: String! }
enum ProductVariantsBulkUpdateUserErrorCode { CANNOT_SPECIFY_BOTH GREATER_THAN_OR_EQUAL_TO INVALID_INPUT INVALID_VALUE MUST_BE_FOR_THIS_PRODUCT NEED_TO_ADD_OPTION_VALUES NEGATIVE_PRICE_VALUE NO_INVENTORY_QUANTITIES_ON_VARIANTS_UPDATE OPTION_DOES_NOT_EXIST OPTION_VALUE_DOES_NOT_EXIST OPTION_VALUE_NAME_TOO_LONG PRODUCT_DOES_NOT_EXIST PRODUCT_SUSPENDED PRODUCT_VARIANT_DOES_NOT_EXIST PRODUCT_VARIANT_ID_MISSING SUBSCRIPTION_VIOLATION TOO_LONG TOO_SHORT VARIANT_ALREADY_EXISTS }
type ProductVariantsBulkDeletePayload { product: Product userErrors: [ProductVariantsBulkDeleteUserError!]! }
type ProductVariantsBulkDeleteUserError implements DisplayableError { code: ProductVariantsBulkDeleteUserErrorCode field: [String!] message: String! }
enum ProductVariantsBulkDeleteUserErrorCode { AT_LEAST_ONE_VARIANT_DOES_NOT_BELONG_TO_THE_PRODUCT CANNOT_DELETE_LAST_VARIANT PRODUCT_DOES_NOT_EXIST PRODUCT_SUSPENDED }
`
