/** Variants made, changed and deleted, many of one product at once. */
import { failed } from './errors.ts'
import { numeral } from './ids.ts'
import type { UserError } from './inventory-writes.ts'
import type { Gallery } from './media.ts'
import { dropUnused, isStandalone, MOST_VARIANTS, usedIn } from './product.ts'
import { newValue, type Products } from './products.ts'
import { hit, type Item, type Product, type State } from './state.ts'
import { alreadyThere, chosenNames, factErrors, factsOf, keyOf, nameKey, type VariantInput, valuesNamed } from './variant-input.ts'

export interface ProductDesk {
  state: State
  goods: Products
  gallery: Gallery
  now(): number
  newEvent(): string
}
export interface BulkPayload {
  product: Product | null
  productVariants: Item[] | null
  userErrors: UserError[]
}
export type Strategy = 'DEFAULT' | 'PRESERVE_STANDALONE_VARIANT' | 'REMOVE_STANDALONE_VARIANT'

export const productOf = (desk: ProductDesk, id: string): Product | null => desk.state.products.get(numeral('Product', id) ?? '') ?? null
export const noProduct = (field: string): UserError => ({ code: 'PRODUCT_DOES_NOT_EXIST', field: [field], message: 'Product does not exist' })
export const refusedBy = (state: State, errors: UserError[]): UserError[] => {
  for (const error of errors) hit(state, `refused:${error.code ?? error.message}`)
  return errors
}

export function createVariants(desk: ProductDesk, args: { productId: string; variants: VariantInput[]; strategy?: Strategy | null }): BulkPayload {
  const { state, goods } = desk
  const product = productOf(desk, args.productId)
  const refuse = (errors: UserError[]): BulkPayload => ({ product: null, productVariants: [], userErrors: refusedBy(state, errors) })
  if (product === null) return refuse([noProduct('productId')])
  if (args.variants.length === 0) return { product, productVariants: [], userErrors: [] }
  const leaving = standaloneToGo(product, args.strategy ?? 'DEFAULT')
  const plan = planned(state, product, args.variants, leaving)
  if ('errors' in plan) return refuse(plan.errors)
  if (product.variants.length - (leaving === null ? 0 : 1) + args.variants.length > MOST_VARIANTS)
    return refuse([{ code: 'INVALID', field: ['variants'], message: `Product cannot have more than ${MOST_VARIANTS} variants` }])
  countNewVariants(desk, args.variants.length)
  const made = args.variants.map((input, index) => {
    const values = valuesNamed(product, plan.names[index] ?? [], (name) => newValue(state, name))
    return goods.addVariant(product, values, factsOf(input), stockedAt(state, input))
  })
  if (leaving !== null) goods.removeVariant(leaving)
  goods.told('products/update', product, desk.newEvent())
  hit(state, 'productVariantsBulkCreate')
  return { product, productVariants: made, userErrors: [] }
}

/** A lone variant makes room for real ones: by default only one that says nothing. */
function standaloneToGo(product: Product, strategy: Strategy): Item | null {
  const [lone] = product.variants
  if (product.variants.length !== 1 || lone === undefined || strategy === 'PRESERVE_STANDALONE_VARIANT') return null
  return strategy === 'REMOVE_STANDALONE_VARIANT' || isStandalone(product) ? lone : null
}

function planned(state: State, product: Product, inputs: VariantInput[], leaving: Item | null): { names: string[][] } | { errors: UserError[] } {
  const errors: UserError[] = []
  const names: string[][] = []
  const taken = new Set(product.variants.filter((item) => item !== leaving).map((item) => keyOf(item.values)))
  for (const [index, input] of inputs.entries()) {
    const field = ['variants', String(index)]
    if (input.id != null) errors.push({ code: 'NO_KEY_ON_CREATE', field: [...field, 'id'], message: 'id cannot be specified during creation' })
    errors.push(...factErrors(input, field))
    const chosen = chosenNames(product.options, input.optionValues ?? [], field, { option: 'INVALID_INPUT', value: 'INVALID_INPUT' })
    if (!Array.isArray(chosen)) {
      errors.push(chosen)
      continue
    }
    const missing = product.options[chosen.indexOf(undefined)]
    if (missing !== undefined) errors.push({ code: 'NEED_TO_ADD_OPTION_VALUES', field, message: `You need to add option values for ${missing.name}` })
    else if (taken.has(nameKey(chosen))) errors.push(alreadyThere('VARIANT_ALREADY_EXISTS_CHANGE_OPTION_VALUE', field, chosen))
    errors.push(...placeErrors(state, input, 'TRACKED_VARIANT_LOCATION_NOT_FOUND', field, chosen))
    taken.add(nameKey(chosen))
    names.push(chosen as string[])
  }
  return errors.length > 0 ? { errors } : { names }
}

/** Shops with very many variants may make a thousand new ones a day. */
export function countNewVariants(desk: ProductDesk, count: number): void {
  const { state } = desk
  const most = state.switches.newVariantsADay
  const day = Math.floor(desk.now() / 86_400_000)
  if (state.newVariants.day !== day) state.newVariants = { day, count: 0 }
  if (most !== null && state.newVariants.count + count > most) {
    hit(state, 'daily-variants-reached')
    throw failed(
      'VARIANT_THROTTLE_EXCEEDED',
      'Daily variant creation limit reached. Please try again later. See https://help.shopify.com/api/getting-started/api-call-limit for more information.',
    )
  }
  state.newVariants.count += count
}

