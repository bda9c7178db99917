/** Sends hooks as Shopify does: signed raw bytes, five seconds, eight retries, no order, now and then twice; and lets a test stand between. */
import { createHmac, randomUUID } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { payloadText } from './ids.ts'
import { hit, type State, type Subscription } from './state.ts'
import type { SimTime } from './time.ts'

/** Exact spacing is unpublished: eight retries over four hours, growing. */
export const RETRY_MS = [1, 2, 5, 10, 20, 40, 60, 102].map((minutes) => minutes * 60_000)

export interface Delivery {
  id: number
  webhookId: string
  eventId: string
  topic: string
  subscription: Subscription
  /** The address it was made for; a changed subscription doesn't move it. */
  uri: string
  /** Null until rendered; the first rendering is what every retry sends. */
  body: string | null
  render: () => unknown
  /** Deliveries with the same one melt together while they wait. */
  mergeKey: string | null
  triggeredAt: number
  attempts: number
}
export interface HookOptions {
  domain: string
  appVersion: string
  budgetMs: number
  retryMs: number[]
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
  let queue: Delivery[] = []
  let busy = 0
  let idle: (() => void)[] = []
  let oldSecret: { secret: string; until: number } | null = null
  let chaos = { drop: 0, duplicate: 0, reorder: 0, delayMs: 0, topic: null as string | null }
  let shuffled: Delivery[] = []

  const settle = () => {
    if (busy > 0 || (queue.length > 0 && !held)) return
    for (const wake of idle) wake()
    idle = []
  }
  const headers = (delivery: Delivery, body: string): Record<string, string> => {
    const now = time.ms()
    const secret = oldSecret !== null && oldSecret.until > now ? oldSecret.secret : state.hookSecret
    return {
      'content-type': 'application/json',
      'user-agent': 'Shopify-Captain-Hook',
      'x-shopify-topic': delivery.topic,
      'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body).digest('base64'),
      'x-shopify-shop-domain': options.domain,
      'x-shopify-api-version': state.switches.hookVersion === 'app' ? options.appVersion : delivery.subscription.apiVersion,
      'x-shopify-webhook-id': delivery.webhookId,
      'x-shopify-event-id': delivery.eventId,
      'x-shopify-triggered-at': `${new Date(delivery.triggeredAt).toISOString().slice(0, -1)}000000Z`,
      ...(delivery.subscription.name === null ? {} : { 'x-shopify-name': delivery.subscription.name }),
    }
  }

  async function attempt(delivery: Delivery): Promise<number | null> {
    busy += 1
    queue = queue.filter((each) => each !== delivery)
    delivery.body ??= filtered(delivery)
    delivery.attempts += 1
    if (delivery.attempts > 1 && state.switches.hookIdOnRetry === 'new') delivery.webhookId = randomUUID()
    const status = await post(delivery.uri, headers(delivery, delivery.body), delivery.body, options.budgetMs)
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
        void attempt(delivery)
      })
    } else if (state.subscriptions.delete(delivery.subscription.id)) hit(state, 'subscription-removed')
  }
  /** One after the other: the order is theirs as far as it is anyone's. */
  async function drain(deliveries: Delivery[]): Promise<void> {
    for (const delivery of deliveries) if (queue.includes(delivery)) await attempt(delivery)
  }
  const schedule = (delivery: Delivery) => {
    if (held) return
    if (chaos.delayMs > 0 && fits(delivery)) {
      hit(state, 'hook-delayed')
      time.after(chaos.delayMs, () => void (held || !queue.includes(delivery) || attempt(delivery)))
    } else time.after(0, () => void (held || !queue.includes(delivery) || attempt(delivery)))
  }
  const fits = (delivery: Delivery) => chaos.topic === null || chaos.topic === delivery.topic
  const enqueue = (delivery: Delivery) => {
    if (chaos.drop > 0 && fits(delivery)) {
      chaos.drop -= 1
      return hit(state, 'hook-dropped')
    }
    queue.push(delivery)
    if (chaos.duplicate > 0 && fits(delivery)) {
      chaos.duplicate -= 1
      hit(state, 'hook-duplicated')
      const twin = { ...delivery, id: ++lastId }
      queue.push(twin)
      schedule(twin)
    }
    if (chaos.reorder > 0 && fits(delivery)) {
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
      for (const subscription of state.subscriptions.values()) {
        if (subscription.topic !== upper) continue
        if (
          mergeKey !== undefined &&
          state.switches.levelHooks === 'merged' &&
          queue.some((each) => each.mergeKey === mergeKey && each.subscription === subscription && each.body === null)
        ) {
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
          mergeKey: mergeKey ?? null,
          triggeredAt: time.ms(),
          attempts: 0,
        }
        if (mergeKey === undefined) delivery.body = filtered(delivery)
        enqueue(delivery)
      }
    },
    hold: () => {
      held = true
    },
    release: async (order) => {
      held = false
      const wanted =
        order === undefined
          ? [...queue]
          : [...order.map((id) => queue.find((each) => each.id === id)).filter((each) => each !== undefined), ...queue.filter((each) => !order.includes(each.id))]
      if (order !== undefined) hit(state, 'hook-reordered')
      await drain(wanted)
      settle()
    },
    send: async (id) => {
      const delivery = queue.find((each) => each.id === id)
      return delivery === undefined ? null : await attempt(delivery)
    },
    lose: (id) => {
      queue = queue.filter((each) => each.id !== id)
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
    quiet: () => new Promise((resolve) => (busy === 0 && (queue.length === 0 || held) ? resolve() : idle.push(resolve))),
    forget: () => {
      queue = []
      shuffled = []
      held = false
      oldSecret = null
      chaos = { drop: 0, duplicate: 0, reorder: 0, delayMs: 0, topic: null }
      settle()
    },
  }
}

/** includeFields keeps only those of the top level. */
function filtered(delivery: Delivery): string {
  const payload = delivery.render()
  const fields = delivery.subscription.includeFields
  if (fields.length === 0 || typeof payload !== 'object' || payload === null) return payloadText(payload)
  return payloadText(Object.fromEntries(Object.entries(payload).filter(([name]) => fields.includes(name))))
}

/** The status, or null when nobody answered within the budget. */
function post(address: string, headers: Record<string, string>, body: string, budgetMs: number): Promise<number | null> {
  return new Promise((resolve) => {
    const url = URL.canParse(address) ? new URL(address) : null
    if (url === null) return resolve(null)
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest
    const call = send(url, { method: 'POST', headers: { ...headers, 'content-length': Buffer.byteLength(body) } }, (answer) => {
      answer.resume()
      answer.on('end', () => done(answer.statusCode ?? null))
      answer.on('error', () => done(null))
    })
    const timer = setTimeout(() => {
      done(null)
      call.destroy()
    }, budgetMs)
    const done = (status: number | null) => {
      clearTimeout(timer)
      resolve(status)
    }
    call.on('error', () => done(null))
    call.end(body)
  })
}
