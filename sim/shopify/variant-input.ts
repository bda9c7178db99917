/** What a variant's input says, and what Shopify says against it. */
import { type Kind, numeral } from './ids.ts'
import type { UserError } from './inventory-writes.ts'
import type { VariantFacts } from './products.ts'
import type { OptionValue, Product, ProductOption } from './state.ts'

export interface OptionChoice {
  id?: string | null
  name?: string | null
  optionId?: string | null
  optionName?: string | null
}
export interface VariantInput {
  id?: string | null
  optionValues?: OptionChoice[] | null
  price?: string | number | null
  compareAtPrice?: string | number | null
  barcode?: string | null
  /** productSet's own; elsewhere it stands in the inventory item. */
  sku?: string | null
  taxable?: boolean | null
  inventoryPolicy?: 'CONTINUE' | 'DENY' | null
  inventoryItem?: { sku?: string | null; tracked?: boolean | null; requiresShipping?: boolean | null } | null
  inventoryQuantities?: { locationId: string; availableQuantity?: number; quantity?: number; name?: string }[] | null
  position?: number | null
}

const LONGEST = 255
const HIGHEST_PRICE = 1e18
export const minor = (amount: string | number): number => Math.round(Number(amount) * 100)

/** Only what is said; what isn't stays as it is. Null empties what may be empty. */
export function factsOf(input: VariantInput): VariantFacts {
  const { inventoryItem } = input
  const sku = inventoryItem?.sku !== undefined ? inventoryItem.sku : input.sku
  return {
    ...(input.price == null ? {} : { priceMinor: minor(input.price) }),
    ...(input.compareAtPrice === undefined ? {} : { compareAtMinor: input.compareAtPrice === null ? null : minor(input.compareAtPrice) }),
    ...(input.barcode === undefined ? {} : { barcode: input.barcode }),
    ...(sku === undefined ? {} : { sku }),
    ...(input.taxable == null ? {} : { taxable: input.taxable }),
    ...(input.inventoryPolicy == null ? {} : { oversells: input.inventoryPolicy === 'CONTINUE' }),
    ...(inventoryItem?.tracked == null ? {} : { tracked: inventoryItem.tracked }),
    ...(inventoryItem?.requiresShipping == null ? {} : { requiresShipping: inventoryItem.requiresShipping }),
  }
}

/** Prices and lengths; sorted by field, as recorded. */
export function factErrors(input: VariantInput, path: string[]): UserError[] {
  const errors: UserError[] = []
  const say = (code: string, field: string[], message: string) => errors.push({ code, field: [...path, ...field], message })
  if ((input.barcode ?? '').length > LONGEST) say('INVALID_INPUT', ['barcode'], `Barcode is too long (maximum is ${LONGEST} characters)`)
  if (Number(input.compareAtPrice ?? 0) >= HIGHEST_PRICE) say('INVALID_INPUT', ['compareAtPrice'], 'must be less than 1000000000000000000')
  if (input.price === null) say('INVALID_INPUT', ['price'], "Price can't be blank")
  else if (Number(input.price ?? 0) < 0) say('GREATER_THAN_OR_EQUAL_TO', ['price'], 'Price must be greater than or equal to 0')
  else if (Number(input.price ?? 0) >= HIGHEST_PRICE) say('INVALID_INPUT', ['price'], 'Price must be less than 1000000000000000000')
  if ((input.inventoryItem?.sku ?? '').length > LONGEST) say('INVALID_INPUT', [], `SKU is too long (maximum is ${LONGEST} characters)`)
  if ((input.sku ?? '').length > LONGEST) say('INVALID_INPUT', ['sku'], `SKU is too long (maximum is ${LONGEST} characters)`)
  for (const [index, choice] of (input.optionValues ?? []).entries())
    if ((choice.name ?? '').length > LONGEST) say('INVALID_INPUT', ['optionValues', String(index), 'name'], 'Option value name is too long')
  return errors
}

/** Ids of options and values stand as gids. */
export const isId = (kind: Kind, gid: string | null | undefined, thing: { id: string }): boolean => gid != null && numeral(kind, gid) === thing.id

/** The name of a value for each option, in their order; undefined = nothing is said of it. Names may be new ones. */
export function chosenNames(options: ProductOption[], choices: OptionChoice[], path: string[], codes: { option: string; value: string }): (string | undefined)[] | UserError {
  const names: (string | undefined)[] = options.map(() => undefined)
  for (const [index, choice] of choices.entries()) {
    const field = [...path, 'optionValues', String(index)]
    if (choice.optionId != null && choice.optionName != null) return { code: 'INVALID_INPUT', field, message: 'cannot specify both `optionId` and `optionName`' }
    if (choice.id != null && choice.name != null) return { code: 'INVALID_INPUT', field, message: 'cannot specify both `id` and `name`' }
    const at = options.findIndex((option) => option.name === choice.optionName || isId('ProductOption', choice.optionId, option))
    const option = options[at]
    if (option === undefined) return { code: codes.option, field, message: 'Option does not exist' }
    if (names[at] !== undefined) return { code: 'INVALID_INPUT', field: [...path, 'optionValues'], message: `Duplicated option name '${option.name}'` }
    const name = choice.name ?? option.values.find((value) => isId('ProductOptionValue', choice.id, value))?.name
    if (name == null) return { code: codes.value, field, message: 'Option value does not exist' }
    names[at] = name
  }
  return names
}

export const nameKey = (names: readonly (string | undefined)[]): string => names.join('\u0000')
export const keyOf = (values: readonly OptionValue[]): string => nameKey(values.map((value) => value.name))
export const alreadyThere = (code: string, field: string[], names: readonly (string | undefined)[]): UserError => ({
  code,
  field,
  message: `The variant '${names.join(' / ')}' already exists. Please change at least one option value.`,
})

/** The values of these names: those there are, and new ones for the others. */
export const valuesNamed = (product: Product, names: readonly (string | undefined)[], newValue: (name: string) => OptionValue): OptionValue[] =>
  product.options.map((option, at) => {
    const name = names[at] ?? ''
    const held = option.values.find((value) => value.name === name)
    if (held !== undefined) return held
    const made = newValue(name)
    option.values.push(made)
    return made
  })
