/** POST /admin/api/{version}/graphql.json: refusals, rights, cost, faults, execution, in Shopify's order. */
import { randomUUID } from 'node:crypto'
import {
  buildSchema,
  type DocumentNode,
  execute,
  type FieldNode,
  GraphQLError,
  type GraphQLSchema,
  getArgumentValues,
  getDirectiveValues,
  getOperationAST,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql'
import { json, type SimAnswer, type SimRequest } from '../kit.ts'
import type { SimTime } from '../time.ts'
import { allowed, FIELD_SCOPES, rightsOf, shopRefusal } from './access.ts'
import { type Bucket, costOf } from './cost.ts'
import { accessDenied, internal, parseError, type ShopifyError, throttled, tooDear, translated } from './errors.ts'
import type { Fault, Faults } from './faults.ts'
import { claimKey, fingerprintOf, freeKey } from './keys.ts'
import { type Asked, kindOf, type Reading, type Resolvers } from './reading.ts'
import { SDL } from './schema.ts'
import { type Call, hit, type State } from './state.ts'
import { sizeErrors, variableErrors } from './variables.ts'

export interface ApiParts {
  state: State
  callsKept: number
  time: SimTime
  faults: Faults
  bucket: Bucket
  reading(scopes: ReadonlySet<string>): Reading
  resolvers: Resolvers
  /** Somebody else buys, right now. */
  checkout(fault: Extract<Fault, { kind: 'checkout-between' }>): void
  /** In-process tests may do anything at this moment. */
  before(fields: string[]): void
}
export interface Api {
  answer(request: SimRequest, version: string): Promise<SimAnswer>
  /** Lets held requests go on; how many there were. */
  release(): number
  held(): number
}

const LIVE = ['2026-01', '2026-04', '2026-07', '2026-10', '2027-01', 'unstable']
/** An expired or unknown version falls forward to the oldest live one, without an error. */
const servedVersion = (asked: string): string => (LIVE.includes(asked) ? asked : (LIVE[0] ?? asked))
const LARGEST_COST = 1000
const KEPT_DOCUMENTS = 500

interface Prepared {
  document: DocumentNode | null
  errors: ShopifyError[]
}

export function api(parts: ApiParts): Api {
  const { state, time, faults, bucket, callsKept } = parts
  const schema = built(parts.resolvers)
  const documents = new Map<string, Prepared>()
  let gates: (() => void)[] = []

  function prepared(source: string): Prepared {
    const known = documents.get(source)
    if (known !== undefined) return known
    const made = prepare(schema, source)
    if (documents.size >= KEPT_DOCUMENTS) documents.clear()
    documents.set(source, made)
    return made
  }

  async function answer(request: SimRequest, askedVersion: string): Promise<SimAnswer> {
    const started = performance.now()
    const version = servedVersion(askedVersion)
    if (version !== askedVersion) hit(state, 'version-fell-forward')
    const requestId = randomUUID()
    const call: Call = { at: time.now().toISOString(), operation: null, fields: [], rows: 0, status: 200, outcome: 'ok', requestedCost: null, actualCost: null, ms: 0 }
    const answered = await serve(request, version, requestId, call)
    call.ms = performance.now() - started
    call.status = typeof answered === 'string' ? answered : answered.status
    state.calls.push(call)
    if (state.calls.length > callsKept) state.calls.splice(0, Math.ceil(callsKept / 2))
    if (typeof answered === 'string') return answered
    return { ...answered, headers: { ...answered.headers, 'x-shopify-api-version': version, 'x-request-id': requestId } }
  }

  async function serve(request: SimRequest, version: string, requestId: string, call: Call): Promise<SimAnswer> {
    const refused = shopRefusal(state)
    if (refused !== null) return marked(call, 'shop-refused', refused)
    const scopes = rightsOf(state, request.headers['x-shopify-access-token'], time.ms())
    if (typeof scopes === 'string' || !('has' in scopes)) return marked(call, 'unauthorized', scopes)
    const body = request.body as { query?: unknown; variables?: Record<string, unknown> | null; operationName?: string | null } | undefined
    if (typeof body?.query !== 'string') return marked(call, 'bad-request', json(400, { errors: { query: 'Required parameter missing or invalid' } }))
    const { document, errors } = prepared(body.query)
    if (document === null || errors.length > 0) return marked(call, 'invalid', json(200, { errors }))
    const operation = getOperationAST(document, body.operationName ?? null)
    if (!operation) return marked(call, 'invalid', json(200, { errors: [{ message: 'An operation name is required', extensions: { code: 'BAD_REQUEST' } }] }))
    const variables = body.variables ?? {}
    const wrong = [...variableErrors(schema, operation, variables), ...sizeErrors(operation, variables, state.switches.variantsInput)]
    call.operation = operation.name?.value ?? null
    call.fields = rootFields(operation).map((field) => field.name.value)
    call.rows = rowsOf(variables)
    if (wrong.length > 0) return marked(call, 'invalid', json(200, { errors: wrong }))
    return await faulty({ document, operation, variables, scopes, version, requestId, call })
  }

  interface Ready {
    document: DocumentNode
    operation: OperationDefinitionNode
    variables: Record<string, unknown>
    scopes: ReadonlySet<string>
    version: string
    requestId: string
    call: Call
  }

  async function faulty(ready: Ready): Promise<SimAnswer> {
    const { call } = ready
    const owned = new Set<string>()
    if (faults.take(['hold'], call.fields) !== null) {
      own(ready, owned)
      await new Promise<void>((resolve) => gates.push(resolve))
    }
    const between = faults.take(['checkout-between'], call.fields)
    if (between !== null) parts.checkout(between)
    parts.before(call.fields)
    const fault = faults.take(['timeout', 'hangup', 'status', 'throttled', 'late', 'token-expired', 'internal'], call.fields)
    if (fault === null) return run(ready, owned)
    call.outcome = `fault:${fault.kind}`
    switch (fault.kind) {
      case 'throttled':
        return refusedByCost(ready, requestedCost(ready))
      case 'internal':
        return json(200, { errors: [internal(ready.requestId)] })
      case 'token-expired':
        state.tokens.clear()
        return json(401, { errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' })
      case 'late':
        own(ready, owned)
        time.after(fault.ms, () => {
          hit(state, 'landed-late')
          run(ready, owned)
        })
        return 'silence'
      case 'timeout':
        if (fault.when === 'after') run(ready, owned)
        return 'silence'
      case 'hangup':
        if (fault.when === 'after') run(ready, owned)
        return 'hangup'
      case 'status':
        if (fault.when === 'after') run(ready, owned)
        return json(
          fault.status,
          { errors: fault.status === 429 ? 'Exceeded 2 calls per second for api client. Reduce request rates to resume uninterrupted service.' : 'Something went wrong' },
          fault.retryAfterSeconds === undefined ? {} : { 'retry-after': String(fault.retryAfterSeconds) },
        )
    }
  }

  const requestedCost = (ready: Ready) => costOf({ schema, document: ready.document, variables: ready.variables }, ready.operation)
  function refusedByCost(ready: Ready, requested: number): SimAnswer {
    hit(state, 'throttled')
    ready.call.requestedCost = requested
    return marked(
      ready.call,
      'throttled',
      json(200, { errors: [throttled()], extensions: { cost: { requestedQueryCost: requested, actualQueryCost: null, throttleStatus: bucket.status() } } }),
    )
  }

  function run(ready: Ready, owned: Set<string>): SimAnswer {
    const { document, operation, variables, call } = ready
    const requested = requestedCost(ready)
    call.requestedCost = requested
    if (requested > LARGEST_COST) {
      hit(state, 'max-cost-exceeded')
      return marked(call, 'too-dear', json(200, { errors: [tooDear(requested)] }))
    }
    if (!bucket.take(requested)) return refusedByCost(ready, requested)
    const asked: Asked = { ...parts.reading(ready.scopes), apiVersion: ready.version, schema, owned, keyOf: (field) => keyOf(schema, field, variables) }
    const result = execute({ schema, document, variableValues: variables, contextValue: asked, operationName: operation.name?.value ?? null })
    if (result instanceof Promise) throw new Error('no resolver here may be asynchronous')
    // A resolver's own bug is no answer of Shopify's.
    for (const error of result.errors ?? []) if (error.originalError !== undefined && !(error.originalError instanceof GraphQLError)) throw error.originalError
    if (result.errors) for (const key of owned) freeKey(state, key)
    const actual = costOf({ schema, document, variables }, operation, result.data ?? {})
    bucket.giveBack(Math.max(0, requested - actual))
    call.actualCost = actual
    if (result.errors) call.outcome = String(result.errors[0]?.extensions.code ?? 'error')
    else call.outcome = firstUserError(result.data) ?? call.outcome
    return json(200, {
      ...(result.errors ? { errors: result.errors.map((error) => error.toJSON()) } : {}),
      data: result.data ?? null,
      extensions: { cost: { requestedQueryCost: requested, actualQueryCost: actual, throttleStatus: bucket.status() } },
    })
  }

  /** A held request has its key already: a second one with the same key is concurrent. */
  function own(ready: Ready, owned: Set<string>): void {
    for (const field of rootFields(ready.operation)) {
      const key = keyOf(schema, field, ready.variables)
      const definition = schema.getMutationType()?.getFields()[field.name.value]
      if (key === null || definition === undefined || ready.operation.operation !== 'mutation') continue
      if (claimKey(state, key, fingerprintOf([field.name.value, getArgumentValues(definition, field, ready.variables)]), time.ms()).kind === 'new') owned.add(key)
    }
  }

  return {
    answer,
    release: () => {
      const open = gates
      gates = []
      for (const go of open) go()
      return open.length
    },
    held: () => gates.length,
  }
}

function prepare(schema: GraphQLSchema, source: string): Prepared {
  try {
    const document = parse(source)
    return { document, errors: validate(schema, document).map((error) => translated(error, document)) }
  } catch (error) {
    if (error instanceof GraphQLError) return { document: null, errors: [parseError(error)] }
    throw error
  }
}

/** Our schema with its resolvers; a field that needs a right looks at the rights first. */
function built(resolvers: Resolvers): GraphQLSchema {
  const schema = buildSchema(SDL)
  for (const type of Object.values(schema.getTypeMap())) {
    if (isInterfaceType(type)) type.resolveType = (value) => kindOf(value as object)
    if (!isObjectType(type) || type.name.startsWith('__')) continue
    for (const field of Object.values(type.getFields())) {
      const resolver = resolvers[type.name]?.[field.name]
      const scopes = FIELD_SCOPES[`${type.name}.${field.name}`]
      if (resolver === undefined && scopes === undefined) continue
      field.resolve = (source, args, asked: Asked, info) => {
        if (scopes !== undefined && !allowed(asked.scopes, scopes)) {
          hit(asked.state, 'access-denied')
          throw accessDenied(field.name, scopes[0] ?? '')
        }
        return resolver === undefined ? (source as Record<string, unknown>)[field.name] : resolver(source as never, args as never, asked, info.fieldNodes[0] as FieldNode)
      }
    }
  }
  return schema
}

const rootFields = (operation: OperationDefinitionNode): FieldNode[] => operation.selectionSet.selections.filter((selection) => selection.kind === Kind.FIELD)
/** The key stands on the field; on the operation it is refused by validation. */
function keyOf(schema: GraphQLSchema, field: FieldNode, variables: Record<string, unknown>): string | null {
  const directive = schema.getDirective('idempotent')
  const values = directive ? getDirectiveValues(directive, field, variables) : undefined
  return typeof values?.key === 'string' ? values.key : null
}
function marked(call: Call, outcome: string, answer: SimAnswer): SimAnswer {
  call.outcome = outcome
  return answer
}
function rowsOf(variables: Record<string, unknown>): number {
  const input = variables.input as { quantities?: unknown; changes?: unknown } | undefined
  const rows = input?.quantities ?? input?.changes
  return Array.isArray(rows) ? rows.length : 0
}
function firstUserError(data: unknown): string | null {
  for (const payload of Object.values((data ?? {}) as Record<string, { userErrors?: { code?: string; message?: string }[] } | null>)) {
    const error = payload?.userErrors?.[0]
    if (error !== undefined) return error.code ?? error.message ?? 'user-error'
  }
  return null
}
