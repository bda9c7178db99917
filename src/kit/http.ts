/**
 * The one door out. Every outgoing call goes to an address that was resolved and judged here: private and link-local ones are refused
 * (loopback only where configured, for the simulators), no redirect is followed, and size and time are capped.
 */
import { lookup as resolveName } from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { isRefusedAddress } from './address-guard.ts'
import { type Clock, systemClock } from './clock.ts'

export type Http = (url: string, init: HttpInit) => Promise<HttpAnswer>
export interface HttpInit {
  method: string
  headers: Record<string, string>
  body?: string | Uint8Array
  /** For the whole call, from looking up the name to the last byte. */
  timeoutMs: number
}
/** Header names in lower case. A redirect is an answer like any other: following it is never right for an API. */
export interface HttpAnswer {
  status: number
  headers: Record<string, string>
  body: string
  /** As they came; `body` is the same read as UTF-8. */
  bytes: Uint8Array
}

export class HttpFailed extends Error {
  override readonly name = 'HttpFailed'
  readonly kind: 'refused-address' | 'unreachable' | 'timeout' | 'too-large'
  /** The request may have reached the other side, and had its effect there. */
  readonly sent: boolean
  /** Of `unreachable`: what a person may be able to mend. */
  readonly because: 'name-unknown' | 'certificate-wrong' | null
  constructor(kind: HttpFailed['kind'], sent: boolean, why: string) {
    super(`${kind}: ${why}`)
    this.kind = kind
    this.sent = sent
    this.because = kind !== 'unreachable' ? null : NAMES.test(why) ? 'name-unknown' : CERTIFICATES.test(why) ? 'certificate-wrong' : null
  }
}
/** As Node and OpenSSL call them. */
const NAMES = /^(ENOTFOUND|EAI_AGAIN|EAI_NODATA|EAI_NONAME)$/
const CERTIFICATES = /CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|ERR_SSL_|ERR_TLS_|^EPROTO$/

const LARGEST_BODY = 20 * 1024 * 1024

export interface HttpOptions {
  /** 127.0.0.0/8 and ::1 may be called. */
  allowLoopback: boolean
  /** One host and port on this machine that may be called although loopback may not: the demo shop's. */
  alsoAllow?: (host: string) => boolean
  clock?: Clock
  /** Names to addresses; the system's by default. */
  resolve?: typeof resolveName
}

export function openHttp(options: HttpOptions): Http {
  const clock = options.clock ?? systemClock
  const lookup = judgedLookup(options.resolve ?? resolveName, options.allowLoopback)
  const agents = { 'http:': new http.Agent({ keepAlive: true, lookup }), 'https:': new https.Agent({ keepAlive: true, lookup }) }

  return async (address, init) => {
    const url = readUrl(address)
    const literal = url.hostname.replace(/^\[|\]$/g, '')
    const loopback = options.allowLoopback || options.alsoAllow?.(url.host) === true
    if (isIP(literal) !== 0 && isRefusedAddress(literal, loopback)) throw new HttpFailed('refused-address', false, url.hostname)
    const over = new AbortController()
    const clockStop = new AbortController()
    void clock.sleep(init.timeoutMs, clockStop.signal).then(() => over.abort())
    try {
      return await call(url, init, url.protocol === 'https:' ? https : http, agents[url.protocol as 'http:' | 'https:'], over.signal)
    } finally {
      clockStop.abort()
    }
  }
}

function readUrl(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) throw new HttpFailed('refused-address', false, 'not an http address')
  if (url.username !== '' || url.password !== '') throw new HttpFailed('refused-address', false, 'a password in the address')
  return url
}

function call(url: URL, init: HttpInit, door: typeof http | typeof https, agent: http.Agent, over: AbortSignal): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    let sent = false
    const headers = { 'accept-encoding': 'identity', ...init.headers, ...(init.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(init.body)) }) }
    const request = door.request(url, { method: init.method, headers, agent })
    const fail = (kind: HttpFailed['kind'], why: string) => {
      reject(new HttpFailed(kind, sent, why))
      request.destroy()
    }
    const timeUp = () => fail('timeout', `no whole answer in ${init.timeoutMs} ms`)
    over.addEventListener('abort', timeUp, { once: true })
    // From here on bytes may have left: on a socket kept open at once, on a new one when it is connected.
    request.once('socket', (socket) => {
      if (request.reusedSocket) sent = true
      else
        socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
          sent = true
        })
    })
    request.on('error', (error: NodeJS.ErrnoException) => fail(error instanceof RefusedAddress ? 'refused-address' : 'unreachable', error.code ?? error.message))
    request.once('response', (answer) => {
      readBody(
        answer,
        (kind, why) => fail(kind, why),
        (bytes) => {
          over.removeEventListener('abort', timeUp)
          resolve({ status: answer.statusCode ?? 0, headers: flat(answer.headers), body: bytes.toString('utf8'), bytes })
        },
      )
    })
    request.end(init.body)
  })
}

function readBody(answer: http.IncomingMessage, fail: (kind: HttpFailed['kind'], why: string) => void, done: (bytes: Buffer) => void): void {
  const parts: Buffer[] = []
  let size = 0
  answer.on('data', (part: Buffer) => {
    size += part.length
    if (size > LARGEST_BODY) return fail('too-large', `more than ${LARGEST_BODY} bytes`)
    parts.push(part)
  })
  answer.once('aborted', () => fail('unreachable', 'the answer broke off'))
  answer.on('error', (error) => fail('unreachable', error.message))
  answer.once('end', () => done(Buffer.concat(parts)))
}

const flat = (headers: http.IncomingHttpHeaders): Record<string, string> => {
  const entries = Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value] as const]))
  return Object.fromEntries(entries)
}

class RefusedAddress extends Error {}

/** The socket connects to exactly the addresses judged here, so a name that answers differently the second time gains nothing. */
function judgedLookup(resolve: typeof resolveName, allowLoopback: boolean): LookupFunction {
  return (host, options, callback) => {
    resolve(host, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, [])
      if (found.length === 0 || found.some((a) => isRefusedAddress(a.address, allowLoopback))) return callback(new RefusedAddress(host), [])
      if (options.all === true) return callback(null, found)
      const [first] = found
      callback(null, first?.address ?? '', first?.family ?? 4)
    })
  }
}
