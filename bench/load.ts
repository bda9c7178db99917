/** Many clients at once over kept-open HTTP connections or database connections, each sending its next piece of work when the last was answered. */
import { Agent, request as httpRequest } from 'node:http'

export interface Answer {
  status: number
  body: string
  headers: Record<string, string | string[] | undefined>
}
export type Send = (method: string, path: string, headers: Record<string, string>, body?: string | Buffer) => Promise<Answer>

export interface Client {
  send: Send
  close(): void
}

/** One address, as many sockets as clients, none ever closed between two requests. */
export function openClient(address: string, sockets: number): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: sockets, maxFreeSockets: sockets })
  const { hostname, port } = new URL(address)
  return {
    send: (method, path, headers, body) =>
      new Promise((resolve, reject) => {
        const length: Record<string, string> = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
        const call = httpRequest({ agent, hostname, port, method, path, headers: { ...headers, ...length } }, (answer) => {
          const parts: Buffer[] = []
          answer.on('data', (part: Buffer) => parts.push(part))
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8'), headers: answer.headers }))
          answer.on('error', reject)
        })
        call.on('error', reject)
        call.end(body)
      }),
    close: () => agent.destroy(),
  }
}

/** Milliseconds of a clock that all processes of this machine share. */
export const ticks = (): number => Number(process.hrtime.bigint()) / 1e6

export interface Driven {
  perSecond: number
  /** Each piece's own time. */
  ms: number[]
}

/** `pieces` pieces of work by `clients` clients; `work` is told which piece and which client it is. */
export async function drive(clients: number, pieces: number, work: (piece: number, client: number) => Promise<unknown>): Promise<Driven> {
  const ms: number[] = []
  let next = 0
  const from = ticks()
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      while (next < pieces) {
        const piece = next++
        const began = ticks()
        await work(piece, client)
        ms.push(ticks() - began)
      }
    }),
  )
  return { perSecond: (pieces / (ticks() - from)) * 1000, ms }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Asks until it is so. */
export async function until(what: string, isSo: () => Promise<boolean>, mostMs: number, everyMs = 50): Promise<void> {
  for (const from = ticks(); !(await isSo()); await pause(everyMs)) if (ticks() - from > mostMs) throw new Error(`after ${mostMs} ms still not: ${what}`)
}
