/** One request to the service, with its session and everything that can go wrong around it. */
import type { SimAnswer, SimRequest } from '../kit.ts'
import { type ArmedFault, type Faults, isWrite } from './faults.ts'
import { checkArguments, type Table } from './operation.ts'
import { flag } from './records.ts'
import { newSession } from './session-operations.ts'
import { type Asked, answerOf, Fault, faultOf, readAsked, type Value, type Version, versionOf } from './soap.ts'
import { hit, type Session, type World } from './world.ts'

const CALLS_PER_SECOND = 10
const COOKIE = 'PHPSESSID'
const HTML = '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>'

export interface Serving {
  /** Answers, and says what the request was for. */
  answer(request: SimRequest): Promise<{ answer: SimAnswer; note: string }>
  /** Does something in the shop when the next call of this operation has been let in, before it is carried out. */
  beforeNext(operation: string, work: () => void): void
  /** Lets held calls go on; how many there were. */
  release(): number
  held(): number
  forget(): void
}

export function serving(world: World, table: Table, faults: Faults, sell: (itemNumber: string, amount: number) => void): Serving {
  let recent: number[] = []
  let befores: { operation: string; work: () => void }[] = []
  let held: (() => void)[] = []

  async function answer(request: SimRequest): Promise<{ answer: SimAnswer; note: string }> {
    const version = versionOf(request.raw)
    const asked = readOr(request)
    const operation = asked instanceof Fault ? '' : asked.operation
    const slow = faults.take(['latency'], operation)
    if (slow !== null) await new Promise<void>((done) => world.time.after(slow.ms ?? 1000, done))
    if (faults.take(['hold'], operation) !== null) await new Promise<void>((done) => held.push(done))
    return { answer: wire(request, version, asked, operation), note: operation || 'unreadable' }
  }

  function wire(request: SimRequest, version: Version, asked: Asked | Fault, operation: string): SimAnswer {
    if (tooMany()) return turnedAway()
    runBefores(operation)
    const fault = faults.take(['reset-before', 'reset-after', 'silence-before', 'silence-after', 'half-body', 'html', 'status', 'soap-fault'], operation)
    const isBefore = fault !== null && (fault.kind.endsWith('-before') || (['html', 'status', 'soap-fault'].includes(fault.kind) && !fault.after))
    if (isBefore) return failing(fault, version)
    const done = carryOut(request, version, asked)
    if (fault === null) return done
    return fault.kind === 'half-body' && typeof done !== 'string' ? { ...done, half: true } : failing(fault, version)
  }

  function readOr(request: SimRequest): Asked | Fault {
    try {
      return readAsked(request.raw)
    } catch (error) {
      if (error instanceof Fault) return error
      throw error
    }
  }

  function carryOut(request: SimRequest, version: Version, asked: Asked | Fault): SimAnswer {
    const { knobs } = world
    try {
      if (asked instanceof Fault) throw asked
      if (knobs.soapVersion !== 'both' && knobs.soapVersion !== version) throw new Fault('VersionMismatch', 'Wrong Version')
      const { operation: name, args } = asked
      const operation = table[name]
      if (operation === undefined) throw new Fault('ProcedureNotPresent', `Procedure '${name}' not present`)
      checkArguments(name, operation, args)
      const result = name === 'Solution_Connect' ? connect(args) : { cookie: null, value: run(request, name, args) }
      hit(world, name)
      const said = answerOf(version, name, result.value, { empty: knobs.emptyField, qualified: knobs.qualifiedResults })
      return result.cookie === null || typeof said === 'string' ? said : { ...said, headers: { ...said.headers, 'set-cookie': `${COOKIE}=${result.cookie}; path=/` } }
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      hit(world, `fault:${error.code}`)
      return faultOf(version, error, knobs.faultStatus)
    }
  }

  function connect(args: Record<string, Value>): { cookie: string | null; value: string } {
    if (faults.take(['shut-out'], 'Solution_Connect') !== null) shutOut()
    const known = world.users.some((user) => user.active && user.username === args.Username && user.password === args.Password)
    if (!known && world.knobs.wrongLogin === 'AUTH') throw new Fault('AUTH', 'A valid authentication has not been performed with the service')
    if (!known) return { cookie: null, value: flag(world, false) }
    const cookie = `s${world.sessions.size + 1}x${world.time.ms().toString(36)}`
    world.sessions.set(cookie, newSession())
    return { cookie, value: flag(world, true) }
  }

  function run(request: SimRequest, name: string, args: Record<string, Value>): unknown {
    const session = sessionOf(request, name)
    const operation = table[name]
    if (isWrite(name) && faults.take(['none-hit'], name) !== null) return operation?.returns.endsWith('[]') ? [] : flag(world, false)
    if (isWrite(name) && faults.take(['lost-write'], name) !== null) return unkept(() => operation?.run({ world, session, args }))
    if (/^Order_Get/.test(name) && faults.take(['hidden-orders'], name) !== null) return operation?.returns.endsWith('[]') ? [] : null
    return operation?.run({ world, session, args })
  }

  function sessionOf(request: SimRequest, name: string): Session {
    const cookie = new RegExp(`${COOKIE}=([^;,\\s]+)`).exec(request.headers.cookie ?? '')?.[1] ?? ''
    if (faults.take(['shut-out'], name) !== null) shutOut()
    if (faults.take(['session-lost'], name) !== null) world.sessions.clear()
    const session = world.sessions.get(cookie)
    if (session === undefined) throw new Fault('AUTH', 'A valid authentication has not been performed with the service')
    session.calls += 1
    if (world.knobs.sessionCalls !== 'any' && session.calls > world.knobs.sessionCalls) {
      world.sessions.delete(cookie)
      throw new Fault('AUTH', 'A valid authentication has not been performed with the service')
    }
    return session
  }
  function shutOut(): void {
    for (const user of world.users) user.active = false
    world.sessions.clear()
  }

  /** Carries it out, and lets every number be as it was. */
  function unkept(work: () => unknown): unknown {
    const kept = [...world.products.values(), ...world.variants.values()].map((thing) => ({ thing, stock: thing.stock, locations: { ...thing.locations } }))
    const result = work()
    for (const { thing, stock, locations } of kept) Object.assign(thing, { stock, locations })
    return result
  }

  function runBefores(operation: string): void {
    const due = befores.filter((each) => each.operation === operation)
    befores = befores.filter((each) => !due.includes(each))
    for (const each of due) each.work()
    const sale = faults.take(['sale-before'], operation)
    if (sale !== null) sell(sale.itemNumber ?? '', sale.quantity ?? 1)
  }
  function tooMany(): boolean {
    if (world.knobs.rateLimit === 'off') return false
    const now = world.time.ms()
    recent = recent.filter((at) => now - at < 1000)
    if (recent.length >= CALLS_PER_SECOND) return true
    recent.push(now)
    return false
  }
  function turnedAway(): SimAnswer {
    hit(world, 'rate-limited')
    return world.knobs.rateLimit === '429'
      ? { status: 429, headers: { ...PLAIN, 'retry-after': '1' }, body: 'Too Many Requests' }
      : { status: 503, headers: PLAIN, body: 'Service Unavailable' }
  }
  function failing(fault: ArmedFault, version: Version): SimAnswer {
    if (fault.kind === 'soap-fault')
      return faultOf(version, new Fault(fault.code ?? 'INTERNAL', 'An internal error in the service occured. Contact an administrator'), world.knobs.faultStatus)
    if (fault.kind === 'html') return { status: fault.status ?? 502, headers: { 'content-type': 'text/html' }, body: HTML }
    if (fault.kind === 'status')
      return {
        status: fault.status ?? 503,
        headers: { ...PLAIN, ...(fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) }) },
        body: `Status ${fault.status ?? 503}`,
      }
    return fault.kind.startsWith('silence') ? 'silence' : 'hangup'
  }
  function release(): number {
    const waiting = held
    held = []
    for (const go of waiting) go()
    return waiting.length
  }

  return {
    answer,
    beforeNext: (operation, work) => void befores.push({ operation, work }),
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
