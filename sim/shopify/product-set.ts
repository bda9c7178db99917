/** productSet: the product becomes what the input says. Lists are replaced: a variant, an option or a value that is left out is deleted. */
import { numeral } from './ids.ts'
import type { UserError } from './inventory-writes.ts'
import type { Stock } from './levels.ts'
import { type FileSet, fileErrors, setFiles } from './media-input.ts'
import { type OptionInput, optionErrors } from './option-input.ts'
import { MOST_VARIANTS, STANDALONE } from './product.ts'
import { handleErrors, type ProductInput, productFacts, textErrors } from './product-input.ts'
import { firstValues } from './product-writes.ts'
import { newOption, newValue } from './products.ts'
import { hit, type Item, type Product, type ProductOption, type State } from './state.ts'
import { alreadyThere, chosenNames, factErrors, factsOf, isId, keyOf, nameKey, type VariantInput, valuesNamed } from './variant-input.ts'
import { countNewVariants, type ProductDesk, placeErrors, productOf, refusedBy, stockedAt } from './variant-writes.ts'

export interface SetDesk extends ProductDesk {
  stock: Stock
}
export interface SetInput extends ProductInput {
  productOptions?: OptionInput[] | null
  variants?: VariantInput[] | null
  files?: FileSet[] | null
}
interface Payload {
  product: Product | null
  productSetOperation: null
  userErrors: UserError[]
}
type Identifier = { id?: string | null; handle?: string | null } | null

export function setProduct(desk: SetDesk, input: SetInput, identifier: Identifier): Payload {
  const { state } = desk
  const refuse = (errors: UserError[]): Payload => ({ product: null, productSetOperation: null, userErrors: refusedBy(state, errors) })
  const found = standing(desk, input, identifier)
  if (found !== null && 'message' in found) return refuse([found])
  const shape = shapeErrors(state, input, found)
  if (shape.length > 0) return refuse(shape)
  const options = plannedOptions(state, found, input.productOptions ?? null)
  const plan = plannedVariants(state, found, options, input.variants ?? null)
  if (plan.errors.length > 0) return refuse(plan.errors)
  return { product: becomes(desk, found, input, options, plan.rows), productSetOperation: null, userErrors: [] }
}

/** The product that is meant; null = a new one. */
function standing(desk: ProductDesk, input: SetInput, identifier: Identifier): Product | null | UserError {
  if (identifier !== null && input.id != null) return { code: 'ID_NOT_ALLOWED', field: ['input'], message: 'The id field is not allowed if identifier is provided.' }
  if (identifier?.handle != null) {
    if (input.handle == null) return { code: 'MISSING_FIELD_REQUIRED', field: ['input'], message: 'The input field corresponding to the identifier is required.' }
    if (input.handle !== identifier.handle)
      return { code: 'INPUT_MISMATCH', field: ['input'], message: 'The identifier value does not match the value of the corresponding field in the input.' }
    return desk.state.byHandle.get(identifier.handle) ?? null
  }
  const id = identifier?.id ?? input.id ?? null
  if (id === null) return null
  return productOf(desk, id) ?? { code: 'PRODUCT_DOES_NOT_EXIST', field: ['input'], message: 'Product does not exist' }
}

function shapeErrors(state: State, input: SetInput, found: Product | null): UserError[] {
  const errors = [...textErrors(input, { creating: found === null, set: true }), ...handleErrors(state, input, found)]
  if (input.productOptions != null && input.variants == null)
    errors.push({ code: 'VARIANTS_INPUT_MISSING', field: ['input', 'variants'], message: 'Variants input is required when updating product options' })
  if (input.variants != null && input.productOptions == null)
    errors.push({ code: 'PRODUCT_OPTIONS_INPUT_MISSING', field: ['input', 'productOptions'], message: 'Product options input is required when updating variants' })
  if ((input.variants ?? []).length > MOST_VARIANTS)
    errors.push({ code: 'VARIANTS_OVER_LIMIT', field: ['input', 'variants'], message: `Product cannot have more than ${MOST_VARIANTS} variants` })
  errors.push(...fileErrors(state, input.files ?? []))
  errors.push(
    ...optionErrors(input.productOptions ?? [], ['input', 'productOptions'], 0).map(
      (error) => ({ ...error, code: SET_CODES.has(error.code ?? '') ? error.code : 'INVALID_INPUT' }) as UserError,
    ),
  )
  return errors
}
/** What is said of options elsewhere and under this name here too. */
const SET_CODES = new Set(['OPTIONS_OVER_LIMIT', 'DUPLICATED_OPTION_NAME', 'DUPLICATED_OPTION_VALUE', 'OPTION_VALUES_MISSING'])

