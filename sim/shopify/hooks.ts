/** Sends hooks as Shopify does: signed raw bytes, five seconds, eight retries, no order, now and then twice; and lets a test stand between. */
import { randomUUID } from 'node:crypto'
import { post } from '../post.ts'
import type { SimTime } from '../time.ts'
import { PRIVACY_TOPICS } from './customers.ts'
import { type Delivery, filtered, hookHeaders } from './delivery.ts'
import { hit, type State, type Subscription } from './state.ts'

/** Exact spacing is unpublished: eight retries over four hours, growing. */
export const RETRY_MS = [1, 2, 5, 10, 20, 40, 60, 102].map((minutes) => minutes * 60_000)

export interface HookOptions {
  domain: string
  appVersion: string
  budgetMs: number
  retryMs: number[]
  /** How many are sent at once. One keeps the order they came in, which Shopify doesn't promise. */
  lanes: number
}

export interface Hooks {
  emit(topic: string, render: () => unknown, eventId: string, mergeKey?: string): void
  newEvent(): string
  /** While held nothing is sent; `waiting` shows what would be. */
  hold(): void
  /** Sends what waits, in the given order of delivery ids or as it came, and goes on. */
  release(order?: number[]): Promise<void>
  /** Sends one that waits, and keeps holding. Its status, or null when nobody answered. */
  send(id: number): Promise<number | null>
  /** Loses one that waits. */
  lose(id: number): void
  waiting(): Delivery[]
  /** The next deliveries (of a topic) are lost, doubled, delayed, or change places in groups. */
  lossy(next: { drop?: number; duplicate?: number; reorder?: number; delayMs?: number; topic?: string }): void
  rotateSecret(secret: string, oldSignsForMs?: number): void
  /** Resolves when nothing is being sent and nothing waits to be sent now (retries later don't count). */
  quiet(): Promise<void>
  forget(): void
}

