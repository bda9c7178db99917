/**
 * One random history of a shop, a hub and two workers, over the real product, a real database and the toy shop's real HTTP. What happens
 * between a request and its answer is part of it: sales, tills, hooks, crashes, stalled workers, sends that land late. Then everything goes
 * quiet and the promises are checked. The seed is the history.
 */
import { randomBytes } from 'node:crypto'
import { ownEffect, pieces, type ToyOrder, type ToyWrite } from '../../sim/toy/shop.ts'
import { startToy, type ToySim } from '../../sim/toy/toy.ts'
import * as connectors from '../../src/connectors/index.ts'
import { listenerById, placesOf } from '../../src/core/listeners/listeners.sql.ts'
import { postMovements } from '../../src/core/stock/post-movements.ts'
import { askLooks, relink, retryRefused } from '../../src/core/told/ask-looks.ts'
import type { Db } from '../../src/db/open.ts'
import { sql } from '../../src/db/sql.ts'
import { must } from '../../src/kit/assert.ts'
import { type FakeClock, fakeClock } from '../../src/kit/clock.ts'
import { openHttp } from '../../src/kit/http.ts'
import { silentLog } from '../../src/kit/log.ts'
import { secretBox } from '../../src/kit/secret-box.ts'
import { applyWaiting } from '../../src/sync/apply.ts'
import { type Connection, openConnection } from '../../src/sync/connection.ts'
import type { SyncDeps } from '../../src/sync/deps.ts'
import { settleDirections } from '../../src/sync/directions.ts'
import { storeHook } from '../../src/sync/inbox.ts'
import type { TestDatabase } from '../database.ts'
import { plant } from '../plant.ts'
import { pick, type Rng, rng, type Weighted } from './rng.ts'
import { type Budget, CALM, type World } from './worlds.ts'

/** Two articles would double every effect and teach nothing: one is enough, in as many places as the world has. */
const NUMBER = 'TROJA-M'

export interface Told {
  /** Broken promises: rule and what was seen. Empty is good. */
  bad: string[]
  trace: string[]
  hits: Record<string, number>
}

interface Killable {
  db: Db
  kill(): void
}
/** A process's database as a kill -9 leaves it: open statements end, nothing new begins. */
function killable(db: Db): Killable {
  let dead = false
  const alive = async () => {
    if (dead) throw new Error('killed')
  }
  return {
    db: { inCompany: (id, work) => alive().then(() => db.inCompany(id, work)), outsideWall: (work) => alive().then(() => db.outsideWall(work)), close: () => db.close() },
    kill: () => {
      dead = true
    },
  }
}

interface Process {
  connection: Connection
  kill(): void
}

export async function history(on: TestDatabase, world: World, seed: number): Promise<Told> {
  const random = rng(seed)
  const clock = fakeClock()
  const sim = await startToy({ ...world.toy, places: world.places, now: () => clock.now() })
  const h = new History(on, world, random, clock, sim)
  try {
    await h.setUp()
    await h.live()
    await h.goQuiet()
    await h.check()
  } catch (error) {
    h.bad.push(`CRASHED: ${error instanceof Error ? error.stack : String(error)}`)
  } finally {
    await sim.close()
  }
  for (const [name, n] of Object.entries(sim.state.hits)) h.hits[`shop ${name}`] = n
  return { bad: h.bad, trace: h.trace, hits: h.hits }
}

class History {
  readonly bad: string[] = []
  readonly trace: string[] = []
  readonly hits: Record<string, number> = {}
  private readonly on: TestDatabase
  private readonly world: World
  private readonly random: Rng
  private readonly clock: FakeClock
  private readonly sim: ToySim
  private readonly budget: Budget
  private readonly box = secretBox(randomBytes(32))
  private readonly onHand = new Map<string, number>()
  /** What each state of each order took from the shop's own number, by order and stamp. */
  private readonly effects = new Map<string, { routed: boolean; cells: Map<string, number> }>()
  private readonly judged = new Map<string, { seen: number | null; ingested: number; kind: string; carried: number }>()
  private readonly lastRead = new Map<string, number>()
  private processes: Process[] = []
  /** Whose request is being answered, innermost last. */
  private readonly stepping: Process[] = []
  private companyId = 0
  private listenerId = 0
  private articleId = 0
  private locations: number[] = []
  private depth = 0
  private quiet = false
  private itemRef = ''
  private handEdited = false
  private movements = 0

