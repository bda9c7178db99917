/** A product made, changed, deleted, and put where it is sold. */
import { numeral } from './ids.ts'
import type { UserError } from './inventory-writes.ts'
import { addMedia, mediaErrors, type NewMedia } from './media-input.ts'
import { type OptionInput, optionErrors } from './option-input.ts'
import { STANDALONE } from './product.ts'
import { handleErrors, type ProductInput, productFacts, textErrors } from './product-input.ts'
import { newOption } from './products.ts'
import { hit, type Product, type Publication } from './state.ts'
import { countNewVariants, type ProductDesk, productOf, refusedBy } from './variant-writes.ts'

interface Payload {
  product: Product | null
  userErrors: UserError[]
}

/** One variant, the first value of each option; published nowhere. */
export function createProduct(desk: ProductDesk, input: ProductInput & { productOptions?: OptionInput[] | null }, media: readonly NewMedia[]): Payload {
  const { state, goods } = desk
  const options = input.productOptions ?? []
  const errors = [
    ...textErrors(input, { creating: true, set: false }),
    ...handleErrors(state, input, null),
    ...optionErrors(options, ['productOptions'], 0),
    ...mediaErrors(0, media),
  ]
  if (errors.length > 0) return { product: null, userErrors: refusedBy(state, errors) }
  countNewVariants(desk, 1)
  const product = goods.create({ title: '', ...productFacts(input) })
  const named = options.map((option) => newOption(state, option.name ?? '', names(option)))
  product.options = named.length > 0 ? named : [newOption(state, STANDALONE.option, [STANDALONE.value])]
  goods.addVariant(product, firstValues(product), {}, null)
  addMedia(desk.gallery, product, media)
  goods.told('products/create', product, desk.newEvent())
  hit(state, 'productCreate')
  return { product, userErrors: [] }
}
export const names = (option: OptionInput): string[] => (option.values ?? []).map((value) => value.name ?? '')
export const firstValues = (product: Product) => product.options.flatMap((option) => option.values.slice(0, 1))

/** Touches only what is said. */
export function updateProduct(desk: ProductDesk, input: ProductInput, identifier: { id?: string; handle?: string } | null, media: readonly NewMedia[]): Payload {
  const { state, goods } = desk
  const product =
    input.id != null ? productOf(desk, input.id) : identifier?.handle !== undefined ? (state.byHandle.get(identifier.handle) ?? null) : productOf(desk, identifier?.id ?? '')
  const refuse = (errors: UserError[]) => ({ product: null, userErrors: refusedBy(state, errors) })
  if (product === null) return refuse([{ field: ['id'], message: 'Product does not exist' }])
  const errors = [...textErrors(input, { creating: false, set: false }), ...handleErrors(state, input, product), ...mediaErrors(product.media.length, media)]
  if (errors.length > 0) return refuse(errors)
  if (!state.switches.lostWrites) {
    goods.edit(product, productFacts(input))
    addMedia(desk.gallery, product, media)
    goods.told('products/update', product, desk.newEvent())
  }
  hit(state, 'productUpdate')
  return { product, userErrors: [] }
}

export function deleteProduct(desk: ProductDesk, id: string): { deletedProductId: string | null; userErrors: UserError[] } {
  const product = productOf(desk, id)
  if (product === null) return { deletedProductId: null, userErrors: refusedBy(desk.state, [{ field: ['id'], message: 'Product does not exist' }]) }
  desk.goods.remove(product, desk.newEvent())
  hit(desk.state, 'productDelete')
  return { deletedProductId: id, userErrors: [] }
}

/** All of them or none. */
export function publish(desk: ProductDesk, id: string, input: { publicationId?: string | null }[], published: boolean): { publishable: Product | null; userErrors: UserError[] } {
  const { state, goods } = desk
  const product = productOf(desk, id)
  const refuse = (errors: UserError[]) => ({ publishable: null, userErrors: refusedBy(state, errors) })
  if (product === null) return refuse([{ field: ['id'], message: 'Publishable ID not found.' }])
  const where: Publication[] = []
  for (const [index, row] of input.entries()) {
    const publication = state.publications.get(numeral('Publication', row.publicationId ?? '') ?? '')
    if (publication === undefined) return refuse([{ field: ['input', String(index), 'publicationId'], message: 'Publication does not exist or is not publishable' }])
    where.push(publication)
  }
  for (const publication of where) goods.publish(product, publication, published)
  goods.told('products/update', product, desk.newEvent())
  hit(state, published ? 'publishablePublish' : 'publishableUnpublish')
  return { publishable: product, userErrors: [] }
}
