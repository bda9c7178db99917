/** What Shopify's answers about pictures must look like. */
import { z } from 'zod'
import { list, userErrors } from './answers.ts'

const medium = z.object({
  id: z.string(),
  alt: z.string().nullish(),
  status: z.string(),
  image: z.object({ url: z.string() }).nullish(),
  originalSource: z.object({ fileSize: z.number().nullish() }).nullish(),
})
export type Medium = z.infer<typeof medium>
export const media = z.object({ product: z.object({ media: list(medium) }).nullable() })
export const mediaStates = z.object({ nodes: z.array(z.object({ id: z.string(), status: z.string().optional() }).nullable()) })
export const variantMedia = z.object({
  nodes: z.array(z.object({ id: z.string(), media: z.object({ nodes: z.array(z.object({ id: z.string() })) }).nullish() }).nullable()),
})

const target = z.object({ url: z.string().nullable(), resourceUrl: z.string().nullable(), parameters: z.array(z.object({ name: z.string(), value: z.string() })) })
export type UploadTarget = z.infer<typeof target>
export const stageUploads = z.object({ stagedUploadsCreate: z.object({ stagedTargets: z.array(target).nullish(), userErrors }).nullable() })
export const addImages = z.object({
  productUpdate: z.object({ product: z.object({ media: z.object({ nodes: z.array(z.object({ id: z.string() })) }) }).nullable(), userErrors }).nullable(),
})
export const changeImages = z.object({ fileUpdate: z.object({ userErrors }).nullable() })
export const deleteImages = z.object({ fileDelete: z.object({ userErrors }).nullable() })
export const orderImages = z.object({ productReorderMedia: z.object({ mediaUserErrors: userErrors }).nullable() })
export const showVariants = z.object({ productVariantAppendMedia: z.object({ userErrors }).nullable() })
export const hideVariants = z.object({ productVariantDetachMedia: z.object({ userErrors }).nullable() })