  constructor(on: TestDatabase, world: World, random: Rng, clock: FakeClock, sim: ToySim) {
    this.on = on
    this.world = world
    this.random = random
    this.clock = clock
    this.sim = sim
    this.budget = { ...CALM, ...world.budget }
  }

  private hit(what: string): void {
    this.hits[what] = (this.hits[what] ?? 0) + 1
  }
  private deps(db: Db): SyncDeps {
    return { db, clock: this.clock, log: silentLog, box: this.box, http: openHttp({ allowLoopback: true }), connectors, publicAddress: null }
  }
  private by() {
    return { actor: 'system', now: this.clock.now() }
  }
  private inCompany<T>(work: Parameters<Db['inCompany']>[1]): Promise<T> {
    return this.on.db.inCompany(this.companyId, work) as Promise<T>
  }

  // ---------------------------------------------------------------- a shop, connected and in sync

  async setUp(): Promise<void> {
    const item = this.sim.addItem({ number: NUMBER, stock: Object.fromEntries(this.world.places.map((p) => [p, this.world.start])) })
    this.itemRef = item.ref
    const toy = must(connectors.toy, 'the toy connector')
    const settings = this.sim.settings()
    const m = toy.manners(toy.settings.parse(settings))
    const manners = {
      compares: m.compare === 'remote',
      lowersItself: m.lowersItself,
      restores: m.restores === 'unknown' ? null : m.restores,
      keyMs: m.keyMs,
      adjusts: m.adjust,
      feedLagMs: m.feedLagMs,
      maxFlightMs: m.maxFlightMs,
    }
    const { places, start } = this.world
    const planted = await plant(this.on, { box: this.box, code: 'toy', settings, manners, number: NUMBER, itemRef: item.ref, places, start, now: this.clock.now() })
    this.companyId = planted.companyId
    this.listenerId = planted.listenerId
    this.articleId = planted.articleId
    this.locations = planted.locationIds
    for (const id of this.locations) this.onHand.set(String(id), start)
    for (const topic of ['order.changed', 'stock.changed']) this.sim.hooks.subscriptions.set(topic, { ref: topic, topic, url: 'http://127.0.0.1:9/hooks' })
    this.processes = [this.start(), this.start()]
    await this.untilRest(0)
    if (this.world.master) await this.becomeMaster()
    this.sim.onWrite = (write) => this.judge(write)
    this.sim.onRequest = (phase, _request, purpose) => this.between(phase, purpose)
    this.trace.push('--- in sync ---')
  }

  /** From here on the places' numbers are the shop's. */
  private async becomeMaster(): Promise<void> {
    await this.inCompany(async (tx) => {
      const places = (await placesOf(tx, this.listenerId)).map((place) => ({ ...place, direction: 'in' as const }))
      await settleDirections(tx, must(await listenerById(tx, this.listenerId), 'the listener'), places, this.clock.now())
      await relink(tx, this.listenerId, [this.articleId], this.by())
    })
    await this.untilRest(0)
  }

  private start(): Process {
    const { db, kill } = killable(this.on.db)
    return { connection: openConnection(this.deps(db), this.companyId, this.listenerId), kill }
  }

  private async move(locationId: number, by: number, kind: 'sale' | 'receipt'): Promise<void> {
    const key = `t:${++this.movements}`
    this.onHand.set(String(locationId), (this.onHand.get(String(locationId)) ?? 0) + by)
    await this.inCompany((tx) =>
      postMovements(tx, [{ key, articleId: this.articleId, locationId, kind, onHand: by, at: this.clock.now(), source: { type: 'test' }, actor: 'system' }], this.clock.now()),
    )
  }

