/** The errors a Shopify answer carries, in graphql-ruby's words and codes; graphql-js's own are translated here. */
import { type ASTNode, type DocumentNode, GraphQLError, Kind, type OperationDefinitionNode, visit } from 'graphql'

export interface ShopifyError {
  message: string
  locations?: { line: number; column: number }[]
  path?: (string | number)[]
  extensions?: Record<string, unknown>
}

/** A top-level error raised while executing: the field becomes null. */
export const failed = (code: string, message: string, more: Record<string, unknown> = {}): GraphQLError => new GraphQLError(message, { extensions: { code, ...more } })

export const invalidId = (id: string): GraphQLError => failed('RESOURCE_NOT_FOUND', `Invalid id: ${id}`)

export const accessDenied = (field: string, scope: string): GraphQLError =>
  failed('ACCESS_DENIED', `Access denied for ${field} field. Required access: \`${scope}\` access scope.`, {
    documentation: 'https://shopify.dev/api/usage/access-scopes',
    requiredAccess: `\`${scope}\` access scope.`,
  })

/** The right is there, the approval for protected customer data isn't. */
export const notApproved = (object: string): GraphQLError =>
  failed('ACCESS_DENIED', `This app is not approved to access the ${object} object. See https://shopify.dev/docs/apps/launch/protected-customer-data for more details.`, {
    documentation: 'https://shopify.dev/docs/apps/launch/protected-customer-data',
  })

export const throttled = (): ShopifyError => ({ message: 'Throttled', extensions: { code: 'THROTTLED', documentation: 'https://shopify.dev/api/usage/rate-limits' } })

export const tooDear = (cost: number): ShopifyError => ({
  message: `Query cost is ${cost}, which exceeds the single query max cost limit (1000).\n\nSee https://shopify.dev/concepts/about-apis/rate-limits for more information on how the\ncost of a query is calculated.\n\nTo query larger amounts of data with fewer limits, bulk operations should be used instead.\nSee https://shopify.dev/tutorials/perform-bulk-operations-with-admin-api for usage details.\n`,
  extensions: { code: 'MAX_COST_EXCEEDED', cost, maxCost: 1000, documentation: 'https://shopify.dev/api/usage/rate-limits' },
})

export const tooMany = (size: number, most: number, path: string[], node: ASTNode): ShopifyError => ({
  message: `The input array size of ${size} is greater than the maximum allowed of ${most}.`,
  locations: [positionOf(node)],
  path,
  extensions: { code: 'MAX_INPUT_SIZE_EXCEEDED' },
})

export const internal = (requestId: string): ShopifyError => ({
  message: `Internal error. Looks like something went wrong on our end.\nRequest ID: ${requestId} (include this in support requests).`,
  extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
})

export const parseError = (error: GraphQLError): ShopifyError => {
  const at = error.locations?.[0] ?? { line: 1, column: 1 }
  return {
    message: `syntax error, unexpected ${error.message.replace(/^Syntax Error: (Expected .+, found |Unexpected )/, '')} at [${at.line}, ${at.column}]`,
    locations: [at],
    extensions: { code: 'PARSE_ERROR' },
  }
}

export const positionOf = (node: ASTNode): { line: number; column: number } => {
  const at = node.loc?.startToken
  return { line: at?.line ?? 1, column: at?.column ?? 1 }
}

export const operationName = (operation: OperationDefinitionNode): string => (operation.name ? `${operation.operation} ${operation.name.value}` : operation.operation)

