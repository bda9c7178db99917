/** Subscriptions and hooks: signed, with a delivery id, at least once; lost, doubled, late and reordered when a test says so. */
import { createHmac } from 'node:crypto'
import { Agent, request as httpRequest } from 'node:http'
import type { FaultDesk } from './faults.ts'
import { hit, nextRef, type Shop, type ToyOrder } from './shop.ts'
import { orderLinesText, orderText } from './texts.ts'

export interface Subscription {
  ref: string
  topic: string
  url: string
  /** 'other' = somebody else's, made with the same key. Absent = you. */
  owner?: 'you' | 'other'
}
export interface PendingHook {
  id: string
  topic: string
  url: string
  headers: Record<string, string>
  body: Buffer
  tries: number
}
export const TOPICS = ['order.changed', 'item.changed', 'stock.changed', 'shop.changed'] as const
export type HookDesk = ReturnType<typeof hookDesk>

export function hookDesk(shop: Shop, faults: FaultDesk) {
  const subscriptions = new Map<string, Subscription>()
  let pending: PendingHook[] = []
  const flying = new Set<Promise<unknown>>()
  const agent = new Agent({ keepAlive: true, maxSockets: 16 })

  function sign(topic: string, body: Buffer): Record<string, string> {
    const signature = createHmac('sha256', shop.options.hookSecret).update(body).digest('base64')
    return { 'content-type': 'application/json', 'x-toy-topic': topic, 'x-toy-delivery': `d-${nextRef(shop)}`, 'x-toy-version': '1', 'x-toy-signature': signature }
  }
  function emit(topic: string, what: unknown): void {
    for (const subscription of subscriptions.values()) {
      if (subscription.topic !== topic) continue
      const body = Buffer.from(JSON.stringify(what))
      const headers = sign(topic, body)
      const hook: PendingHook = { id: headers['x-toy-delivery'] ?? '', topic, url: subscription.url, headers, body, tries: 0 }
      hit(shop, 'hook.made')
      if (faults.take('hook-lost', topic)) {
        hit(shop, 'hook.lost')
        continue
      }
      pending.push(hook)
      if (shop.options.hooks === 'manual' || faults.take('hook-late', topic)) continue
      const doubled = faults.take('hook-doubled', topic) !== null
      fly(deliver(hook, doubled).then(() => (doubled ? deliver(hook) : undefined)))
    }
  }
  function fly(work: Promise<unknown>): void {
    const done = work.catch(() => undefined).finally(() => flying.delete(done))
    flying.add(done)
  }
  /** Posts a hook; one that was answered 2xx is no longer pending unless it is to come again. */
  async function deliver(hook: PendingHook, keep = false): Promise<number> {
    hook.tries++
    hit(shop, hook.tries > 1 ? 'hook.doubled' : 'hook.sent')
    if (pending[0] !== hook && pending.includes(hook)) hit(shop, 'hook.reordered')
    const status = await post(hook, agent).catch(() => 0)
    if (status >= 200 && status < 300) {
      if (!keep) pending = pending.filter((p) => p !== hook)
    } else hit(shop, 'hook.not-taken')
    return status
  }
  /** An order as a hook tells it. */
  function hookText(order: ToyOrder): Record<string, unknown> {
    const lines = orderLinesText(order)
    switch (shop.options.hookBody) {
      case 'whole':
        return orderText(order)
      case 'thin':
        return { ref: order.ref }
      case 'cut':
        return { ...orderText(order), complete: false, lines: lines.slice(0, 1) }
    }
  }
  const find = (id?: string) => {
    const hook = id === undefined ? pending[0] : pending.find((p) => p.id === id)
    if (hook === undefined) throw new Error('no such hook is waiting')
    return hook
  }

  return {
    subscriptions,
    emit,
    orderChanged(order: ToyOrder): void {
      if (!faults.standing('no-orders')) emit('order.changed', hookText(order))
    },
    orderDeleted(order: ToyOrder): void {
      if (!faults.standing('no-orders')) emit('order.changed', { ref: order.ref, deleted: true })
    },
    itemChanged: (ref: string) => emit('item.changed', { ref }),
    stockChanged: (ref: string) => emit('stock.changed', { ref }),
    /** Hooks made and not yet taken, oldest first. */
    pending: (): readonly PendingHook[] => pending,
    /** Delivers one (the oldest, or by id) and says the status; 0 = nobody answered. */
    deliver: (id?: string) => deliver(find(id)),
    /** Delivers one and keeps it, so that it comes again. */
    double: (id?: string) => deliver(find(id), true),
    lose(id?: string): void {
      const hook = find(id)
      hit(shop, 'hook.lost')
      pending = pending.filter((p) => p !== hook)
    },
    async deliverAll(order: 'oldest' | 'newest' = 'oldest'): Promise<void> {
      for (const hook of order === 'newest' ? pending.toReversed() : [...pending]) await deliver(hook)
    },
    /** A hook about an order as it is now, for a test to hand over by itself; nobody need have subscribed. */
    ofOrder(order: ToyOrder): { headers: Record<string, string>; body: Buffer } {
      const body = Buffer.from(JSON.stringify(hookText(order)))
      return { headers: sign('order.changed', body), body }
    },
    /** Another integration of the same key has subscribed. */
    subscribeOther(topic: string, url: string): void {
      const ref = nextRef(shop)
      subscriptions.set(ref, { ref, topic, url, owner: 'other' })
    },
    subscriptionsVanish(topic?: string): void {
      for (const s of [...subscriptions.values()]) if (topic === undefined || s.topic === topic) subscriptions.delete(s.ref)
      hit(shop, 'subscription.vanished')
    },
    /** Waits until no hook is under way (auto). */
    async quiet(): Promise<void> {
      while (flying.size > 0) await Promise.all([...flying])
    },
    reset(): void {
      subscriptions.clear()
      pending = []
    },
    close: () => agent.destroy(),
  }
}

function post(hook: PendingHook, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = httpRequest(hook.url, { method: 'POST', agent, headers: { ...hook.headers, 'content-length': hook.body.length }, timeout: 5000 }, (answer) => {
      answer.resume()
      answer.on('end', () => resolve(answer.statusCode ?? 0))
    })
    call.on('error', reject)
    call.on('timeout', () => call.destroy(new Error('no answer in 5 s')))
    call.end(hook.body)
  })
}
