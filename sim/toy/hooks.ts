/** Subscriptions, and messages under way: at least once; lost, doubled, late and reordered when a test says so. */
import { Agent, request as httpRequest } from 'node:http'
import type { FaultDesk } from './faults.ts'
import { type Message, messageOf, type News } from './messages.ts'
import { hit, nextRef, type Shop, type ToyOrder } from './shop.ts'

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
export type HookDesk = ReturnType<typeof hookDesk>

export function hookDesk(shop: Shop, faults: FaultDesk) {
  const subscriptions = new Map<string, Subscription>()
  let pending: PendingHook[] = []
  const flying = new Set<Promise<unknown>>()
  const agent = new Agent({ keepAlive: true, maxSockets: 16 })

  function emit(topic: string, news: News): void {
    for (const subscription of subscriptions.values()) {
      if (subscription.topic !== topic) continue
      const hook: PendingHook = { topic, url: subscription.url, ...messageOf(shop, topic, news), tries: 0 }
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
  const find = (id?: string) => {
    const hook = id === undefined ? pending[0] : pending.find((p) => p.id === id)
    if (hook === undefined) throw new Error('no such hook is waiting')
    return hook
  }

  return {
    subscriptions,
    emit,
    orderChanged(order: ToyOrder): void {
      if (!faults.standing('no-orders')) emit('order.changed', { order })
    },
    orderDeleted(order: ToyOrder): void {
      if (!faults.standing('no-orders')) emit('order.changed', { deleted: order.ref })
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
    ofOrder: (order: ToyOrder): Message => messageOf(shop, 'order.changed', { order }),
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