  // ---------------------------------------------------------------- what can happen

  /** Everything but the workers' own steps; these also happen while a request is on its way. */
  private happenings(): Weighted[] {
    const list: Weighted[] = []
    const add = (name: string, weight: number, run: () => Promise<void> | void) => list.push({ name, weight, run })
    const { budget: b, sim, world } = this
    const spend = (what: keyof Budget) => {
      b[what]--
    }
    for (const [n, place] of world.places.entries()) {
      const locationId = this.locations[n] as number
      const value = sim.value(NUMBER, place) ?? 0
      for (const q of [1, 2])
        if (b.sale > 0 && (value >= q || sim.options.sellsBelowZero))
          add(`the shop sells ${q} at ${place}`, 3, () => {
            spend('sale')
            this.saw(sim.sell(NUMBER, q, { place }))
          })
      if (b.till > 0)
        add(`the till sells 1 at ${place}`, 2, async () => {
          spend('till')
          await this.move(locationId, -1, 'sale')
        })
      if (b.receipt > 0 && !world.master)
        add(`2 come in at ${place}`, 1, async () => {
          spend('receipt')
          await this.move(locationId, 2, 'receipt')
        })
      if (b.hand > 0)
        for (const by of [1, -1])
          add(`a hand edit of ${by} at ${place}`, 1, () => {
            spend('hand')
            this.handEdited = true
            sim.handEdit(NUMBER, Math.max(0, value + by), place)
          })
    }
    for (const order of sim.state.orders.values()) this.orderHappenings(order, add)
    for (const hook of sim.hooks.pending()) {
      add(`hook ${hook.topic} ${hook.id}`, 1.5, () => this.deliver(hook.id, false))
      if (b.dup > 0)
        add(`hook ${hook.id} comes and will come again`, 0.5, () => {
          spend('dup')
          return this.deliver(hook.id, true)
        })
      if (b.drop > 0)
        add(`hook ${hook.id} is lost`, 1, () => {
          spend('drop')
          sim.hooks.lose(hook.id)
        })
    }
    for (const held of sim.held()) {
      add(`held request ${held.id} lands`, 1, () => void sim.land(held.id))
      add(`held request ${held.id} never lands`, 0.5, () => sim.forget(held.id))
    }
    if (b.compare > 0)
      add('the levels are compared', 1, async () => {
        spend('compare')
        await this.inCompany((tx) => askLooks(tx, this.listenerId, null, { lane: 'backfill', why: 'asked' }, this.by()))
      })
    add('time passes', 1, () => this.clock.advance(Math.floor(this.random() * 20_000)))
    return list
  }

  private orderHappenings(order: ToyOrder, add: (name: string, weight: number, run: () => Promise<void> | void) => void): void {
    const { sim, budget: b, world } = this
    const line = order.lines[0]
    if (line === undefined) return
    const taken = order.withdrawals.flatMap((w) => w.lines)
    const sum = (kinds: string[]) => taken.filter((l) => kinds.includes(l.kind)).reduce((n, l) => n + l.quantity, 0)
    const shipped = order.shipments.flatMap((s) => s.lines).reduce((n, l) => n + l.quantity, 0)
    const open = line.ordered - shipped - sum(['restocked', 'lost'])
    const change = (name: string, weight: number, run: () => ToyOrder) =>
      add(`${name} ${order.name}`, weight, () => {
        b.change--
        try {
          this.saw(run())
        } catch (error) {
          if (!String(error).includes('sold out')) throw error
          this.hit('an order change the shop refused')
        }
      })
    if (!order.routed) add(`the place of ${order.name} is known`, 1, () => this.saw(sim.route(order)))
    if (b.change <= 0) return
    if (open > 0) {
      change('one piece cancelled and put back,', 2, () => sim.refund(order, line.ref, 1))
      change('one piece refunded and not put back,', 1, () => sim.refund(order, line.ref, 1, { restock: false }))
      change('one piece shipped,', 2, () => sim.ship(order, line.ref, 1))
      change('cancelled,', 1, () => sim.cancel(order))
      if (!order.paid) change('paid,', 3, () => sim.pay(order))
      if (order.routed && shipped === 0) for (const place of world.places) if (place !== line.place) change(`moved to ${place},`, 1, () => sim.move(order, place))
    }
    if (order.cancelled !== null) change('un-cancelled,', 1, () => sim.uncancel(order))
    if (shipped - sum(['returned', 'kept']) > 0) change('one piece returned,', 1, () => sim.takeBack(order, line.ref, 1))
  }

