/** What a product's hook says: the product as REST shows it, with its first hundred variants; of the others only the ids. */
import { amountText, bigNumber, gid, shopTime } from './ids.ts'
import { sellable } from './levels.ts'
import { addressOf } from './media.ts'
import { positionOf, titleOfVariant, usedValues } from './product.ts'
import type { Item, Media, Product, ProductOption } from './state.ts'

/** More variants than these are named, not told. */
const TOLD_VARIANTS = 100

export function productPayload(product: Product, topic: string, host: string) {
  if (topic === 'products/delete') return { id: bigNumber(product.id) }
  return {
    id: bigNumber(product.id),
    admin_graphql_api_id: gid('Product', product.id),
    title: product.title,
    body_html: product.descriptionHtml,
    vendor: product.vendor,
    product_type: product.productType,
    handle: product.handle,
    status: product.status.toLowerCase(),
    tags: product.tags.join(', '),
    template_suffix: null,
    published_scope: 'web',
    created_at: shopTime(product.createdAt),
    updated_at: shopTime(product.updatedAt),
    published_at: product.publications.size === 0 ? null : shopTime(Math.min(...product.publications.values())),
    options: product.options.map((option) => optionPayload(product, option)),
    variants: product.variants.slice(0, TOLD_VARIANTS).map(variantPayload),
    images: product.media.filter((media) => media.status === 'READY').map((media) => imagePayload(product, media, host)),
    variant_gids: product.variants.map((item) => ({ admin_graphql_api_id: gid('ProductVariant', item.variantId), updated_at: shopTime(item.updatedAt) })),
  }
}
const optionPayload = (product: Product, option: ProductOption) => ({
  id: bigNumber(option.id),
  product_id: bigNumber(product.id),
  name: option.name,
  position: product.options.indexOf(option) + 1,
  values: usedValues(product, option).map((value) => value.name),
})
const imagePayload = (product: Product, media: Media, host: string) => ({
  id: bigNumber(media.id),
  admin_graphql_api_id: gid('MediaImage', media.id),
  product_id: bigNumber(product.id),
  position: product.media.indexOf(media) + 1,
  alt: media.alt === '' ? null : media.alt,
  src: addressOf(host, media),
  variant_ids: product.variants.filter((item) => item.media.includes(media)).map((item) => bigNumber(item.variantId)),
  created_at: shopTime(media.createdAt),
  updated_at: shopTime(media.updatedAt),
})
const variantPayload = (item: Item) => ({
  id: bigNumber(item.variantId),
  admin_graphql_api_id: gid('ProductVariant', item.variantId),
  product_id: bigNumber(item.product.id),
  inventory_item_id: bigNumber(item.id),
  title: titleOfVariant(item),
  sku: item.sku,
  barcode: item.barcode,
  price: amountText(item.priceMinor),
  compare_at_price: item.compareAtMinor === null ? null : amountText(item.compareAtMinor),
  position: positionOf(item),
  inventory_policy: item.oversells ? 'continue' : 'deny',
  inventory_quantity: sellable(item),
  old_inventory_quantity: sellable(item),
  taxable: item.taxable,
  option1: item.values[0]?.name ?? null,
  option2: item.values[1]?.name ?? null,
  option3: item.values[2]?.name ?? null,
  image_id: item.media[0] === undefined ? null : bigNumber(item.media[0].id),
  created_at: shopTime(item.createdAt),
  updated_at: shopTime(item.updatedAt),
})
