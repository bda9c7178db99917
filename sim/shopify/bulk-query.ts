/** A query for the bulk: what Shopify says against it, how it asks for everything, and how its answer becomes lines. */
import { type DocumentNode, type FieldNode, type GraphQLSchema, getNamedType, isListType, isNonNullType, Kind, parse, TypeInfo, validate, visit, visitWithTypeInfo } from 'graphql'
import { EVERYTHING } from './search.ts'

const MOST_CONNECTIONS = 5
const DEEPEST = 2
export const MOST_QUERY_BYTES = 65_535

/** The document, or every reason why it isn't one for the bulk. */
export function bulkDocument(schema: GraphQLSchema, query: string): { document: DocumentNode } | { reasons: string[] } {
  if (Buffer.byteLength(query) > MOST_QUERY_BYTES) return { reasons: [`Bulk queries cannot be longer than ${MOST_QUERY_BYTES} bytes.`] }
  let document: DocumentNode
  try {
    document = parse(query)
  } catch (error) {
    const said = error instanceof Error ? error.message.replace(/^Syntax Error: /, '') : ''
    return { reasons: [`Invalid bulk query: syntax error, unexpected ${query.trim() === '' ? 'end of file' : said}`] }
  }
  const [operation] = document.definitions
  if (operation?.kind !== Kind.OPERATION_DEFINITION || operation.operation !== 'query') return { reasons: ['Invalid operation type. Only `query` operations are supported.'] }
  const [wrong] = validate(schema, document)
  if (wrong !== undefined) return { reasons: [`Invalid bulk query: ${wrong.message}`] }
  const reasons = reasonsAgainst(schema, document)
  return reasons.length > 0 ? { reasons } : { document: forEverything(schema, document) }
}

const isConnection = (info: TypeInfo): boolean => {
  const type = getNamedType(info.getType())
  return type?.name.endsWith('Connection') === true
}
const isList = (info: TypeInfo): boolean => {
  const type = info.getType()
  return isListType(isNonNullType(type) ? type.ofType : type)
}
const fieldsOf = (field: FieldNode, name: string): FieldNode[] =>
  field.selectionSet?.selections.filter((each): each is FieldNode => each.kind === Kind.FIELD && each.name.value === name) ?? []

function reasonsAgainst(schema: GraphQLSchema, document: DocumentNode): string[] {
  const info = new TypeInfo(schema)
  const open: FieldNode[] = []
  const lists: FieldNode[] = []
  const found = { connections: 0, deepest: 0, withNodes: [] as string[], withoutId: new Set<string>(), inList: false, single: [] as string[] }
  const [operation] = document.definitions
  if (operation?.kind === Kind.OPERATION_DEFINITION)
    for (const field of operation.selectionSet.selections) if (field.kind === Kind.FIELD && ['node', 'nodes'].includes(field.name.value)) found.single.push(field.name.value)
  visit(
    document,
    visitWithTypeInfo(info, {
      Field: {
        enter: (field) => {
          if (isConnection(info)) {
            found.connections += 1
            found.deepest = Math.max(found.deepest, open.length)
            found.inList ||= lists.length > 0
            if (fieldsOf(field, 'nodes').length > 0) found.withNodes.push(field.name.value)
            for (const parent of open.slice(-1)) if (!hasId(parent)) found.withoutId.add(parent.name.value)
            open.push(field)
          } else if (isList(info) && field.name.value !== 'edges' && field.name.value !== 'nodes') lists.push(field)
        },
        leave: (field) => {
          if (open.at(-1) === field) open.pop()
          if (lists.at(-1) === field) lists.pop()
        },
      },
    }),
  )
  return [
    ...found.single.map((name) => `Bulk queries cannot contain a top level \`${name}\` field.`),
    ...(found.connections === 0 ? ['Bulk queries must contain at least one connection.'] : []),
    ...(found.connections > MOST_CONNECTIONS ? [`Bulk queries cannot contain more than ${MOST_CONNECTIONS} connections.`] : []),
    ...(found.deepest > DEEPEST ? [`Bulk queries cannot contain connections with a nesting depth greater than ${DEEPEST}.`] : []),
    ...(found.inList ? ['Queries that contain a connection field within a list field are not currently supported.'] : []),
    ...(found.withNodes.length > 0
      ? [
          `All connection fields in a bulk query must select their contents using 'edges' > 'node', e.g: '${found.withNodes[0]} { edges { node {'. Selecting via 'nodes' is not supported. Invalid connection fields: '${found.withNodes.join("', '")}'.`,
        ]
      : []),
    ...(found.withoutId.size > 0
      ? [
          `The parent 'node' field for a nested connection must select the 'id' field without an alias and must be of 'ID' return type. Connection fields without 'id': ${[...found.withoutId].join(', ')}.`,
        ]
      : []),
  ]
}
const hasId = (connection: FieldNode): boolean =>
  fieldsOf(connection, 'edges')
    .flatMap((edges) => fieldsOf(edges, 'node'))
    .some((node) => fieldsOf(node, 'id').some((id) => id.alias === undefined))

/** Whatever `first` says, a bulk query reads to the end. */
function forEverything(schema: GraphQLSchema, document: DocumentNode): DocumentNode {
  const info = new TypeInfo(schema)
  return visit(
    document,
    visitWithTypeInfo(info, {
      Field: (field) => {
        if (!isConnection(info)) return undefined
        const others = (field.arguments ?? []).filter((argument) => !['first', 'last', 'after', 'before'].includes(argument.name.value))
        const everything = [
          { kind: Kind.ARGUMENT as const, name: { kind: Kind.NAME as const, value: 'first' }, value: { kind: Kind.INT as const, value: '250' } },
          { kind: Kind.ARGUMENT as const, name: { kind: Kind.NAME as const, value: 'after' }, value: { kind: Kind.STRING as const, value: EVERYTHING } },
        ]
        return { ...field, arguments: [...others, ...everything] }
      },
    }),
  )
}

export interface Lines {
  text: string
  objects: number
  roots: number
}
type Json = Record<string, unknown>
/** One line for each node; what a nested connection holds comes after its parent and names it. Grouped it comes at once, else whenever. */
export function linesOf(data: Json, grouped: boolean): Lines {
  const found: Line[] = []
  for (const value of Object.values(data)) for (const node of nodesIn(value)) collect(node, null, 0, found)
  const at = (depth: number) => found.filter((line) => line.depth === depth)
  const told = grouped ? found : [...at(0), ...Array.from({ length: DEEPEST }, (_, up) => at(up + 1).reverse()).flat()]
  return { text: told.map(({ line }) => `${JSON.stringify(line)}\n`).join(''), objects: found.length, roots: at(0).length }
}
interface Line {
  line: Json
  depth: number
}
const isEdges = (value: unknown): value is { edges: { node: Json }[] } => typeof value === 'object' && value !== null && Array.isArray((value as { edges?: unknown }).edges)
const nodesIn = (value: unknown): Json[] => (isEdges(value) ? value.edges.map((edge) => edge.node) : [])

function collect(node: Json, parentId: unknown, depth: number, found: Line[]): void {
  const line: Json = {}
  found.push({ line, depth })
  fill(line, node, (child) => collect(child, node.id, depth + 1, found))
  if (parentId !== null) line.__parentId = parentId
}
/** All but the connections, at whatever depth they stand. */
function fill(line: Json, node: Json, below: (child: Json) => void): void {
  for (const [name, value] of Object.entries(node)) {
    if (isEdges(value)) nodesIn(value).forEach(below)
    else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const inner: Json = {}
      line[name] = inner
      fill(inner, value as Json, below)
    } else line[name] = value
  }
}
