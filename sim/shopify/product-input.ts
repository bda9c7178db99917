/** What a product's input says of the product itself, and what Shopify says against it. */
import type { UserError } from './inventory-writes.ts'
import { handleFrom } from './product.ts'
import type { ProductFacts } from './products.ts'
import type { Product, State } from './state.ts'

export interface ProductInput {
  id?: string | null
  title?: string | null
  handle?: string | null
  descriptionHtml?: string | null
  vendor?: string | null
  productType?: string | null
  tags?: string[] | null
  status?: Product['status'] | null
}
const LONGEST = 255
const tooLong = (text: string | null | undefined): boolean => (text ?? '').length > LONGEST

/** Under `productCreate` and `productUpdate` a field is named, under `productSet` mostly the whole input is. */
export function textErrors(input: ProductInput, how: { creating: boolean; set: boolean }): UserError[] {
  const errors: UserError[] = []
  const say = (field: string, message: string) => errors.push({ code: 'INVALID_PRODUCT', field: how.set ? ['input'] : [field], message })
  const title = how.set ? ['input', 'title'] : ['title']
  if (input.title === null || input.title?.trim() === '' || (how.creating && input.title === undefined))
    errors.push({ code: 'INVALID_PRODUCT', field: title, message: "Title can't be blank" })
  if (tooLong(input.title))
    errors.push({
      code: 'INVALID_PRODUCT',
      field: title,
      message: how.set ? `is too long (maximum is ${LONGEST} characters)` : `Title is too long (maximum is ${LONGEST} characters)`,
    })
  if (tooLong(input.handle) || (how.set && input.handle == null && tooLong(input.title))) say('handle', `Handle is too long (maximum is ${LONGEST} characters)`)
  if (tooLong(input.vendor)) say('vendor', `Vendor is too long (maximum is ${LONGEST} characters)`)
  if (tooLong(input.productType)) {
    say('productType', `Product type is too long (maximum is ${LONGEST} characters)`)
    say('customProductType', `Custom product type is too long (maximum is ${LONGEST} characters)`)
  }
  return errors
}

/** A handle somebody asks for must be free; one made from the title gets a number behind instead. */
export function handleErrors(state: State, input: ProductInput, product: Product | null): UserError[] {
  if (input.handle == null || input.handle.trim() === '') return []
  const handle = handleFrom(input.handle)
  const held = state.byHandle.get(handle)
  if (held === undefined || held === product) return []
  return [{ code: 'HANDLE_NOT_UNIQUE', field: ['input', 'handle'], message: `Handle '${handle}' already in use. Please provide a new handle.` }]
}

/** Only what is said. Tags come back sorted, as recorded. */
export function productFacts(input: ProductInput): Partial<ProductFacts> {
  return {
    ...(input.title == null ? {} : { title: input.title }),
    ...(input.handle == null || input.handle.trim() === '' ? {} : { handle: handleFrom(input.handle) }),
    ...(input.descriptionHtml == null ? {} : { descriptionHtml: input.descriptionHtml }),
    ...(input.vendor == null || input.vendor === '' ? {} : { vendor: input.vendor }),
    ...(input.productType == null ? {} : { productType: input.productType }),
    ...(input.tags == null ? {} : { tags: [...new Set(input.tags)].sort() }),
    ...(input.status == null ? {} : { status: input.status }),
  }
}
