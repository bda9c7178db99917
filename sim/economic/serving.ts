/** One request to the REST address: who asks, how much is left of the budget, whether it was asked before, and everything that can go wrong around it. */
import { createHash } from 'node:crypto'
import { json, type SimAnswer, type SimRequest } from '../kit.ts'
import { Refused, refusal } from './errors.ts'
import type { Fault, Faults } from './faults.ts'
import { routeOf } from './routes.ts'
import { hit, type World } from './world.ts'

/** What one call costs, as answers show. */
const COST = 3
const WINDOW_MS = 60_000
const KEY_MS = 3_600_000
const HTML = '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>'

type Said = Exclude<SimAnswer, string>
export interface Serving {
  /** Answers, and says what the request was for. */
  answer(request: SimRequest): Promise<{ answer: SimAnswer; note: string }>
  /** Does something in the accounts when the next request to this route has been let in, before it is carried out. */
  beforeNext(route: string, work: () => void): void
  /** Lets held requests go on; how many there were. */
  release(): number
  held(): number
  used(): number
  forget(): void
}

/** `run` carries a call out; `pdfIsThere` is asked only where it is one for a PDF. */
export function serving(
  world: World,
  faults: Faults,
  run: (request: SimRequest, pdfIsThere: () => boolean) => SimAnswer,
  count: (productNumber: string, inStock: number) => void,
): Serving {
  let window = { from: 0, used: 0 }
  const answers = new Map<string, { until: number; body: string; said: Said }>()
  const lateUntil = new Map<string, number>()
  let befores: { route: string; work: () => void }[] = []
  let held: (() => void)[] = []

  async function answer(request: SimRequest): Promise<{ answer: SimAnswer; note: string }> {
    const route = routeOf(request)
    const slow = faults.take(['latency'], route)
    if (slow !== null) await new Promise<void>((done) => world.time.after(slow.ms ?? 1000, done))
    if (faults.take(['hold'], route) !== null) await new Promise<void>((done) => held.push(done))
    const said = whole(request, route)
    if (typeof said !== 'string')
      said.headers = { ...said.headers, 'x-callcost': String(COST), 'x-ratelimiting': `token-limit-${world.budget}-per-60-seconds: ${window.used}/${world.budget}` }
    return { answer: said, note: route }
  }

  function whole(request: SimRequest, route: string): SimAnswer {
    const waitMs = overBudget()
    if (waitMs !== null) return tooMany(waitMs)
    const refused = turnedAway(request)
    if (refused !== null) return refused
    runBefores(route)
    const wire = faults.take(['reset-before', 'reset-after', 'silence-before', 'silence-after', 'half-body', 'html', 'status'], route)
    const isBefore = wire !== null && (wire.kind.endsWith('-before') || ((wire.kind === 'html' || wire.kind === 'status') && !wire.after))
    if (isBefore) return failing(wire)
    const done = onceOnly(request, route)
    if (wire === null) return done
    return wire.kind === 'half-body' ? { ...done, half: true } : failing(wire)
  }

  /** A key that was seen within the hour answers what it answered then. */
  function onceOnly(request: SimRequest, route: string): Said {
    const key = request.headers['idempotency-key']
    if (key === undefined || request.method === 'GET') return carriedOut(request, route)
    const known = answers.get(key)
    const body = createHash('sha256').update(request.method).update(request.path).update(request.raw).digest('hex')
    if (known !== undefined && known.until > world.time.ms()) {
      hit(world, 'answered-from-cache')
      if (known.body !== body && world.knobs.keyOtherBody === 'refused') return refusal(world, new Refused(409, 'The idempotency key was used with another request.'))
      return { ...known.said, headers: { ...known.said.headers, 'x-resultfromcache': 'true' } }
    }
    const said = carriedOut(request, route)
    answers.set(key, { until: world.time.ms() + KEY_MS, body, said: { ...said } })
    return said
  }

  function carriedOut(request: SimRequest, route: string): Said {
    hit(world, route)
    if (request.path.endsWith('/pdf') && faults.take(['pdf-broken'], route) !== null) return { status: 200, headers: { 'content-type': 'application/pdf' }, body: HTML }
    try {
      return run(request, () => pdfIsThere(request.path, route)) as Said
    } catch (error) {
      if (error instanceof Refused) return refusal(world, error)
      throw error
    }
  }
  function pdfIsThere(path: string, route: string): boolean {
    const late = faults.take(['pdf-late'], route)
    if (late !== null) lateUntil.set(path, world.time.ms() + (late.ms ?? 5000))
    return (lateUntil.get(path) ?? 0) <= world.time.ms()
  }

  function overBudget(): number | null {
    const now = world.time.ms()
    if (now - window.from >= WINDOW_MS) window = { from: now, used: 0 }
    if (window.used + COST > world.budget) return window.from + WINDOW_MS - now
    window.used += COST
    return null
  }
  function tooMany(waitMs: number): Said {
    hit(world, 'rate-limited')
    const said = turnedAwayWith(429, 'Too many requests.')
    const { retryAfter } = world.knobs
    if (retryAfter !== 'absent')
      said.headers = { ...said.headers, 'retry-after': retryAfter === 'seconds' ? String(Math.ceil(waitMs / 1000)) : new Date(world.time.ms() + waitMs).toUTCString() }
    return said
  }
  /** Both headers on every call; `demo` in both may only read. */
  function turnedAway(request: SimRequest): Said | null {
    const [app, grant] = [request.headers['x-appsecrettoken'], request.headers['x-agreementgranttoken']]
    if ((app === 'demo' && grant === 'demo') || request.query.get('demo') === 'true')
      return request.method === 'GET' ? null : turnedAwayWith(403, 'The demo agreement can only be read.')
    const { appSecret, grant: own, revoked } = world.tokens
    if (app !== appSecret || grant !== own || revoked) return turnedAwayWith(401, 'The tokens are not valid.')
    return null
  }
  function turnedAwayWith(status: number, message: string): Said {
    switch (world.knobs.turnedAwayBody) {
      case 'json':
        return refusal(world, new Refused(status, message))
      case 'empty':
        return { status, headers: { 'content-type': 'text/plain' }, body: '' }
      case 'html':
        return { status, headers: { 'content-type': 'text/html' }, body: `<html><body><h1>${status}</h1></body></html>` }
    }
  }

  function runBefores(route: string): void {
    const due = befores.filter((each) => each.route === route)
    befores = befores.filter((each) => !due.includes(each))
    for (const each of due) each.work()
    const counted = faults.take(['count-before'], route)
    if (counted !== null) count(counted.productNumber ?? '', counted.inStock ?? 0)
  }
  function release(): number {
    const waiting = held
    held = []
    for (const go of waiting) go()
    return waiting.length
  }

  return {
    answer,
    beforeNext: (route, work) => void befores.push({ route, work }),
    release,
    held: () => held.length,
    used: () => window.used,
    forget: () => {
      release()
      befores = []
      answers.clear()
      lateUntil.clear()
      window = { from: 0, used: 0 }
    },
  }
}

function failing(fault: Fault): SimAnswer {
  if (fault.kind === 'html') return { status: fault.status ?? 502, headers: { 'content-type': 'text/html' }, body: HTML }
  if (fault.kind === 'status') {
    const headers: Record<string, string> = fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) }
    return json(fault.status ?? 500, { message: 'An unhandled error occurred.', httpStatusCode: fault.status ?? 500, errors: [] }, headers)
  }
  return fault.kind.startsWith('silence') ? 'silence' : 'hangup'
}
