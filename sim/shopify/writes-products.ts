/** The product mutations as fields of the schema. */

import type { NewMedia } from './media-input.ts'
import type { OptionInput } from './option-input.ts'
import { createOptions, type OptionUpdate, updateOption } from './option-writes.ts'
import type { ProductInput } from './product-input.ts'
import { type SetDesk, type SetInput, setProduct } from './product-set.ts'
import { createProduct, deleteProduct, publish, updateProduct } from './product-writes.ts'
import { type Asked, as, type Resolvers } from './reading.ts'
import type { VariantInput } from './variant-input.ts'
import { createVariants, deleteVariants, type Strategy, updateVariants } from './variant-writes.ts'

type Identifier = { id?: string; handle?: string }
type Published = { id: string; input: { publicationId?: string | null }[] }

export function productMutations(desk: SetDesk): NonNullable<Resolvers[string]> {
  const published = (args: Published, asked: Asked, on: boolean) => {
    const { publishable, userErrors } = publish(desk, args.id, args.input, on)
    return { publishable: publishable === null ? null : as('Product', publishable), shop: asked.shop, userErrors }
  }
  return {
    productCreate: (_, args: { product?: (ProductInput & { productOptions?: OptionInput[] | null }) | null; media?: NewMedia[] | null }, asked) => ({
      ...createProduct(desk, args.product ?? {}, args.media ?? []),
      shop: asked.shop,
    }),
    productUpdate: (_, args: { product?: ProductInput | null; identifier?: Identifier | null; media?: NewMedia[] | null }) =>
      updateProduct(desk, args.product ?? {}, args.identifier ?? null, args.media ?? []),
    productSet: (_, args: { input: SetInput; identifier?: Identifier | null }) => setProduct(desk, args.input, args.identifier ?? null),
    productDelete: (_, args: { input: { id: string } }, asked) => ({ ...deleteProduct(desk, args.input.id), shop: asked.shop }),
    productOptionsCreate: (_, args: Parameters<typeof createOptions>[1]) => createOptions(desk, args),
    productOptionUpdate: (_, args: OptionUpdate) => updateOption(desk, args),
    productVariantsBulkCreate: (_, args: { productId: string; variants: VariantInput[]; strategy?: Strategy | null }) => createVariants(desk, args),
    productVariantsBulkUpdate: (_, args: { productId: string; variants: VariantInput[]; allowPartialUpdates: boolean }) => updateVariants(desk, args),
    productVariantsBulkDelete: (_, args: { productId: string; variantsIds: string[] }) => deleteVariants(desk, args),
    publishablePublish: (_, args: Published, asked) => published(args, asked, true),
    publishableUnpublish: (_, args: Published, asked) => published(args, asked, false),
  }
}
