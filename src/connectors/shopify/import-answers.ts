/** What the answers of the first-time import must look like; as in answers.ts, a status we don't know yet is data. */
import { z } from 'zod'

const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() })
const list = <T extends z.ZodType>(node: T) => z.object({ nodes: z.array(node), pageInfo })

const variant = z.object({
  barcode: z.string().nullish(),
  price: z.string(),
  compareAtPrice: z.string().nullish(),
  selectedOptions: z.array(z.object({ value: z.string() })),
  inventoryItem: z.object({ id: z.string(), sku: z.string().nullish(), tracked: z.boolean() }),
  media: z.object({ nodes: z.array(z.object({ id: z.string() })) }),
})
/** A film has no image, nor has a picture that isn't ready. */
const media = z.object({ id: z.string(), alt: z.string().nullish(), image: z.object({ url: z.string() }).nullish() })
const product = z.object({
  id: z.string(),
  title: z.string(),
  descriptionHtml: z.string(),
  vendor: z.string(),
  status: z.string(),
  hasOnlyDefaultVariant: z.boolean(),
  options: z.array(z.object({ name: z.string() })),
  variants: list(variant),
  media: list(media),
})
export type ShownProduct = z.infer<typeof product>
export const productsPage = z.object({ products: list(product) })
export const restOfVariants = z.object({ product: z.object({ variants: list(variant) }).nullable() })
export const restOfImages = z.object({ product: z.object({ media: list(media) }).nullable() })