  private saw(order: ToyOrder): void {
    this.effects.set(`${order.ref} ${order.stamp}`, { routed: order.routed, cells: ownEffect(this.sim, order) })
  }

  private async deliver(id: string, keep: boolean): Promise<void> {
    const hook = this.sim.hooks.pending().find((p) => p.id === id)
    if (hook === undefined) return
    if (!keep) this.sim.hooks.lose(id)
    else this.hit('shop hook.doubled')
    const toy = must(connectors.toy, 'the toy connector')
    const request = { address: '', tail: null, headers: hook.headers, query: new URLSearchParams(), body: hook.body }
    const verified = toy.verifyHook(request, toy.settings.parse(this.sim.settings()))
    if (verified.kind !== 'verified') throw new Error('a genuine hook was turned away')
    await this.inCompany((tx) => storeHook(tx, this.listenerId, verified, request, this.by()))
    this.hit('hooks taken in')
    await applyWaiting(this.deps(this.on.db), this.companyId, this.listenerId)
  }

  // ---------------------------------------------------------------- between a request and its answer

  private async between(phase: 'before' | 'after', purpose: string): Promise<undefined | 'hangup'> {
    if (phase === 'before' && purpose === 'write') await this.sample()
    if (phase === 'after' && purpose === 'items') this.rememberRead()
    if (this.quiet || this.depth > 1) return undefined
    this.depth++
    try {
      while (this.random() < 0.3) await this.happen(this.happenings())
      if (this.budget.stall > 0 && this.random() < 0.05) await this.stall()
      if (this.budget.crash > 0 && this.random() < 0.05) return this.crash(phase)
    } finally {
      this.depth--
    }
    return undefined
  }

  /** Whose request is being answered; while everything is quiet they take turns. */
  private reader(): number {
    return this.processes.indexOf(this.stepping.at(-1) as Process)
  }
  private rememberRead(): void {
    for (const place of this.world.places) this.lastRead.set(`${this.reader()} ${place}`, this.sumTrue(place))
  }

  /** The process that is being answered dies: with the effect when it was answered, without when it wasn't. */
  private crash(phase: 'before' | 'after'): 'hangup' {
    this.budget.crash--
    this.hit(`crash ${phase} the effect`)
    this.trace.push(`    kill -9 ${phase} the effect`)
    this.stepping.at(-1)?.kill()
    return 'hangup'
  }

  /** The worker that waits for its answer is slow: its lease runs out and another takes the turn over. */
  private async stall(): Promise<void> {
    const other = this.processes.find((p) => !this.stepping.includes(p))
    if (other === undefined) return
    this.budget.stall--
    this.hit('stalled worker overtaken')
    this.trace.push('    the lease runs out under a slow worker')
    this.clock.advance(31_000)
    for (let n = 0; n < 6; n++) if (!(await this.step(other))) return
  }

  private async step(process: Process): Promise<boolean> {
    this.stepping.push(process)
    try {
      const { did } = await process.connection.step()
      await this.noteHolds()
      return did
    } catch (error) {
      if (!String(error).includes('killed')) throw error
      this.processes[this.processes.indexOf(process)] = this.start()
      return false
    } finally {
      this.stepping.splice(this.stepping.indexOf(process), 1)
    }
  }

