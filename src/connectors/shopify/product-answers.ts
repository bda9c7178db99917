/** What Shopify's answers about products must look like; as in answers.ts, a status we don't know yet is data. */
import { z } from 'zod'
import { list, userErrors } from './answers.ts'

const item = z.object({ id: z.string(), sku: z.string().nullish(), tracked: z.boolean() })
const chosen = z.array(z.object({ name: z.string(), value: z.string() }))
const variant = z.object({
  id: z.string(),
  barcode: z.string().nullish(),
  price: z.string(),
  compareAtPrice: z.string().nullish(),
  selectedOptions: chosen,
  inventoryItem: item,
})
const variants = list(variant)
export type ShopifyVariant = z.infer<typeof variant>

const product = z.object({
  id: z.string(),
  title: z.string(),
  status: z.string(),
  vendor: z.string(),
  descriptionHtml: z.string(),
  options: z.array(z.object({ id: z.string(), name: z.string() })),
  variants,
})
export type ShopifyProduct = z.infer<typeof product>
export const productById = z.object({ shop: z.object({ currencyCode: z.string() }), product: product.nullable() })
export const moreVariants = z.object({ product: z.object({ variants }).nullable() })

/** Which product each item is of; an item that is gone, or a ref that is none, says nothing. */
export const productsOfItems = z.object({
  nodes: z.array(z.object({ id: z.string(), variants: z.object({ nodes: z.array(z.object({ product: z.object({ id: z.string() }) })) }).nullish() }).nullable()),
})
export const productByHandle = z.object({ shop: z.object({ currencyCode: z.string() }), productByIdentifier: z.object({ id: z.string() }).nullable() })

const named = z.object({ id: z.string(), inventoryItem: item })
export type NamedVariant = z.infer<typeof named>
export const makeProduct = z.object({
  productSet: z.object({ product: z.object({ id: z.string(), variants: z.object({ nodes: z.array(named) }) }).nullable(), userErrors }).nullable(),
})
export const changeProduct = z.object({ productUpdate: z.object({ userErrors }).nullable() })
export const addOptions = z.object({ productOptionsCreate: z.object({ userErrors }).nullable() })
export const changeVariants = z.object({ productVariantsBulkUpdate: z.object({ userErrors }).nullable() })
export const addVariants = z.object({ productVariantsBulkCreate: z.object({ productVariants: z.array(named).nullish(), userErrors }).nullable() })

export const publications = z.object({
  publications: list(
    z.object({ id: z.string(), catalog: z.object({ title: z.string() }).nullish(), channels: z.object({ nodes: z.array(z.object({ name: z.string() })) }).nullish() }),
  ),
})
export const publishedOn = z.object({ product: z.object({ resourcePublicationsV2: list(z.object({ publication: z.object({ id: z.string() }) })) }).nullable() })
export const publish = z.object({ publishablePublish: z.object({ userErrors }).nullable() })
