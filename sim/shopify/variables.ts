/** Variables are checked as graphql-ruby does it: every problem of one variable in one INVALID_VARIABLE error. */
import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  print,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql'
import { positionOf, type ShopifyError, tooMany } from './errors.ts'

interface Problem {
  path: (string | number)[]
  explanation: string
}
const LARGEST_INPUT = 250
/** Where more may be said at once; the variants of a bulk mutation are unconfirmed (switch: `variantsInput`). */
const largest = (path: string[], variantsInput: number): number => {
  const place = path.join('.')
  if (place === 'productSet.input.variants') return 2048
  return /^productVariantsBulk(Create|Update)\.variants$/.test(place) ? variantsInput : LARGEST_INPUT
}
const isGid = (value: string): boolean => /^gid:\/\/shopify\/\w+\/.+$/.test(value)

export function variableErrors(schema: GraphQLSchema, operation: OperationDefinitionNode, variables: Record<string, unknown>): ShopifyError[] {
  const errors: ShopifyError[] = []
  for (const definition of operation.variableDefinitions ?? []) {
    const name = definition.variable.name.value
    const type = typeFromAST(schema, definition.type as never)
    if (type === undefined || !isInputType(type)) continue
    if (!(name in variables) && (definition.defaultValue !== undefined || !isNonNullType(type))) continue
    const value = variables[name] ?? null
    const problems: Problem[] = []
    check(type, value, [], problems)
    if (problems.length > 0) errors.push(invalidVariable(definition, value, problems))
  }
  return errors
}

function invalidVariable(definition: VariableDefinitionNode, value: unknown, problems: Problem[]): ShopifyError {
  const told = problems.filter((problem) => problem.path.length > 0).map((problem) => `${problem.path.join('.')} (${problem.explanation})`)
  const words = `Variable $${definition.variable.name.value} of type ${print(definition.type)} was provided invalid value`
  return {
    message: told.length === 0 ? words : `${words} for ${told.join(', ')}`,
    locations: [positionOf(definition)],
    extensions: { code: 'INVALID_VARIABLE', value, problems },
  }
}

/** Written without closures: it runs for every field of 250 rows. */
function check(type: GraphQLInputType, value: unknown, path: (string | number)[], problems: Problem[]): void {
  if (isNonNullType(type)) {
    if (value === null || value === undefined) problems.push({ path, explanation: 'Expected value to not be null' })
    else check(type.ofType, value, path, problems)
  } else if (value === null || value === undefined) {
    return
  } else if (isListType(type)) {
    const elements = Array.isArray(value) ? value : [value]
    for (let index = 0; index < elements.length; index += 1) check(type.ofType, elements[index], [...path, index], problems)
  } else if (isInputObjectType(type)) {
    checkObject(type, value, path, problems)
  } else {
    const explanation = leafProblem(type, value)
    if (explanation !== null) problems.push({ path, explanation })
  }
}

function checkObject(type: GraphQLInputObjectType, value: unknown, path: (string | number)[], problems: Problem[]): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    problems.push({ path, explanation: `Expected ${JSON.stringify(value)} to be a key-value object.` })
    return
  }
  const given = value as Record<string, unknown>
  const fields = type.getFields()
  for (const key in given) if (fields[key] === undefined) problems.push({ path: [...path, key], explanation: `Field is not defined on ${type.name}` })
  for (const name in fields) {
    const field = fields[name]
    if (field !== undefined && (name in given || isNonNullType(field.type))) check(field.type, given[name], [...path, name], problems)
  }
}

function leafProblem(type: GraphQLInputType, value: unknown): string | null {
  if (isEnumType(type)) {
    const known = type.getValues().map((each) => each.name)
    return known.includes(String(value)) ? null : `Expected "${String(value)}" to be one of: ${known.join(', ')}`
  }
  switch (String(type)) {
    case 'ID':
      return typeof value === 'string' && isGid(value) ? null : `Invalid global id '${String(value)}'`
    case 'Int':
      return Number.isInteger(value) && Math.abs(value as number) <= 2_147_483_647 ? null : `Could not coerce value ${JSON.stringify(value)} to Int`
    case 'Boolean':
      return typeof value === 'boolean' ? null : `Could not coerce value ${JSON.stringify(value)} to Boolean`
    case 'Money':
    case 'Decimal':
      return /^-?\d+(\.\d+)?$/.test(String(value)) ? null : `Could not coerce value ${JSON.stringify(value)} to ${String(type)}`
    case 'String':
      return typeof value === 'string' ? null : `Could not coerce value ${JSON.stringify(value)} to String`
    default:
      return null
  }
}

/** 250 entries in one input list, whatever the mutation; the whole request is refused. */
export function sizeErrors(operation: OperationDefinitionNode, variables: Record<string, unknown>, variantsInput: number): ShopifyError[] {
  const errors: ShopifyError[] = []
  for (const field of operation.selectionSet.selections) {
    if (field.kind !== Kind.FIELD) continue
    for (const argument of field.arguments ?? []) {
      const value = argument.value.kind === Kind.VARIABLE ? variables[argument.value.name.value] : argument.value.kind === Kind.LIST ? argument.value.values : undefined
      const walk = (held: unknown, path: string[]): void => {
        if (Array.isArray(held)) {
          const most = largest([field.name.value, ...path.slice(1)], variantsInput)
          if (held.length > most) errors.push(tooMany(held.length, most, path, field))
        } else if (typeof held === 'object' && held !== null && argument.value.kind === Kind.VARIABLE) {
          for (const [key, inner] of Object.entries(held)) walk(inner, [...path, key])
        }
      }
      walk(value, [field.alias?.value ?? field.name.value, argument.name.value])
    }
  }
  return errors
}