export const placeErrors = (state: State, input: VariantInput, code: string, field: string[], names: readonly (string | undefined)[]): UserError[] =>
  (input.inventoryQuantities ?? []).every((row) => state.places.has(numeral('Location', row.locationId) ?? ''))
    ? []
    : [{ code, field: [...field, 'inventoryQuantities'], message: `Quantity for ${names.join(' / ')} couldn't be set because the location was deleted.` }]

/** By place name; left out = at the shop's first place. */
export function stockedAt(state: State, input: VariantInput): Record<string, number> | null {
  if (input.inventoryQuantities == null || input.inventoryQuantities.length === 0) return null
  const rows = input.inventoryQuantities.map((row) => [state.places.get(numeral('Location', row.locationId) ?? '')?.name, row.availableQuantity ?? row.quantity ?? 0] as const)
  return Object.fromEntries(rows.filter(([name]) => name !== undefined))
}

export function updateVariants(desk: ProductDesk, args: { productId: string; variants: VariantInput[]; allowPartialUpdates: boolean }): BulkPayload {
  const { state, goods } = desk
  const product = productOf(desk, args.productId)
  if (product === null) return { product: null, productVariants: null, userErrors: refusedBy(state, [noProduct('productId')]) }
  const rows = args.variants.map((input, index) => changeOf(product, state, input, ['variants', String(index)]))
  const errors = rows.flatMap((row) => row.errors)
  const good = rows.filter((row) => row.item !== null && row.errors.length === 0)
  const known = rows.flatMap((row) => row.item ?? [])
  if (errors.length > 0 && (!args.allowPartialUpdates || good.length === 0))
    return { product, productVariants: rows.some((row) => row.blocking) ? null : known, userErrors: refusedBy(state, errors) }
  if (good.length > 0 && !state.switches.lostWrites) {
    const before = usedIn(product)
    for (const { item, input, names } of good) if (item !== null) change(desk, item, input, names)
    dropUnused(product, before)
    goods.told('products/update', product, desk.newEvent())
  }
  hit(state, 'productVariantsBulkUpdate')
  return { product, productVariants: rows.some((row) => row.blocking) ? good.flatMap((row) => row.item ?? []) : known, userErrors: refusedBy(state, errors) }
}

interface Row {
  item: Item | null
  input: VariantInput
  names: (string | undefined)[]
  errors: UserError[]
  /** More than a wrong number: the answer names no variants then. */
  blocking: boolean
}
function changeOf(product: Product, state: State, input: VariantInput, field: string[]): Row {
  const blocked = (code: string, at: string[], message: string): Row => ({ item: null, input, names: [], errors: [{ code, field: [...field, ...at], message }], blocking: true })
  if (input.id == null) return blocked('PRODUCT_VARIANT_ID_MISSING', ['id'], 'Product variant is missing ID attribute')
  const item = state.byVariant.get(numeral('ProductVariant', input.id) ?? '')
  if (item === undefined || item.product !== product) return blocked('PRODUCT_VARIANT_DOES_NOT_EXIST', ['id'], 'Product variant does not exist')
  if (input.inventoryQuantities !== undefined)
    return blocked(
      'NO_INVENTORY_QUANTITIES_ON_VARIANTS_UPDATE',
      ['inventoryQuantities'],
      'Inventory quantities can only be provided during create. To update inventory for existing variants, use inventoryAdjustQuantities.',
    )
  const names = chosenNames(product.options, input.optionValues ?? [], field, { option: 'OPTION_DOES_NOT_EXIST', value: 'OPTION_VALUE_DOES_NOT_EXIST' })
  if (!Array.isArray(names)) return { item: null, input, names: [], errors: [names], blocking: true }
  const full = item.values.map((value, at) => names[at] ?? value.name)
  const twin = input.optionValues != null && product.variants.some((other) => other !== item && keyOf(other.values) === nameKey(full))
  const errors = [...factErrors(input, field), ...(twin ? [alreadyThere('VARIANT_ALREADY_EXISTS', field, full)] : [])]
  return { item, input, names, errors, blocking: twin }
}
export function change(desk: ProductDesk, item: Item, input: VariantInput, names: (string | undefined)[]): void {
  const full = item.values.map((value, at) => names[at] ?? value.name)
  item.values = valuesNamed(item.product, full, (name) => newValue(desk.state, name))
  desk.goods.change(item, factsOf(input))
}

export function deleteVariants(desk: ProductDesk, args: { productId: string; variantsIds: string[] }): Omit<BulkPayload, 'productVariants'> {
  const { state, goods } = desk
  const product = productOf(desk, args.productId)
  const refuse = (errors: UserError[]) => ({ product: null, userErrors: refusedBy(state, errors) })
  if (product === null) return refuse([noProduct('productId')])
  const items = args.variantsIds.map((id) => state.byVariant.get(numeral('ProductVariant', id) ?? ''))
  const strangers = items.flatMap((item, index) =>
    item?.product === product
      ? []
      : [{ code: 'AT_LEAST_ONE_VARIANT_DOES_NOT_BELONG_TO_THE_PRODUCT', field: ['variantsIds', String(index)], message: 'At least one variant does not belong to the product' }],
  )
  if (strangers.length > 0) return refuse(strangers)
  const going = new Set(items)
  if (going.size >= product.variants.length) return refuse([{ code: 'CANNOT_DELETE_LAST_VARIANT', field: ['variantsIds'], message: 'Cannot delete the last variant of a product' }])
  for (const item of going) if (item !== undefined) goods.removeVariant(item)
  goods.told('products/update', product, desk.newEvent())
  hit(state, 'productVariantsBulkDelete')
  return { product, userErrors: [] }
}
