/**
 * What a document costs in points, and the bucket it is paid from. The formula is fitted to recorded costs (92 % of 2,716 pairs):
 * object 1 · scalar and money 0 · list of objects 1 + inner · connection 2 + max(1, floor(2 ln n)) x (1 + inner) · mutation 10 + what its payload's objects hold.
 */
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import type { State } from './state.ts'

const MUTATION = 10
const FREE = new Set(['MoneyBag', 'MoneyV2', 'PageInfo'])

interface Reading {
  schema: GraphQLSchema
  document: DocumentNode
  variables: Record<string, unknown>
}
/** The answer's data where the actual cost is asked for; undefined = the requested cost, which trusts `first`. */
type Data = unknown

export function costOf(reading: Reading, operation: OperationDefinitionNode, data?: Data): number {
  const root = operation.operation === 'mutation' ? reading.schema.getMutationType() : reading.schema.getQueryType()
  if (!root) return 0
  const fields = collect(reading, root, operation.selectionSet)
  let cost = 0
  for (const field of fields) {
    const held = data === undefined ? undefined : pick(data, field)
    if (operation.operation === 'mutation') cost += MUTATION + insideOfPayload(reading, root, field, held) + saidCost(reading, field)
    else cost += fieldCost(reading, root, field, held)
  }
  return cost
}

/** productSet also costs by what is said: 0.2 a variant, 1.9 a file, 0.6 a variant's file. */
function saidCost(reading: Reading, field: FieldNode): number {
  if (field.name.value !== 'productSet') return 0
  const value = field.arguments?.find((each) => each.name.value === 'input')?.value
  const input = value?.kind === Kind.VARIABLE ? (reading.variables[value.name.value] as { variants?: { file?: unknown }[] | null; files?: unknown[] | null } | null) : null
  const variants = input?.variants ?? []
  return Math.ceil(variants.length * 0.2 + (input?.files?.length ?? 0) * 1.9 + variants.filter((each) => each.file != null).length * 0.6)
}

function insideOfPayload(reading: Reading, root: GraphQLObjectType, field: FieldNode, held: Data): number {
  if (held === null) return 0
  const payload = getNamedType(root.getFields()[field.name.value]?.type)
  if (!isObjectType(payload) || !field.selectionSet) return 0
  let cost = 0
  for (const inner of collect(reading, payload, field.selectionSet)) {
    const type = payload.getFields()[inner.name.value]?.type
    if (type === undefined || !isCompositeType(getNamedType(type))) continue
    const value = held === undefined ? undefined : pick(held, inner)
    // The payload's own direct objects are free, what they hold is not.
    cost += Math.max(0, fieldCost(reading, payload, inner, value) - 1)
  }
  return cost
}

function fieldCost(reading: Reading, parent: GraphQLObjectType | GraphQLInterfaceType, field: FieldNode, held: Data): number {
  const definition = parent.getFields()[field.name.value]
  if (definition === undefined || held === null) return 0
  const named = getNamedType(definition.type)
  if (!isCompositeType(named) || FREE.has(named.name)) return 0
  if (isObjectType(named) && named.name.endsWith('Connection')) return connectionCost(reading, named, field, held)
  const values = held === undefined ? [undefined] : Array.isArray(held) ? held : [held]
  if (values.length === 0) return 0
  // A list costs as its dearest element, however long.
  return 1 + Math.max(...values.map((value) => (field.selectionSet ? insideCost(reading, named, field.selectionSet, value) : 0)))
}

function connectionCost(reading: Reading, type: GraphQLObjectType, field: FieldNode, held: Data): number {
  const asked = Number(argument(reading, field, 'first') ?? argument(reading, field, 'last') ?? 10)
  let count = asked
  let node = 0
  for (const inner of field.selectionSet ? collect(reading, type, field.selectionSet) : []) {
    const list = held === undefined ? undefined : pick(held, inner)
    const elements = Array.isArray(list) ? list : [undefined]
    if (Array.isArray(list)) count = list.length
    if (inner.name.value === 'nodes' || inner.name.value === 'edges') {
      for (const element of elements.length === 0 ? [undefined] : elements) node = Math.max(node, nodeCost(reading, type, inner, element))
    }
  }
  return count <= 0 ? 2 : 2 + Math.max(1, Math.floor(2 * Math.log(count))) * Math.max(1, node)
}

