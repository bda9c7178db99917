/** Tells whoever listens: a signed post with an id per event, and no promise of order. */
import { createHmac } from 'node:crypto'
import { post } from '../post.ts'
import { chance, hit, type Webhook, type World } from './world.ts'

export interface Delivery {
  id: number
  topic: string
  about: number
  webhook: Webhook
  tries: number
}
export interface Signed {
  headers: Record<string, string>
  body: string
}
export interface Hooks {
  emit(topic: string, about: number): void
  /** What a listener would be posted about this. */
  signed(topic: string, about: number): Signed
  /** While held nothing is sent; `waiting` shows what would be. */
  hold(): void
  /** Sends what waits, in the given order of delivery ids or as it came, and goes on. */
  release(order?: number[]): Promise<void>
  /** Sends one that waits, and keeps holding. Its status, or null when nobody answered. */
  send(id: number): Promise<number | null>
  /** Loses one that waits. */
  lose(id: number): void
  waiting(): Delivery[]
  /** Resolves when nothing is being sent and nothing waits to be sent now. */
  quiet(): Promise<void>
  forget(): void
}

export const TOPICS = [
  'orders/created',
  'orders/updated',
  'orders/cancelled',
  'orders/fulfilled',
  'orders/partially-fulfilled',
  'orders/invoice',
  'products/created',
  'products/updated',
  'products/delete',
]
/** One that waits for its turn to be overtaken goes by itself after this. */
const LONELY_MS = 2_000
const RETRY_MS = 60_000

export function hooks(world: World, budgetMs: number): Hooks {
  let lastId = 0
  let held = false
  let busy = false
  let queue: Delivery[] = []
  let overtaken: Delivery | null = null
  const idle: (() => void)[] = []

  function signed(topic: string, about: number): Signed {
    const { hookId, hookSignature } = world.knobs
    const body = JSON.stringify({ id: hookId === 'text' ? String(about) : about })
    return {
      body,
      headers: {
        'content-type': 'application/json',
        'x-webhook-topic': topic,
        'x-shop-domain': world.solution.domain,
        'x-hmac-sha256': createHmac('sha256', world.solution.hookSecret).update(body).digest(hookSignature),
      },
    }
  }
  async function attempt(delivery: Delivery): Promise<number | null> {
    const { headers, body } = signed(delivery.topic, delivery.about)
    const status = await post(delivery.webhook.url, headers, body, budgetMs)
    const isTaken = status !== null && status >= 200 && status < 300
    hit(world, isTaken ? 'hook-delivered' : 'hook-failed')
    if (!isTaken && world.knobs.hookRetries !== 'none' && delivery.tries < world.knobs.hookRetries)
      world.time.after(RETRY_MS, () => {
        queue.push({ ...delivery, tries: delivery.tries + 1 })
        void pump()
      })
    return status
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
  function flush(): void {
    if (overtaken !== null) queue.push(overtaken)
    overtaken = null
    void pump()
  }
  function enqueue(delivery: Delivery): void {
    const { hookDelivery } = world.knobs
    if (hookDelivery === 'lost-tenth' && chance(world) < 0.1) {
      hit(world, 'hook-lost')
      return
    }
    if (hookDelivery === 'out-of-order' && overtaken === null) {
      overtaken = delivery
      world.time.after(LONELY_MS, () => overtaken === delivery && flush())
      return
    }
    queue.push(delivery)
    if (hookDelivery === 'duplicates') queue.push({ ...delivery, id: ++lastId })
    flush()
  }
  const take = (id: number): Delivery | undefined => {
    const found = queue.find((each) => each.id === id)
    queue = queue.filter((each) => each !== found)
    return found
  }

  return {
    signed,
    emit: (topic, about) => {
      for (const webhook of world.webhooks) if (webhook.topic === topic && webhook.active) enqueue({ id: ++lastId, topic, about, webhook, tries: 1 })
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
    quiet: () => new Promise((resolve) => (!busy && (held || queue.length === 0) ? resolve() : idle.push(resolve))),
    forget: () => {
      queue = []
      overtaken = null
      held = false
      for (const wake of idle.splice(0)) wake()
    },
  }
}
