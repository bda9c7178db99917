/** JSON-RPC 2.0 over HTTP: one call or a batch, their answers and what a status says. */
import { json, type SimAnswer, type SimRequest } from '../kit.ts'
import { type Context, contextOf } from './context.ts'
import { RpcError } from './errors.ts'
import type { Methods } from './method.ts'
import { chance, hit, type World } from './world.ts'

export interface Call {
  id: unknown
  method: string
  params: unknown
  /** A call without an id wants no answer. */
  notification: boolean
}
interface Reply {
  jsonrpc: '2.0'
  id: unknown
  result?: unknown
  error?: { code: number; message: string; data?: unknown }
}
export type Table = Record<string, Methods>
/** A request as it was read: what it wants, or why it can't be read. */
export type Asked = { calls: (Call | RpcError)[]; batch: boolean } | RpcError

export function readAsked(world: World, request: SimRequest): Asked {
  if (request.body === undefined) return new RpcError(-32700)
  const batch = Array.isArray(request.body)
  const all = batch ? (request.body as unknown[]) : [request.body]
  if (all.length === 0 || (world.knobs.batch === 'max-50' && all.length > 50)) return new RpcError(-32600)
  return { calls: all.map(callOf), batch }
}

function callOf(value: unknown): Call | RpcError {
  const call = value as Partial<Call> & { jsonrpc?: unknown }
  if (typeof call !== 'object' || call === null || call.jsonrpc !== '2.0' || typeof call.method !== 'string') return new RpcError(-32600)
  return { id: call.id ?? null, method: call.method, params: call.params ?? [], notification: !('id' in call) }
}

/** What runs around each call; throws to refuse it. */
export type Around = (call: Call, run: () => unknown) => unknown

/** Carries out `calls`; those of a batch one after the other, answered in whatever order. */
export function carryOut(world: World, table: Table, request: SimRequest, asked: Exclude<Asked, RpcError>, around: Around): SimAnswer {
  const replies = asked.calls.flatMap((call) => reply(world, table, request, call, around))
  if (replies[0] === undefined) return { status: 204 }
  if (!asked.batch) return json(statusOf(world, replies[0]), replies[0], TYPE)
  if (world.knobs.batch === 'shuffled') for (let n = replies.length - 1; n > 0; n -= 1) swap(replies, n, Math.floor(chance(world) * (n + 1)))
  return json(200, replies, TYPE)
}
const TYPE = { 'content-type': 'application/json' }
const swap = (list: Reply[], a: number, b: number) => {
  const kept = list[a] as Reply
  list[a] = list[b] as Reply
  list[b] = kept
}

function reply(world: World, table: Table, request: SimRequest, call: Call | RpcError, around: Around): Reply[] {
  if (call instanceof RpcError) return [failure(null, call)]
  hit(world, call.method)
  try {
    const result = around(call, () => run(table, call, contextOf(world, request)))
    return call.notification ? [] : [{ jsonrpc: '2.0', id: call.id, result: result ?? null }]
  } catch (error) {
    if (!(error instanceof RpcError)) throw error
    hit(world, `error ${error.code}`)
    // Whoever asks for a class that isn't there is answered without its id.
    const unknownClass = error.code === -32601 && !Object.hasOwn(table, call.method.split('.')[0] ?? '')
    return call.notification ? [] : [failure(unknownClass ? null : call.id, error)]
  }
}

function run(table: Table, call: Call, context: Context): unknown {
  const [name = '', method = ''] = call.method.split('.')
  const methods = Object.hasOwn(table, name) ? table[name] : undefined
  if (methods === undefined) throw new RpcError(-32601, undefined, `Method not found: No API for ${name}`)
  const found = Object.hasOwn(methods, method) ? methods[method] : undefined
  if (found === undefined) throw new RpcError(-32601, undefined, `Method not found: ${call.method}`)
  if (!Array.isArray(call.params)) throw new RpcError(-32602, 'Parameters are given by position')
  return found(call.params, context)
}

/** An answer for a request that can't be carried out as a whole. */
export const refused = (world: World, error: RpcError): SimAnswer => {
  const body = failure(null, error)
  return json(statusOf(world, body), body, TYPE)
}

const failure = (id: unknown, { code, message, data }: RpcError): Reply => ({ jsonrpc: '2.0', id, error: { code, message, ...(data === undefined ? {} : { data }) } })

const statusOf = (world: World, { error }: Reply): number => (world.knobs.httpStatusOnError === '200' || error === undefined ? 200 : error.code === -32601 ? 404 : 400)
