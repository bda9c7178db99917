/** Tells listeners: a thin form post per event, unsigned, at most once, and no promise of order; a listener that fails too often is switched off. */
import { post } from '../post.ts'
import type { Place } from './shapes.ts'
import { type Article, chance, hit, type Listener, stampOf, type World } from './world.ts'

export interface Delivery {
  id: number
  name: string
  uid: number
  webshop: number
  listener: Listener
  body: string
}
export interface Events {
  emit(at: Place, name: string, uid: number): void
  /** Stamps an article that was changed, and tells. */
  articleChanged(at: Place, article: Article): void
  /** While held nothing is sent; `waiting` shows what would be. */
  hold(): void
  /** Sends what waits, in the given order of delivery ids or as it came, and goes on. */
  release(order?: number[]): Promise<void>
  /** Sends one that waits, and keeps holding. Its status, or null when nobody answered. */
  send(id: number): Promise<number | null>
  /** Loses one that waits. */
  lose(id: number): void
  waiting(): Delivery[]
  /** The next so many events are lost, or come twice. */
  lossy(next: { drop?: number; duplicate?: number }): void
  /** Resolves when nothing is being sent and nothing waits to be sent now. */
  quiet(): Promise<void>
  forget(): void
}

/** An event that waits for its turn to be overtaken goes by itself after this. */
const LONELY_MS = 2000

export function eventNames({ knobs }: World): string[] {
  const names = ['Article/changed', 'Article/created', 'Order/discarded', 'Order/paid']
  return knobs.orderCreatedEventName === 'none' ? names : [...names, knobs.orderCreatedEventName].toSorted()
}

/** What a listener is posted: `class=Order&event=discarded&uid=156748351&webshop=49251`. */
export function bodyOf(world: World, name: string, uid: number, webshop: number): string {
  const [kind = '', event = ''] = name.split('/')
  const body = new URLSearchParams({ class: kind, event, uid: String(uid), webshop: String(webshop) })
  if (world.knobs.eventPayload === 'extra-fields')
    for (const [key, value] of Object.entries({ version: '2', sent: '2026-11-02 09:00', 'data[uid]': String(uid) })) body.append(key, value)
  return body.toString()
}

export function events(world: World, budgetMs: number): Events {
  let lastId = 0
  let held = false
  let queue: Delivery[] = []
  let busy = false
  const idle: (() => void)[] = []
  let chaos = { drop: 0, duplicate: 0 }
  /** Waits to be overtaken (knob `out-of-order`). */
  let overtaken: Delivery | null = null

  async function attempt(delivery: Delivery): Promise<number | null> {
    const { listener } = delivery
    if (!listener.active) return null
    const status = await post(listener.url, { 'content-type': 'application/x-www-form-urlencoded' }, delivery.body, budgetMs)
    listener.log.push({ at: world.time.ms(), uid: delivery.uid, outcome: status === null ? 'timeout' : `HTTP ${status}` })
    if (listener.log.length > 100) listener.log.shift()
    if (status !== null && status >= 200 && status < 300) {
      listener.failures = 0
      hit(world, 'event-delivered')
    } else failed(listener)
    return status
  }
  function failed(listener: Listener): void {
    hit(world, 'event-failed')
    listener.failures += 1
    const most = world.knobs.deactivateAfterErrors
    if (most === 'never' || listener.failures < most || !listener.active) return
    listener.active = false
    listener.inactiveSince = world.time.ms()
    hit(world, 'listener-switched-off')
  }
  async function pump(): Promise<void> {
    if (busy) return
    busy = true
    while (!held) {
      const next = queue.shift()
      if (next === undefined) break
      await attempt(next)
    }
    busy = false
    for (const wake of idle.splice(0)) wake()
  }
  function enqueue(delivery: Delivery): void {
    const { eventPayload } = world.knobs
    if (chaos.drop > 0 || (eventPayload === 'lost-tenth' && chance(world) < 0.1)) {
      chaos.drop = Math.max(0, chaos.drop - 1)
      hit(world, 'event-lost')
      return
    }
    const twice = chaos.duplicate > 0 || eventPayload === 'duplicates'
    if (twice) {
      chaos.duplicate = Math.max(0, chaos.duplicate - 1)
      hit(world, 'event-doubled')
    }
    if (eventPayload === 'out-of-order' && overtaken === null) {
      overtaken = delivery
      world.time.after(LONELY_MS, () => overtaken === delivery && flush())
      return
    }
    queue.push(delivery, ...(twice ? [{ ...delivery, id: ++lastId }] : []))
    flush()
  }
  function flush(): void {
    if (overtaken !== null) queue.push(overtaken)
    overtaken = null
    void pump()
  }
  const take = (id: number): Delivery | undefined => {
    const found = queue.find((each) => each.id === id)
    queue = queue.filter((each) => each !== found)
    return found
  }

  function emit({ shop }: Place, name: string, uid: number): void {
    for (const listener of shop.listeners.values()) {
      if (listener.eventName !== name || !listener.active) continue
      enqueue({ id: ++lastId, name, uid, webshop: shop.webshop, listener, body: bodyOf(world, name, uid, shop.webshop) })
    }
  }

  return {
    emit,
    articleChanged: (at, article) => {
      article.changed = stampOf(world)
      emit(at, 'Article/changed', article.uid)
    },
    hold: () => {
      held = true
    },
    release: async (order) => {
      const first = (order ?? []).map((id) => take(id)).filter((each) => each !== undefined)
      queue = [...first, ...queue]
      held = false
      await pump()
    },
    send: async (id) => {
      const delivery = take(id)
      return delivery === undefined ? null : await attempt(delivery)
    },
    lose: (id) => void take(id),
    waiting: () => [...queue, ...(overtaken === null ? [] : [overtaken])],
    lossy: (next) => {
      chaos = { drop: next.drop ?? 0, duplicate: next.duplicate ?? 0 }
    },
    quiet: () => new Promise((resolve) => (!busy && (held || queue.length === 0) ? resolve() : idle.push(resolve))),
    forget: () => {
      queue = []
      overtaken = null
      held = false
      chaos = { drop: 0, duplicate: 0 }
      for (const wake of idle.splice(0)) wake()
    },
  }
}
