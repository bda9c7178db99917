/** Options added to a product, and an option renamed, moved, given values and rid of them. */
import type { UserError } from './inventory-writes.ts'
import { type OptionInput, optionErrors } from './option-input.ts'
import { isStandalone, MOST_VARIANTS, usedValues } from './product.ts'
import { names } from './product-writes.ts'
import { newOption, newValue } from './products.ts'
import { hit, type OptionValue, type Product, type ProductOption } from './state.ts'
import { isId, keyOf } from './variant-input.ts'
import { countNewVariants, noProduct, type ProductDesk, productOf, refusedBy } from './variant-writes.ts'

interface Payload {
  product: Product | null
  userErrors: UserError[]
}

/** The variants there are get the first value of each; `CREATE` makes a variant of every other combination. */
export function createOptions(desk: ProductDesk, args: { productId: string; options: OptionInput[]; variantStrategy?: 'CREATE' | 'LEAVE_AS_IS' | null }): Payload {
  const { state, goods } = desk
  const product = productOf(desk, args.productId)
  if (product === null) return { product: null, userErrors: refusedBy(state, [noProduct('productId')]) }
  const standing = isStandalone(product) ? [] : product.options
  const errors = optionErrors(args.options, ['options'], standing.length)
  for (const [index, option] of args.options.entries())
    if (standing.some((each) => each.name === option.name))
      errors.push({ code: 'OPTION_ALREADY_EXISTS', field: ['options', String(index)], message: `Option '${option.name}' already exists.` })
  if (errors.length > 0) return { product, userErrors: refusedBy(state, errors) }
  const added = args.options.map((option) => newOption(state, option.name ?? '', names(option)))
  if (args.variantStrategy === 'CREATE') {
    const count = added.reduce((product, option) => product * option.values.length, product.variants.length)
    if (count > MOST_VARIANTS)
      return {
        product,
        userErrors: refusedBy(state, [
          { code: 'TOO_MANY_VARIANTS_CREATED', field: ['options'], message: `The number of variants created would exceed the ${MOST_VARIANTS} limit per product` },
        ]),
      }
    countNewVariants(desk, count - product.variants.length)
  }
  const first = added.flatMap((option) => option.values.slice(0, 1))
  const kept = standing.length
  for (const item of product.variants) item.values = [...item.values.slice(0, kept), ...first]
  product.options = [...standing, ...added]
  if (args.variantStrategy === 'CREATE') addCombinations(desk, product)
  goods.told('products/update', product, desk.newEvent())
  hit(state, 'productOptionsCreate')
  return { product, userErrors: [] }
}

function addCombinations(desk: ProductDesk, product: Product): void {
  const there = new Set(product.variants.map((item) => keyOf(item.values)))
  const all = product.options.reduce<OptionValue[][]>((rows, option) => rows.flatMap((row) => option.values.map((value) => [...row, value])), [[]])
  for (const values of all) if (!there.has(keyOf(values))) desk.goods.addVariant(product, values, {}, null)
}

export interface OptionUpdate {
  productId: string
  option: { id: string; name?: string | null; position?: number | null }
  optionValuesToAdd?: { name?: string | null }[] | null
  optionValuesToUpdate?: { id: string; name?: string | null }[] | null
  optionValuesToDelete?: string[] | null
  variantStrategy?: 'LEAVE_AS_IS' | 'MANAGE' | null
}
export function updateOption(desk: ProductDesk, args: OptionUpdate): Payload {
  const { state, goods } = desk
  const product = productOf(desk, args.productId)
  if (product === null) return { product: null, userErrors: refusedBy(state, [noProduct('productId')]) }
  const option = product.options.find((each) => isId('ProductOption', args.option.id, each))
  if (option === undefined) return { product, userErrors: refusedBy(state, [{ code: 'OPTION_DOES_NOT_EXIST', field: ['option'], message: 'Option does not exist' }]) }
  const errors = updateErrors(product, option, args)
  if (errors.length > 0) return { product, userErrors: refusedBy(state, errors) }
  if (args.option.name != null) option.name = args.option.name
  for (const change of args.optionValuesToUpdate ?? [])
    for (const value of option.values) if (isId('ProductOptionValue', change.id, value) && change.name != null) value.name = change.name
  option.values = option.values.filter((value) => !(args.optionValuesToDelete ?? []).some((id) => isId('ProductOptionValue', id, value)))
  for (const value of args.optionValuesToAdd ?? []) option.values.push(newValue(state, value.name ?? ''))
  if (args.option.position != null) moveTo(product, option, args.option.position - 1)
  if (args.variantStrategy === 'MANAGE') addCombinations(desk, product)
  goods.told('products/update', product, desk.newEvent())
  hit(state, 'productOptionUpdate')
  return { product, userErrors: [] }
}

function updateErrors(product: Product, option: ProductOption, args: OptionUpdate): UserError[] {
  const errors: UserError[] = []
  const there = new Set(option.values.map((value) => value.name))
  const used = usedValues(product, option)
  for (const [index, { name }] of (args.optionValuesToAdd ?? []).entries()) {
    const field = ['optionValuesToAdd', String(index), 'name']
    if (name == null || name === '') errors.push({ code: 'INVALID_NAME', field, message: 'Option value name is missing.' })
    else if (name.length > 255) errors.push({ code: 'OPTION_VALUE_NAME_TOO_LONG', field, message: 'Option value name is too long.' })
    else if (there.has(name)) errors.push({ code: 'OPTION_VALUE_ALREADY_EXISTS', field, message: `Option value '${name}' already exists.` })
    there.add(name ?? '')
  }
  for (const [index, { id }] of (args.optionValuesToUpdate ?? []).entries())
    if (!option.values.some((value) => isId('ProductOptionValue', id, value)))
      errors.push({ code: 'OPTION_VALUE_DOES_NOT_EXIST', field: ['optionValuesToUpdate', String(index), 'id'], message: 'Option value does not exist' })
  for (const [index, id] of (args.optionValuesToDelete ?? []).entries()) {
    const value = option.values.find((each) => isId('ProductOptionValue', id, each))
    const field = ['optionValuesToDelete', String(index)]
    if (value === undefined) errors.push({ code: 'OPTION_VALUE_DOES_NOT_EXIST', field, message: 'Option value does not exist' })
    else if (used.includes(value))
      errors.push({ code: 'OPTION_VALUE_HAS_VARIANTS', field, message: `Cannot delete option value '${value.name}' because it has associated variants.` })
  }
  return errors
}

/** The variants' values follow their option. */
function moveTo(product: Product, option: ProductOption, to: number): void {
  const from = product.options.indexOf(option)
  const moved = <T>(list: T[]): T[] => {
    const rest = list.filter((_, at) => at !== from)
    return [...rest.slice(0, to), ...list.slice(from, from + 1), ...rest.slice(to)]
  }
  product.options = moved(product.options)
  for (const item of product.variants) item.values = moved(item.values)
}
