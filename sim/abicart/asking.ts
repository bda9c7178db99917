/** How the simulator's own tests talk to it: over HTTP, as any integration would. */
import type { AbicartSim } from './abicart.ts'

export interface Reply {
  jsonrpc: '2.0'
  id: unknown
  result?: unknown
  error?: { code: number; message: string; data?: unknown }
}
/** Null leaves a parameter out. */
export interface How {
  webshop?: string | null
  auth?: string | null
  session?: string
  language?: string
  headers?: Record<string, string>
}

export function post(sim: AbicartSim, body: unknown, how: How = {}): Promise<Response> {
  const query = new URLSearchParams()
  const webshop = how.webshop === undefined ? sim.credentials.webshop : how.webshop
  const auth = how.auth === undefined ? sim.credentials.key : how.auth
  for (const [name, value] of Object.entries({ webshop, auth, session: how.session, language: how.language })) if (value !== null && value !== undefined) query.set(name, value)
  return fetch(`${sim.endpoint}?${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...how.headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

export const request = (method: string, params: unknown[], id: unknown = 1) => ({ jsonrpc: '2.0', id, method, params })

/** The whole reply of one call. */
export async function reply(sim: AbicartSim, method: string, params: unknown[] = [], how: How = {}): Promise<Reply> {
  return (await (await post(sim, request(method, params), how)).json()) as Reply
}
/** A call's result; a refused one throws its error as text. */
export async function ask<T = never>(sim: AbicartSim, method: string, params: unknown[] = [], how: How = {}): Promise<T> {
  const { error, result } = await reply(sim, method, params, how)
  if (error !== undefined) throw new Error(`${method}: ${JSON.stringify(error)}`)
  return result as T
}
/** The code a call is refused with, and where the fault is; 0 = it wasn't. */
export async function refusal(sim: AbicartSim, method: string, params: unknown[] = [], how: How = {}): Promise<{ code: number; pointer: string | null }> {
  const { error } = await reply(sim, method, params, how)
  const data = error?.data as { pointer?: string }[] | string | undefined
  return { code: error?.code ?? 0, pointer: Array.isArray(data) ? (data[0]?.pointer ?? null) : null }
}