export function hooks(state: State, time: SimTime, options: HookOptions): Hooks {
  let lastId = 0
  let held = false
  /** What waits for its first try, in the order it came. */
  const queue = new Set<Delivery>()
  /** Waiting and not yet rendered, by what they melt into. */
  const mergeable = new Map<string, Delivery>()
  let busy = 0
  let idle: (() => void)[] = []
  let oldSecret: { secret: string; until: number } | null = null
  let chaos = { drop: 0, duplicate: 0, reorder: 0, delayMs: 0, topic: null as string | null }
  let shuffled: Delivery[] = []

  /** In line to be sent; a retry has left the queue long ago. */
  let ready: { delivery: Delivery; retry: boolean }[] = []
  const isQuiet = () => busy === 0 && ready.length === 0 && (held || !someDue())
  const someDue = () => {
    for (const each of queue) if (each.due) return true
    return false
  }
  const settle = () => {
    if (!isQuiet()) return
    for (const wake of idle) wake()
    idle = []
  }

  const withId = (id: number) => [...queue].find((each) => each.id === id)
  const forgetOne = (delivery: Delivery) => {
    queue.delete(delivery)
    if (delivery.mergeKey !== null && mergeable.get(delivery.mergeKey) === delivery) mergeable.delete(delivery.mergeKey)
  }

  /** What the app's own settings ask for is no subscription: it isn't listed, and eight failures don't end it. */
  const ofTheApp = (topic: string): Subscription[] =>
    state.privacyUri === null
      ? []
      : [
          {
            id: '0',
            topic,
            uri: state.privacyUri,
            format: 'JSON',
            includeFields: [],
            filter: null,
            name: null,
            apiVersion: options.appVersion,
            createdAt: 0,
            updatedAt: 0,
            failures: 0,
          },
        ]

  async function attempt(delivery: Delivery): Promise<number | null> {
    busy += 1
    forgetOne(delivery)
    delivery.body ??= filtered(delivery)
    delivery.attempts += 1
    if (delivery.attempts > 1 && state.switches.hookIdOnRetry === 'new') delivery.webhookId = randomUUID()
    const secret = oldSecret !== null && oldSecret.until > time.ms() ? oldSecret.secret : state.hookSecret
    const version = state.switches.hookVersion === 'app' ? options.appVersion : delivery.subscription.apiVersion
    const status = await post(delivery.uri, hookHeaders(delivery, delivery.body, { secret, version, domain: options.domain }), delivery.body, options.budgetMs)
    if (status !== null && status >= 200 && status < 300) {
      hit(state, 'hook-delivered')
      delivery.subscription.failures = 0
    } else retry(delivery)
    busy -= 1
    settle()
    return status
  }
  function retry(delivery: Delivery): void {
    hit(state, 'hook-failed')
    delivery.subscription.failures += 1
    const wait = options.retryMs[delivery.attempts - 1]
    if (wait !== undefined) {
      time.after(wait, () => {
        hit(state, 'hook-retried')
        line(delivery, true)
      })
    } else if (state.subscriptions.delete(delivery.subscription.id)) hit(state, 'subscription-removed')
  }
  /** One after the other: the order is theirs as far as it is anyone's. */
  async function drain(deliveries: Delivery[]): Promise<void> {
    for (const delivery of deliveries) if (queue.has(delivery)) await attempt(delivery)
  }
  function pump(): void {
    while (!held && busy < options.lanes) {
      const next = ready.shift()
      if (next === undefined) return
      // Lost or sent meanwhile.
      if (next.retry || queue.has(next.delivery)) void attempt(next.delivery).then(pump)
    }
  }
  const line = (delivery: Delivery, retry: boolean) => {
    // Sent by hand or lost meanwhile.
    if (!retry && !queue.has(delivery)) return
    delivery.due = true
    if (held) {
      queue.add(delivery)
      return
    }
    ready.push({ delivery, retry })
    pump()
  }
  const schedule = (delivery: Delivery) => {
    if (held) return
    const delayMs = fits(delivery) ? chaos.delayMs : 0
    delivery.due = delayMs === 0
    if (delayMs > 0) hit(state, 'hook-delayed')
    time.after(delayMs, () => line(delivery, false))
  }
  const fits = (delivery: Delivery) => chaos.topic === null || chaos.topic === delivery.topic
  const enqueue = (delivery: Delivery) => {
    if (chaos.drop > 0 && fits(delivery)) {
      chaos.drop -= 1
      if (delivery.mergeKey !== null) mergeable.delete(delivery.mergeKey)
      return hit(state, 'hook-dropped')
    }
    queue.add(delivery)
    if (chaos.duplicate > 0 && fits(delivery)) {
      chaos.duplicate -= 1
      hit(state, 'hook-duplicated')
      const twin = { ...delivery, id: ++lastId }
      queue.add(twin)
      schedule(twin)
    }
    if (chaos.reorder > 0 && fits(delivery)) {
      delivery.due = false
      shuffled.push(delivery)
      if (shuffled.length < chaos.reorder) return
      hit(state, 'hook-reordered')
      const group = shuffled.reverse()
      shuffled = []
      chaos.reorder = 0
      for (const each of group) schedule(each)
    } else schedule(delivery)
  }

  return {
    newEvent: () => randomUUID(),
    emit: (topic, render, eventId, mergeKey) => {
      const upper = topic.toUpperCase().replaceAll('/', '_')
      for (const subscription of (PRIVACY_TOPICS as readonly string[]).includes(topic) ? ofTheApp(upper) : state.subscriptions.values()) {
        if (subscription.topic !== upper) continue
        const key = mergeKey === undefined || state.switches.levelHooks === 'each' ? null : `${subscription.id} ${mergeKey}`
        if (key !== null && mergeable.has(key)) {
          hit(state, 'hook-merged')
          continue
        }
        // Everything but levels is rendered as it is now; levels when they are sent.
        const delivery: Delivery = {
          id: ++lastId,
          webhookId: randomUUID(),
          eventId,
          topic,
          subscription,
          uri: subscription.uri,
          body: null,
          render,
          mergeKey: key,
          triggeredAt: time.ms(),
          attempts: 0,
          due: true,
        }
        if (mergeKey === undefined) delivery.body = filtered(delivery)
        else if (key !== null) mergeable.set(key, delivery)
        enqueue(delivery)
      }
    },
    hold: () => {
      held = true
      for (const each of ready) queue.add(each.delivery)
      ready = []
    },
    release: async (order) => {
      held = false
      const wanted = order === undefined ? [...queue] : [...order.map(withId).filter((each) => each !== undefined), ...[...queue].filter((each) => !order.includes(each.id))]
      if (order !== undefined) hit(state, 'hook-reordered')
      await drain(wanted)
      settle()
    },
    send: async (id) => {
      const delivery = withId(id)
      return delivery === undefined ? null : await attempt(delivery)
    },
    lose: (id) => {
      const delivery = withId(id)
      if (delivery !== undefined) forgetOne(delivery)
      hit(state, 'hook-dropped')
      settle()
    },
    waiting: () => [...queue],
    lossy: (next) => {
      chaos = { drop: next.drop ?? 0, duplicate: next.duplicate ?? 0, reorder: next.reorder ?? 0, delayMs: next.delayMs ?? 0, topic: next.topic ?? null }
      for (const each of shuffled) schedule(each)
      shuffled = []
    },
    rotateSecret: (secret, oldSignsForMs = 0) => {
      oldSecret = { secret: state.hookSecret, until: time.ms() + oldSignsForMs }
      state.hookSecret = secret
      hit(state, 'secret-rotated')
    },
    quiet: () => new Promise((resolve) => (isQuiet() ? resolve() : idle.push(resolve))),
    forget: () => {
      queue.clear()
      mergeable.clear()
      ready = []
      shuffled = []
      held = false
      oldSecret = null
      chaos = { drop: 0, duplicate: 0, reorder: 0, delayMs: 0, topic: null }
      settle()
    },
  }
}
