/** Variables are checked as graphql-ruby does it: every problem of one variable in one INVALID_VARIABLE error. */
import {
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

function check(type: GraphQLInputType, value: unknown, path: (string | number)[], problems: Problem[]): void {
  const wrong = (explanation: string, at = path) => problems.push({ path: at, explanation })
  if (isNonNullType(type)) {
    if (value === null || value === undefined) wrong('Expected value to not be null')
    else check(type.ofType, value, path, problems)
    return
  }
  if (value === null || value === undefined) return
  if (isListType(type)) {
    for (const [index, element] of (Array.isArray(value) ? value : [value]).entries()) check(type.ofType, element, [...path, index], problems)
    return
  }
  if (isInputObjectType(type)) {
    if (typeof value !== 'object' || Array.isArray(value)) return void wrong(`Expected ${JSON.stringify(value)} to be a key-value object.`)
    const given = value as Record<string, unknown>
    for (const key of Object.keys(given)) if (type.getFields()[key] === undefined) wrong(`Field is not defined on ${type.name}`, [...path, key])
    for (const field of Object.values(type.getFields())) {
      if (field.name in given || isNonNullType(field.type)) check(field.type, given[field.name], [...path, field.name], problems)
    }
    return
  }
  if (isEnumType(type)) {
    if (type.getValue(String(value)) === undefined)
      wrong(
        `Expected "${String(value)}" to be one of: ${type
          .getValues()
          .map((each) => each.name)
          .join(', ')}`,
      )
    return
  }
  if (type.name === 'ID' && (typeof value !== 'string' || !isGid(value))) wrong(`Invalid global id '${String(value)}'`)
  else if (type.name === 'Int' && (!Number.isInteger(value) || Math.abs(value as number) > 2_147_483_647)) wrong(`Could not coerce value ${JSON.stringify(value)} to Int`)
  else if (type.name === 'Boolean' && typeof value !== 'boolean') wrong(`Could not coerce value ${JSON.stringify(value)} to Boolean`)
  else if (type.name === 'String' && typeof value !== 'string') wrong(`Could not coerce value ${JSON.stringify(value)} to String`)
}

/** 250 entries in one input list, whatever the mutation; the whole request is refused. */
export function sizeErrors(operation: OperationDefinitionNode, variables: Record<string, unknown>): ShopifyError[] {
  const errors: ShopifyError[] = []
  for (const field of operation.selectionSet.selections) {
    if (field.kind !== Kind.FIELD) continue
    for (const argument of field.arguments ?? []) {
      const value = argument.value.kind === Kind.VARIABLE ? variables[argument.value.name.value] : argument.value.kind === Kind.LIST ? argument.value.values : undefined
      const walk = (held: unknown, path: string[]): void => {
        if (Array.isArray(held)) {
          if (held.length > LARGEST_INPUT) errors.push(tooMany(held.length, path, field))
        } else if (typeof held === 'object' && held !== null && argument.value.kind === Kind.VARIABLE) {
          for (const [key, inner] of Object.entries(held)) walk(inner, [...path, key])
        }
      }
      walk(value, [field.alias?.value ?? field.name.value, argument.name.value])
    }
  }
  return errors
}
