/** Options as an input names them, and what Shopify says against them. */
import type { UserError } from './inventory-writes.ts'
import { MOST_OPTIONS } from './product.ts'

export interface OptionInput {
  id?: string | null
  name?: string | null
  position?: number | null
  values?: { id?: string | null; name?: string | null }[] | null
}
const LONGEST = 255

export function optionErrors(options: OptionInput[], path: string[], standing: number): UserError[] {
  if (standing + options.length > MOST_OPTIONS) return [{ code: 'OPTIONS_OVER_LIMIT', field: path, message: `Can only specify a maximum of ${MOST_OPTIONS} options` }]
  return options.flatMap((option, index) => oneOption(option, [...path, String(index)], options.slice(0, index)))
}

function oneOption(option: OptionInput, field: string[], before: OptionInput[]): UserError[] {
  const values = option.values ?? []
  const named = option.name ?? option.id
  if (named == null || option.name?.trim() === '') return [{ code: 'INVALID_INPUT', field, message: 'Option name is missing.' }]
  if ((option.name ?? '').length > LONGEST) return [{ code: 'OPTION_NAME_TOO_LONG', field, message: 'Option name is too long.' }]
  if (before.some((other) => (other.name ?? other.id) === named)) return [{ code: 'DUPLICATED_OPTION_NAME', field, message: 'Duplicated option name.' }]
  if (values.length === 0) return [{ code: 'OPTION_VALUES_MISSING', field, message: `Option '${named}' must specify at least one option value.` }]
  return values.flatMap((value, index) => {
    const at = [...field, 'values', String(index), 'name']
    if ((value.name ?? '').length > LONGEST) return [{ code: 'OPTION_VALUE_NAME_TOO_LONG', field: at, message: 'Option value name is too long.' }]
    const twin = values.slice(0, index).some((other) => other.name != null && other.name === value.name)
    return twin ? [{ code: 'DUPLICATED_OPTION_VALUE', field: at, message: 'Duplicated option value.' }] : []
  })
}