  private async noteHolds(): Promise<void> {
    const held = await this.on.owner.rows<{ why: string }>(sql`select distinct hold_why as why from told where company_id = ${this.companyId} and hold_why is not null`)
    for (const { why } of held) this.hit(`held: ${why}`)
    await this.eachOnce()
  }

  /** R47: at any time each order the ledger knows of is off its number once, whether the shop's last number had it off or not. */
  private async eachOnce(): Promise<void> {
    const { master, places, start } = this.world
    const { rule, restores, lateRouting } = this.sim.options
    if (!master || this.handEdited || rule !== 'placed' || !restores || lateRouting) return
    for (const [n, place] of places.entries()) {
      const locationId = this.locations[n] as number
      const { available } = await this.on.owner.one<{ available: number }>(
        sql`select on_hand - reserved as available from level where company_id = ${this.companyId} and location_id = ${locationId}`,
      )
      const should = (this.onHand.get(String(locationId)) ?? start) + (await this.sumIngested(place))
      if (available !== should) this.bad.push(`R47: available at ${place} is ${available}; with each known order off once it is ${should}`)
      this.hit('each order off once')
    }
  }

  private async steps(process: Process, most: number): Promise<void> {
    for (let n = 0; n < most; n++) if (!(await this.step(process))) return
  }

  private async happen(list: Weighted[]): Promise<void> {
    const chosen = pick(list, this.random)
    this.trace.push(`${'  '.repeat(this.depth)}${chosen.name}`)
    await chosen.run()
  }

  async live(): Promise<void> {
    const steps = 15 + Math.floor(this.random() * 45)
    for (let n = 0; n < steps && this.bad.length === 0; n++) {
      const list = this.happenings()
      for (const [n, process] of this.processes.entries()) list.push({ name: `worker ${n}`, weight: 4, run: () => this.steps(process, 1 + Math.floor(this.random() * 4)) })
      if (this.budget.timeout > 0)
        for (const kind of ['timeout-before', 'timeout-after', 'hold', 'error-after', 'busy'] as const)
          list.push({
            name: `the next write meets ${kind}`,
            weight: 0.6,
            run: () => {
              this.budget.timeout--
              this.sim.fault({ kind, on: 'write' })
            },
          })
      await this.happen(list)
    }
  }

  // ---------------------------------------------------------------- S7, judged at the moment of every write

  /** What the hub knew when the send was composed. */
  private async sample(): Promise<void> {
    const rows = await this.on.owner.rows<{ key: string; location_id: number; seen: number; kind: string; carried: number }>(sql`
      select b.key, t.location_id, (t.flight ->> 'seen')::int as seen, t.flight ->> 'kind' as kind,
             coalesce((t.flight ->> 'drift')::int, 0) as carried from push_batch b join told t on t.company_id = b.company_id and (t.flight ->> 'batch')::bigint = b.id
      where b.company_id = ${this.companyId} order by b.id`)
    const known = await this.inCompany<boolean>(async (tx) => (await listenerById(tx, this.listenerId))?.ruleKnown ?? false)
    for (const row of rows) {
      const place = this.world.places[this.locations.indexOf(row.location_id)] as string
      const key = `${row.key} ${place}`
      if (this.judged.has(key)) continue
      this.hit(`sent ${row.kind}`)
      this.judged.set(key, { seen: known ? row.seen : null, ingested: await this.sumIngested(place), kind: row.kind, carried: row.carried })
    }
  }