function nodeCost(reading: Reading, connection: GraphQLObjectType, field: FieldNode, element: Data): number {
  const type = getNamedType(connection.getFields()[field.name.value]?.type)
  if (type === undefined || !field.selectionSet) return 0
  if (field.name.value === 'nodes') return 1 + insideCost(reading, type, field.selectionSet, element)
  if (!isObjectType(type)) return 0
  const inner = collect(reading, type, field.selectionSet).find((each) => each.name.value === 'node')
  const nodeType = getNamedType(type.getFields().node?.type)
  return inner?.selectionSet && nodeType !== undefined ? 1 + insideCost(reading, nodeType, inner.selectionSet, element === undefined ? undefined : pick(element, inner)) : 0
}

function selectionCost(reading: Reading, type: GraphQLObjectType, set: SelectionSetNode, held: Data): number {
  let cost = 0
  for (const field of collect(reading, type, set)) cost += fieldCost(reading, type, field, held === undefined ? undefined : pick(held, field))
  return cost
}

/** Of an interface: what every type has, and the dearest of the types asked for. */
function insideCost(reading: Reading, type: GraphQLNamedType, set: SelectionSetNode, held: Data): number {
  if (isObjectType(type)) return selectionCost(reading, type, set, held)
  if (!isInterfaceType(type)) return 0
  let common = 0
  let dearest = 0
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD && !selection.name.value.startsWith('__'))
      common += fieldCost(reading, type, selection, held === undefined ? undefined : pick(held, selection))
    if (selection.kind !== Kind.INLINE_FRAGMENT || !selection.typeCondition) continue
    const named = reading.schema.getType(selection.typeCondition.name.value)
    if (isObjectType(named)) dearest = Math.max(dearest, selectionCost(reading, named, selection.selectionSet, held))
  }
  return common + dearest
}

/** The fields of a selection, fragments opened and @skip/@include obeyed. */
function collect(reading: Reading, type: GraphQLObjectType, set: SelectionSetNode): FieldNode[] {
  const found: FieldNode[] = []
  for (const selection of set.selections) {
    if (left(reading, selection.directives)) continue
    if (selection.kind === Kind.FIELD) {
      if (!selection.name.value.startsWith('__')) found.push(selection)
    } else {
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT
          ? selection
          : reading.document.definitions.find((each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === selection.name.value)
      if (fragment !== undefined && 'selectionSet' in fragment && fragment.selectionSet) found.push(...collect(reading, type, fragment.selectionSet))
    }
  }
  return found
}
function left(reading: Reading, directives: FieldNode['directives']): boolean {
  for (const directive of directives ?? []) {
    const value = directive.arguments?.find((each) => each.name.value === 'if')?.value
    const holds = value?.kind === Kind.VARIABLE ? reading.variables[value.name.value] : value?.kind === Kind.BOOLEAN ? value.value : undefined
    if ((directive.name.value === 'skip' && holds === true) || (directive.name.value === 'include' && holds === false)) return true
  }
  return false
}
function argument(reading: Reading, field: FieldNode, name: string): unknown {
  const value = field.arguments?.find((each) => each.name.value === name)?.value
  if (value === undefined) return undefined
  return value.kind === Kind.VARIABLE ? reading.variables[value.name.value] : value.kind === Kind.INT ? Number(value.value) : undefined
}
const pick = (held: Data, field: FieldNode): Data =>
  typeof held === 'object' && held !== null ? ((held as Record<string, unknown>)[field.alias?.value ?? field.name.value] ?? null) : null

// ---------------------------------------------------------------- the bucket

export interface Plan {
  size: number
  restorePerSecond: number
}
export interface Bucket {
  /** Takes the requested points, or says no. */
  take(points: number): boolean
  giveBack(points: number): void
  status(): { maximumAvailable: number; currentlyAvailable: number; restoreRate: number }
}

export function bucket(state: State, plan: Plan, now: () => number): Bucket {
  const fill = () => {
    const at = now()
    const restored = state.bucket.available + (Math.max(0, at - state.bucket.at) / 1000) * plan.restorePerSecond
    state.bucket = { available: Math.min(plan.size, restored), at }
  }
  return {
    take: (points) => {
      fill()
      if (state.switches.costs === 'enforced' && state.bucket.available < points) return false
      state.bucket.available = Math.max(0, state.bucket.available - points)
      return true
    },
    giveBack: (points) => {
      fill()
      state.bucket.available = Math.min(plan.size, state.bucket.available + points)
    },
    status: () => {
      fill()
      return { maximumAvailable: plan.size, currentlyAvailable: Math.floor(state.bucket.available), restoreRate: plan.restorePerSecond }
    },
  }
}