/** Options and values keep their ids where their id or name is said again. */
function plannedOptions(state: State, product: Product | null, inputs: OptionInput[] | null): ProductOption[] {
  if (inputs === null) return product?.options ?? [newOption(state, STANDALONE.option, [STANDALONE.value])]
  return inputs.map((input) => {
    const held = product?.options.find((option) => isId('ProductOption', input.id, option) || option.name === input.name)
    const values = (input.values ?? []).map((value) => {
      const same = held?.values.find((each) => isId('ProductOptionValue', value.id, each) || each.name === value.name)
      return same === undefined ? newValue(state, value.name ?? '') : { id: same.id, name: value.name ?? same.name }
    })
    return { id: held?.id ?? newOption(state, '', []).id, name: input.name ?? held?.name ?? '', values }
  })
}

interface Row {
  input: VariantInput
  item: Item | null
  names: string[]
}
function plannedVariants(state: State, product: Product | null, options: ProductOption[], inputs: VariantInput[] | null): { rows: Row[] | null; errors: UserError[] } {
  if (inputs === null) return { rows: null, errors: [] }
  const errors: UserError[] = []
  const rows: Row[] = []
  const byNames = new Map(product?.variants.map((item) => [keyOf(item.values), item]))
  const taken = new Set<string>()
  for (const [index, input] of inputs.entries()) {
    const field = ['input', 'variants', String(index)]
    errors.push(...factErrors(input, field).map((error) => ({ ...error, code: 'INVALID_VARIANT' })))
    const names = chosenNames(options, input.optionValues ?? [], field, { option: 'OPTION_DOES_NOT_EXIST', value: 'OPTION_VALUE_DOES_NOT_EXIST' })
    if (!Array.isArray(names)) {
      errors.push(names)
      continue
    }
    const item = input.id != null ? state.byVariant.get(numeral('ProductVariant', input.id) ?? '') : byNames.get(nameKey(names))
    const stranger = options.findIndex((option, at) => names[at] !== undefined && !option.values.some((value) => value.name === names[at]))
    const missing = options[names.indexOf(undefined)]
    if (input.id != null && (item === undefined || item.product !== product))
      errors.push({ code: 'PRODUCT_VARIANT_DOES_NOT_EXIST', field: [...field, 'id'], message: 'Product variant does not exist' })
    else if (stranger >= 0) errors.push({ code: 'OPTION_VALUE_DOES_NOT_EXIST', field: [...field, 'optionValues', String(stranger)], message: 'Option value does not exist' })
    else if (missing !== undefined) errors.push({ code: 'INVALID_VARIANT', field, message: `You need to add option values for ${missing.name}` })
    else if (taken.has(nameKey(names))) errors.push(alreadyThere('INVALID_VARIANT', field, names))
    errors.push(...placeErrors(state, input, 'INVALID_VARIANT', field, names))
    taken.add(nameKey(names))
    rows.push({ input, item: item ?? null, names: names as string[] })
  }
  if (inputs.length === 0) errors.push({ code: 'VARIANTS_INPUT_MISSING', field: ['input', 'variants'], message: 'Must specify variants when updating options' })
  return { rows, errors }
}

function becomes(desk: SetDesk, found: Product | null, input: SetInput, options: ProductOption[], rows: Row[] | null): Product {
  const { state, goods } = desk
  countNewVariants(desk, rows === null ? (found === null ? 1 : 0) : rows.filter((row) => row.item === null).length)
  const product = found ?? goods.create({ title: '', ...productFacts(input) })
  if (found !== null) goods.edit(product, productFacts(input))
  product.options = options
  if (found === null && rows === null) goods.addVariant(product, firstValues(product), {}, null)
  if (rows !== null) {
    const staying = rows.map((row) => variantOf(desk, product, row))
    for (const item of product.variants) if (!staying.includes(item)) desk.stock.removeItem(item)
    product.variants = staying
  }
  if (input.files != null) setFiles(state, desk.gallery, product, input.files)
  goods.told(found === null ? 'products/create' : 'products/update', product, desk.newEvent())
  hit(state, 'productSet')
  return product
}

function variantOf(desk: SetDesk, product: Product, { input, item, names }: Row): Item {
  const values = valuesNamed(product, names, (name) => newValue(desk.state, name))
  const stocked = stockedAt(desk.state, input)
  if (item === null) return desk.goods.addVariant(product, values, factsOf(input), stocked)
  item.values = values
  desk.goods.change(item, factsOf(input))
  // Only where it is stocked already.
  for (const [name, quantity] of Object.entries(stocked ?? {}))
    for (const level of item.levels.values()) if (level.place.name === name) desk.stock.move(level, { available: quantity - level.available }, desk.newEvent())
  return item
}