  private judge(write: ToyWrite): void {
    if (this.world.master) this.bad.push(`R48: ${write.value} was written at ${write.place}, whose numbers the shop keeps`)
    this.hit(write.late ? 'writes that landed late' : 'writes')
    if (write.op === 'adjust') return void this.hit('adjusts')
    // Without a key the send that is answered now is the newest one.
    const knew = [...this.judged].findLast(([key]) => key.startsWith(write.key ?? '') && key.endsWith(` ${write.place}`))?.[1]
    const before = write.before ?? 0
    if (knew === undefined || write.value <= before) return
    this.hit(`raise by ${knew.kind}`)
    if (this.handEdited) return
    const compares = this.sim.options.compare === 'remote'
    // Without keys a send that lands late can't be told from a new one; its repair is R16's look.
    if (write.late && !this.sim.options.keys) return
    // Where the shop can't compare, the window is one request: what it sold since the last look isn't known to anyone.
    const happened = compares ? this.sumTrue(write.place) : (this.lastRead.get(`${this.reader()} ${write.place}`) ?? 0)
    // A carry leaves the shop as far below as it was found (R20): what it carries isn't written over.
    const unread = happened - (knew.seen ?? knew.ingested) - knew.carried
    if (!compares && knew.kind === 'cut') return
    if (unread < 0) this.bad.push(`S7: a ${knew.kind} write of ${write.value} at ${write.place} raised ${before} while ${-unread} sold there wasn't read`)
  }

  private sumTrue(place: string): number {
    let sum = 0
    for (const order of this.sim.state.orders.values()) sum += ownEffect(this.sim, order).get(`${this.itemRef}\n${place}`) ?? 0
    return sum
  }
  private async sumIngested(place: string): Promise<number> {
    const rows = await this.on.owner.rows<{ order_ref: string; stamp: string }>(sql`select order_ref, stamp from web_order where company_id = ${this.companyId}`)
    let sum = 0
    for (const row of rows) {
      const effect = this.effects.get(`${row.order_ref} ${row.stamp}`)
      if (effect === undefined) continue
      for (const [cell, n] of effect.cells) if ((effect.routed ? cell.split('\n')[1] : this.world.places[0]) === place) sum += n
    }
    return sum
  }

  // ---------------------------------------------------------------- quiet

  async goQuiet(): Promise<void> {
    this.quiet = true
    this.trace.push('--- quiet: hooks are lost, polls go on ---')
    this.sim.clearFaults()
    for (const held of [...this.sim.held()]) this.random() < 0.5 ? this.sim.land(held.id) : this.sim.forget(held.id)
    for (const hook of [...this.sim.hooks.pending()]) this.sim.hooks.lose(hook.id)
    for (const order of this.sim.state.orders.values()) if (!order.routed) this.saw(this.sim.route(order))
    for (const hook of [...this.sim.hooks.pending()]) this.sim.hooks.lose(hook.id)
    await this.untilRest()
    if (this.handEdited) {
      // An edit that exactly hides a sale the feed doesn't show yet is found by the compare after it.
      await this.inCompany((tx) => askLooks(tx, this.listenerId, null, { lane: 'backfill', why: 'asked' }, this.by()))
      await this.untilRest()
    }
    const refused = await this.inCompany<number>((tx) => retryRefused(tx, this.listenerId, null, this.by()))
    if (refused > 0) {
      this.hits['refused and retried'] = (this.hits['refused and retried'] ?? 0) + refused
      await this.untilRest()
    }
  }

  /** Until nothing is dirty and the feed was polled to its end after the last event. The processes take turns. */
  private async untilRest(atLeastMs = 80_000): Promise<void> {
    const from = this.clock.now().getTime()
    for (let n = 0; n < 400; n++) {
      let next: number | null = null
      const process = this.processes[n % 2] as Process
      for (let steps = 0; ; steps++) {
        this.stepping.push(process)
        const { did, nextAt } = await process.connection.step()
        this.stepping.pop()
        if (nextAt !== null && (next === null || nextAt.getTime() < next)) next = nextAt.getTime()
        if (!did) break
        if (steps > 400) return void this.bad.push('LIVELOCK: one process never stops stepping')
      }
      await this.noteHolds()
      const open = await this.on.owner.one<{ n: number }>(
        sql`select (select count(*) from told where company_id = ${this.companyId} and wanted > told and refusal is null) + (select count(*) from push_batch where company_id = ${this.companyId}) as n`,
      )
      if (open.n === 0 && this.clock.now().getTime() - from >= atLeastMs) return
      this.clock.advance(Math.max(1, Math.min((next ?? Number.POSITIVE_INFINITY) - this.clock.now().getTime(), 61_000)))
    }
    this.bad.push('LIVELOCK: not at rest long after everything went quiet')
  }

