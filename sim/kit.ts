/** What every simulator needs of HTTP: listen on a loopback port, read JSON, count and log requests, and the control routes under /_sim. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface SimRequest {
  /** Rises by one for every request but those to /_sim. */
  id: number
  method: string
  path: string
  query: URLSearchParams
  headers: Record<string, string | undefined>
  raw: Buffer
  /** The body as JSON; undefined when there is none or it isn't JSON. */
  body: unknown
}
/** A body of bytes or text goes as it is, anything else as JSON. `hangup` closes the connection without an answer; `silence` never answers (until the simulator closes). `half` = the connection ends in the middle of the body. */
export type SimAnswer = { status: number; headers?: Record<string, string>; body?: unknown; half?: boolean } | 'hangup' | 'silence'
export interface LogLine {
  id: number
  at: string
  method: string
  path: string
  /** What the request was for, where the simulator says (`note`). */
  note: string | null
  status: number | 'hangup' | 'silence'
  ms: number
}
/** The simulator's own time: the given (or real) time plus an offset that control can move. */
export interface SimClock {
  now(): Date
  advance(ms: number): void
}

/** What stands behind /_sim. Each answers JSON; `verbs` are reached as POST /_sim/<name>. */
export interface Control {
  state(): unknown
  reset(body: unknown): unknown
  fault(body: unknown): unknown
  clock: SimClock
  verbs?: Record<string, (body: never) => unknown>
}
export interface Listening {
  address: string
  log: LogLine[]
  /** Names what a request was for, in the log. */
  note(request: SimRequest, what: string): void
  close(): Promise<void>
}

const BODY_CAP = 25_000_000
const LOG_KEPT = 20_000

export function simClock(now: () => Date = () => new Date()): SimClock {
  let offset = 0
  return {
    now: () => new Date(now().getTime() + offset),
    advance: (ms) => {
      offset += ms
    },
  }
}

export const json = (status: number, body: unknown, headers: Record<string, string> = {}): Exclude<SimAnswer, string> => ({ status, headers, body })

/** Starts answering on 127.0.0.1. A handler that throws answers 500 with the error's text: a simulator's bug must be seen. Control routes answer 400. */
export async function listen(handler: (request: SimRequest) => Promise<SimAnswer> | SimAnswer, control?: Control, port = 0): Promise<Listening> {
  const log: LogLine[] = []
  const notes = new Map<number, string>()
  let lastId = 0
  const server = createServer({ keepAliveTimeout: 60_000 }, (message, response) => {
    void serve(message, response).catch(() => message.destroy())
  })

  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const started = performance.now()
    const url = new URL(message.url ?? '/', 'http://sim')
    const isControl = url.pathname.startsWith('/_sim/')
    const raw = await readBody(message)
    if (raw === null) return send(message, response, { status: 413 })
    const request: SimRequest = {
      id: isControl ? 0 : ++lastId,
      method: message.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      headers: message.headers as Record<string, string | undefined>,
      raw,
      body: parsed(raw),
    }
    const answer = await answerOf(isControl ? () => answerControl(request, control, log) : () => handler(request), isControl ? 400 : 500)
    if (!isControl) {
      log.push({
        id: request.id,
        at: (control?.clock.now() ?? new Date()).toISOString(),
        method: request.method,
        path: request.path,
        note: notes.get(request.id) ?? null,
        status: typeof answer === 'string' ? answer : answer.status,
        ms: performance.now() - started,
      })
      notes.delete(request.id)
      if (log.length > LOG_KEPT) log.splice(0, log.length - LOG_KEPT)
    }
    send(message, response, answer)
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    log,
    note: (request, what) => {
      notes.set(request.id, what)
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answerControl(request: SimRequest, control: Control | undefined, log: LogLine[]): Promise<SimAnswer> {
  const name = request.path.slice('/_sim/'.length)
  if (control === undefined) return json(404, { error: 'this simulator has no control routes' })
  if (name === 'log') return json(200, linesAfter(log, Number(request.query.get('after') ?? 0)))
  if (name === 'state') return json(200, await control.state())
  if (request.method !== 'POST' && name !== 'clock') return json(405, { error: 'POST here' })
  if (name === 'reset') return json(200, { reset: (await control.reset(request.body)) ?? true })
  if (name === 'fault') return json(200, { fault: (await control.fault(request.body)) ?? true })
  if (name === 'clock') {
    control.clock.advance(Number((request.body as { advanceMs?: number } | undefined)?.advanceMs ?? 0))
    return json(200, { now: control.clock.now().toISOString() })
  }
  const verb = control.verbs?.[name]
  return verb === undefined ? json(404, { error: `no control route ${name}` }) : json(200, { result: (await verb((request.body ?? {}) as never)) ?? null })
}

function send(message: IncomingMessage, response: ServerResponse, answer: SimAnswer): void {
  if (answer === 'silence') return
  if (answer === 'hangup') {
    message.socket.destroy()
    return
  }
  const text = answer.body instanceof Uint8Array || typeof answer.body === 'string' ? answer.body : answer.body === undefined ? '' : JSON.stringify(answer.body)
  response.writeHead(answer.status, {
    'content-type': 'application/json; charset=utf-8',
    ...answer.headers,
    'content-length': Buffer.byteLength(text),
  })
  if (answer.half) response.write(text.slice(0, Math.ceil(text.length / 2)), () => message.socket.destroy())
  else response.end(text)
}

async function readBody(message: IncomingMessage): Promise<Buffer | null> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of message as AsyncIterable<Buffer>) {
    size += part.length
    if (size > BODY_CAP) return null
    parts.push(part)
  }
  return Buffer.concat(parts)
}

function parsed(raw: Buffer): unknown {
  if (raw.length === 0) return undefined
  try {
    return JSON.parse(raw.toString('utf8'))
  } catch {
    return undefined
  }
}

async function answerOf(handle: () => Promise<SimAnswer> | SimAnswer, whenThrown: number): Promise<SimAnswer> {
  try {
    return await handle()
  } catch (error) {
    return json(whenThrown, { error: error instanceof Error ? error.message : String(error), stack: error instanceof Error ? error.stack : null })
  }
}

const linesAfter = (log: LogLine[], after: number): LogLine[] => log.filter((line) => line.id > after)