/** One pattern per way graphql-js complains; the groups of the pattern are the arguments of `say`. */
const TRANSLATIONS: { pattern: RegExp; say: (groups: string[]) => { message: string; code: string; more: Record<string, unknown> } }[] = [
  {
    pattern: /^Cannot query field "(.+?)" on type "(.+?)"/,
    say: ([field = '', type = '']) => ({ message: `Field '${field}' doesn't exist on type '${type}'`, code: 'undefinedField', more: { typeName: type, fieldName: field } }),
  },
  {
    pattern: /^Unknown argument "(.+?)" on field "(.+?)\.(.+?)"/,
    say: ([argument = '', , field = '']) => ({
      message: `Field '${field}' doesn't accept argument '${argument}'`,
      code: 'argumentNotAccepted',
      more: { name: field, typeName: 'Field', argumentName: argument },
    }),
  },
  {
    pattern: /^Unknown argument "(.+?)" on directive "@(.+?)"/,
    say: ([argument = '', directive = '']) => ({
      message: `Directive '${directive}' doesn't accept argument '${argument}'`,
      code: 'argumentNotAccepted',
      more: { name: directive, typeName: 'Directive', argumentName: argument },
    }),
  },
  {
    pattern: /^Field "(.+?)" argument "(.+?)" of type ".+?" is required/,
    say: ([field = '', argument = '']) => ({
      message: `Field '${field}' is missing required arguments: ${argument}`,
      code: 'missingRequiredArguments',
      more: { className: 'Field', name: field, arguments: argument },
    }),
  },
  {
    pattern: /^Directive "@(.+?)" argument "(.+?)" of type ".+?" is required/,
    say: ([directive = '', argument = '']) => ({
      message: `Directive '${directive}' is missing required arguments: ${argument}`,
      code: 'missingRequiredArguments',
      more: { className: 'Directive', name: directive, arguments: argument },
    }),
  },
  {
    pattern: /^Field "(.+?)\.(.+?)" of required type "(.+?)" was not provided/,
    say: ([input = '', argument = '', type = '']) => ({
      message: `Argument '${argument}' on InputObject '${input}' is required. Expected type ${type}`,
      code: 'missingRequiredInputObjectAttribute',
      more: { argumentName: argument, argumentType: type, inputObjectType: input },
    }),
  },
  {
    pattern: /^Field "(.+?)" is not defined by type "(.+?)"/,
    say: ([argument = '', input = '']) => ({
      message: `InputObject '${input}' doesn't accept argument '${argument}'`,
      code: 'argumentNotAccepted',
      more: { name: input, typeName: 'InputObject', argumentName: argument },
    }),
  },
  {
    pattern: /^Unknown directive "@(.+?)"/,
    say: ([directive = '']) => ({ message: `Directive @${directive} is not defined`, code: 'undefinedDirective', more: { directiveName: directive } }),
  },
  {
    pattern: /^Directive "@(.+?)" may not be used on (.+?)\./,
    say: ([directive = '', place = '']) => ({
      message: `'@${directive}' can't be applied to ${place === 'MUTATION' ? 'mutations' : place.toLowerCase()} (allowed: fields)`,
      code: 'directiveCannotBeApplied',
      more: { targetName: place === 'MUTATION' ? 'mutations' : place.toLowerCase(), name: directive },
    }),
  },
  {
    pattern: /^Variable "\$(.+?)" is never used(?: in operation "(.+?)")?/,
    say: ([variable = '', operation]) => ({
      message: `Variable $${variable} is declared by ${operation ?? 'anonymous operation'} but not used`,
      code: 'variableNotUsed',
      more: { variableName: variable },
    }),
  },
  {
    pattern: /^Variable "\$(.+?)" is not defined(?: by operation "(.+?)")?/,
    say: ([variable = '', operation]) => ({
      message: `Variable $${variable} is used by ${operation ?? 'anonymous operation'} but not declared`,
      code: 'variableNotDefined',
      more: { variableName: variable },
    }),
  },
  {
    pattern: /^Variable "\$(.+?)" of type "(.+?)" used in position expecting type "(.+?)"/,
    say: ([variable = '', has = '', wants = '']) => ({
      message: `Type mismatch on variable $${variable} (${has} / ${wants})`,
      code: 'variableMismatch',
      more: { variableName: variable, typeName: has, errorMessage: 'Type mismatch' },
    }),
  },
  { pattern: /^Unknown type "(.+?)"/, say: ([type = '']) => ({ message: `${type} isn't a defined input type`, code: 'variableRequiresValidType', more: { typeName: type } }) },
  {
    pattern: /^Field "(.+?)" of type "(.+?)" must have a selection/,
    say: ([field = '', type = '']) => ({
      message: `Field must have selections (field '${field}' returns ${type.replace(/[[\]!]/g, '')} but has no selections. Did you mean '${field} { ... }'?)`,
      code: 'selectionMismatch',
      more: { nodeName: `field '${field}'`, typeName: type.replace(/[[\]!]/g, '') },
    }),
  },
  {
    pattern: /^Field "(.+?)" must not have a selection since type "(.+?)"/,
    say: ([field = '', type = '']) => ({
      message: `Selections can't be made on scalars (field '${field}' returns ${type.replace(/[[\]!]/g, '')} but has selections)`,
      code: 'selectionMismatch',
      more: { nodeName: `field '${field}'`, typeName: type.replace(/[[\]!]/g, '') },
    }),
  },
]

export function translated(error: GraphQLError, document: DocumentNode): ShopifyError {
  const node = error.nodes?.[0]
  const place = node === undefined ? {} : { locations: [positionOf(node)], path: pathTo(document, node) }
  for (const { pattern, say } of TRANSLATIONS) {
    const groups = pattern.exec(error.message)
    if (groups === null) continue
    const { message, code, more } = say(groups.slice(1))
    return { message, ...place, extensions: { code, ...more } }
  }
  if (node !== undefined && /^(Value |Enum |Expected value|String cannot|Int cannot|Boolean cannot|ID cannot|Float cannot)/.test(error.message))
    return wrongLiteral(error, document, node)
  return { message: error.message, ...place, extensions: { code: 'invalid' } }
}

function wrongLiteral(error: GraphQLError, document: DocumentNode, node: ASTNode): ShopifyError {
  const path = pathTo(document, node)
  const argument = String(path.at(-1) ?? '')
  const shown = document.loc?.source.body.slice(node.loc?.start, node.loc?.end) ?? ''
  const expected = /type "(.+?)"|in "(.+?)" enum/.exec(error.message)
  return {
    message: `Argument '${argument}' on Field '${String(path.at(-2) ?? '')}' has an invalid value (${shown}). Expected type '${expected?.[1] ?? expected?.[2] ?? error.message.split(' ')[0]}'.`,
    locations: [positionOf(node)],
    path,
    extensions: { code: 'argumentLiteralsIncompatible', typeName: 'Field', argumentName: argument },
  }
}

/** graphql-ruby's path of a static error: the operation, then every response key and argument on the way. */
function pathTo(document: DocumentNode, target: ASTNode): string[] {
  const way: string[] = []
  let found: string[] | null = null
  const name = (node: ASTNode): string | null => {
    if (node.kind === Kind.OPERATION_DEFINITION) return operationName(node)
    if (node.kind === Kind.FIELD) return node.alias?.value ?? node.name.value
    if (node.kind === Kind.ARGUMENT || node.kind === Kind.OBJECT_FIELD) return node.name.value
    if (node.kind === Kind.INLINE_FRAGMENT) return node.typeCondition ? `... on ${node.typeCondition.name.value}` : '...'
    if (node.kind === Kind.FRAGMENT_DEFINITION) return `fragment ${node.name.value}`
    return null
  }
  visit(document, {
    enter: (node) => {
      const step = name(node)
      if (step !== null) way.push(step)
      if (node === target) found ??= [...way]
    },
    leave: (node) => {
      if (name(node) !== null) way.pop()
    },
  })
  return found ?? []
}