  // ---------------------------------------------------------------- the promises

  async check(): Promise<void> {
    const { owner } = this.on
    for (const [n, place] of this.world.places.entries()) {
      const locationId = this.locations[n] as number
      const level = await owner.one<{ on_hand: number; reserved: number }>(
        sql`select on_hand, reserved from level where company_id = ${this.companyId} and location_id = ${locationId}`,
      )
      const sum = await owner.one<{ on_hand: number; reserved: number }>(
        sql`select coalesce(sum(on_hand_delta), 0)::int as on_hand, coalesce(sum(reserved_delta), 0)::int as reserved from movement where company_id = ${this.companyId} and location_id = ${locationId}`,
      )
      if (sum.on_hand !== level.on_hand || sum.reserved !== level.reserved)
        this.bad.push(`L1: the level at ${place} is ${level.on_hand}/${level.reserved}, its movements say ${sum.on_hand}/${sum.reserved}`)
      const available = level.on_hand - level.reserved
      const truth = this.world.master ? this.theirs(place, locationId) : this.truth(place, locationId)
      if (available !== truth) this.bad.push(`L3: available at ${place} is ${available}, the facts say ${truth}`)
      const row = await owner.one<{ refusal: string | null; wanted: number; told: number }>(
        sql`select refusal, wanted, told from told where company_id = ${this.companyId} and location_id = ${locationId} and kind = 'stock'`,
      )
      if (row.refusal !== null) this.hit(`rests refused: ${row.refusal}`)
      else if (!this.world.master && Math.max(0, this.sim.value(NUMBER, place) ?? 0) !== Math.max(0, available))
        this.bad.push(`S1: at rest the shop shows ${this.sim.value(NUMBER, place)} at ${place}, the ledger says ${available} (wanted ${row.wanted}, told ${row.told})`)
    }
    const differences = await owner.one<{ n: number }>(sql`select count(*) as n from difference where company_id = ${this.companyId}`)
    if (differences.n > 0) this.hits['differences recorded'] = differences.n
  }

  /** What must be left where the shop keeps the numbers: its own, less what the till sold and what waits to be paid. */
  private theirs(place: string, locationId: number): number {
    const { rule } = this.sim.options
    const waits = (order: ToyOrder) => rule === 'paid' && !order.paid
    let n = (this.sim.value(NUMBER, place) ?? 0) + (this.onHand.get(String(locationId)) ?? 0) - this.world.start
    for (const order of this.sim.state.orders.values()) for (const line of order.lines) if (waits(order) && line.place === place) n -= pieces(order, line).open
    return n
  }

  /** What must be left, from the shop's own orders and the tills: nothing of the product is asked. */
  private truth(place: string, locationId: number): number {
    let n = this.onHand.get(String(locationId)) ?? 0
    for (const order of this.sim.state.orders.values())
      for (const line of order.lines) {
        const shippedHere = order.shipments.filter((s) => s.place === place).flatMap((s) => s.lines)
        n -= shippedHere.filter((l) => l.line === line.ref).reduce((sum, l) => sum + l.quantity, 0)
        for (const w of order.withdrawals.filter((w) => w.place === place))
          for (const l of w.lines.filter((l) => l.line === line.ref)) n += l.kind === 'returned' ? l.quantity : l.kind === 'lost' ? -l.quantity : 0
        const gone = order.shipments
          .flatMap((s) => s.lines)
          .filter((l) => l.line === line.ref)
          .reduce((sum, l) => sum + l.quantity, 0)
        const off = order.withdrawals
          .flatMap((w) => w.lines)
          .filter((l) => l.line === line.ref && (l.kind === 'restocked' || l.kind === 'lost'))
          .reduce((sum, l) => sum + l.quantity, 0)
        if (line.place === place) n -= line.ordered - gone - off
      }
    return n
  }
}
