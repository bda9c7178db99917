/** One request to the JSON-RPC address, with everything that can go wrong around it. */
import type { SimAnswer, SimRequest } from '../kit.ts'
import { RpcError } from './errors.ts'
import type { Fault, Faults } from './faults.ts'
import { type Around, type Asked, type Call, carryOut, readAsked, refused, type Table } from './rpc.ts'
import { hit, type World } from './world.ts'

const CALLS_PER_SECOND = 10
const HTML = '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>'

export interface Serving {
  /** Answers, and says what the request was for: never its address's query, where the key stands. */
  answer(request: SimRequest): Promise<{ answer: SimAnswer; note: string }>
  /** Does something in the shop when the next request with this method has been let in, before it is carried out. */
  beforeNext(method: string, work: () => void): void
  /** Lets held requests go on; how many there were. */
  release(): number
  held(): number
  forget(): void
}

export function serving(world: World, table: Table, faults: Faults, sell: (articleNumber: string, quantity: number) => void): Serving {
  let recent: number[] = []
  let befores: { method: string; work: () => void }[] = []
  let held: (() => void)[] = []

  async function answer(request: SimRequest): Promise<{ answer: SimAnswer; note: string }> {
    const asked = readAsked(world, request)
    const methods = asked instanceof RpcError ? [] : asked.calls.flatMap((call) => (call instanceof RpcError ? [] : [call.method]))
    const said = await whole(request, asked, methods)
    return { answer: said, note: noteOf(methods) }
  }

  async function whole(request: SimRequest, asked: Asked, methods: string[]): Promise<SimAnswer> {
    const slow = faults.take(['latency'], methods)
    if (slow !== null) await new Promise<void>((done) => world.time.after(slow.ms ?? 1000, done))
    if (tooMany()) {
      hit(world, 'rate-limited')
      return world.knobs.rateLimit === '429'
        ? { status: 429, headers: { ...PLAIN, 'retry-after': '1' }, body: 'Too Many Requests' }
        : { status: 503, headers: PLAIN, body: 'Service Unavailable' }
    }
    if (faults.take(['hold'], methods) !== null) await new Promise<void>((done) => held.push(done))
    runBefores(methods)
    const wire = faults.take(['reset-before', 'reset-after', 'reset-midway', 'silence-before', 'silence-after', 'half-body', 'html', 'status'], methods)
    const isBefore = wire !== null && (wire.kind.endsWith('-before') || ((wire.kind === 'html' || wire.kind === 'status') && !wire.after))
    if (isBefore) return failing(wire)
    if (asked instanceof RpcError) return refused(world, asked)
    const calls = wire?.kind === 'reset-midway' ? asked.calls.slice(0, Math.ceil(asked.calls.length / 2)) : asked.calls
    const done = carryOut(world, table, request, { ...asked, calls }, around)
    if (wire === null) return done
    return wire.kind === 'half-body' && typeof done !== 'string' ? { ...done, half: true } : failing(wire)
  }

  function runBefores(methods: string[]): void {
    const due = befores.filter((each) => methods.includes(each.method))
    befores = befores.filter((each) => !due.includes(each))
    for (const each of due) each.work()
    const sale = faults.take(['sale-before'], methods)
    if (sale !== null) sell(sale.articleNumber ?? '', sale.quantity ?? 1)
  }

  const around: Around = (call: Call, run) => {
    const error = faults.take(['rpc-error', 'bad-token'], [call.method])
    if (error !== null) throw new RpcError(error.kind === 'bad-token' ? 1004 : (error.code ?? -32000))
    if (isStock(call) && faults.take(['lost-write'], [call.method]) !== null) return unkept(run)
    if (/^Order\.(list|get)$/.test(call.method) && faults.take(['hidden-orders'], [call.method]) !== null) return unseen(call)
    return run()
  }
  function unseen(call: Call): unknown {
    if (call.method === 'Order.list') return []
    throw new RpcError(world.knobs.notFound)
  }
  /** Carries it out, and lets every number be as it was. */
  function unkept(run: () => unknown): unknown {
    const kept = [...world.shops.values()].flatMap((shop) => [...shop.articles.values(), ...shop.variants.values()].map((thing) => ({ thing, stock: thing.stock })))
    const result = run()
    for (const { thing, stock } of kept) thing.stock = stock
    return result
  }

  function tooMany(): boolean {
    if (world.knobs.rateLimit === 'off') return false
    const now = world.time.ms()
    recent = recent.filter((at) => now - at < 1000)
    if (recent.length >= CALLS_PER_SECOND) return true
    recent.push(now)
    return false
  }
  function release(): number {
    const waiting = held
    held = []
    for (const go of waiting) go()
    return waiting.length
  }

  return {
    answer,
    beforeNext: (method, work) => void befores.push({ method, work }),
    release,
    held: () => held.length,
    forget: () => {
      release()
      befores = []
      recent = []
    },
  }
}

const PLAIN = { 'content-type': 'text/plain' }
const isStock = (call: Call): boolean => call.method === 'Article.set' || call.method === 'ArticleVariant.set'

function failing(fault: Fault): SimAnswer {
  if (fault.kind === 'html') return { status: fault.status ?? 502, headers: { 'content-type': 'text/html' }, body: HTML }
  if (fault.kind === 'status')
    return {
      status: fault.status ?? 503,
      headers: { ...PLAIN, ...(fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) }) },
      body: `Status ${fault.status ?? 503}`,
    }
  return fault.kind.startsWith('silence') ? 'silence' : 'hangup'
}

/** `Article.set x3 Order.list` */
function noteOf(methods: string[]): string {
  const counts = new Map<string, number>()
  for (const method of methods) counts.set(method, (counts.get(method) ?? 0) + 1)
  return [...counts].map(([method, n]) => (n === 1 ? method : `${method} x${n}`)).join(' ') || 'unreadable'
}
