/** The webhooks people set up: one request per event, never bundled, without a signature; failures are repeated, and each has a log with a button to send again. */
import { call } from '../post.ts'
import { chance, type HookCall, type HookType, hit, type Webhook, type World } from './world.ts'

/** Merge field -> what is put in its place. */
type Values = Record<string, string>

interface Delivery {
  id: number
  webhook: Webhook
  /** The line of its log. */
  line: HookCall
}
export interface Hooks {
  emit(type: HookType, values: Values): void
  /** Sends a call of the log once more, as it was. */
  resend(webhook: number, call: number): void
  /** While held nothing is sent; `waiting` shows what would be. */
  hold(): void
  /** Sends what waits, in the given order of ids or as it came, and goes on. */
  release(order?: number[]): Promise<void>
  /** Sends one that waits, and keeps holding. Its status, or null when nobody answered. */
  send(id: number): Promise<number | null>
  lose(id: number): void
  waiting(): { id: number; type: HookType; address: string; body: string }[]
  /** Resolves when nothing is being sent and nothing waits to be sent now. Repeats that wait for their time don't count. */
  quiet(): Promise<void>
  forget(): void
}

const LOG_KEPT = 200
/** An event that waits to be overtaken goes by itself after this. */
const LONELY_MS = 2000
/** So many at the same time when they come in a burst. */
const IN_PARALLEL = 20
const SPACING = { minute: 60_000, 'at-once': 0, hour: 3_600_000 } as const

export function hooks(world: World, budgetMs: number): Hooks {
  let held = false
  let queue: Delivery[] = []
  /** So many at its beginning are on their way or gone. */
  let sent = 0
  let sending = 0
  const idle: (() => void)[] = []
  /** Waits to be overtaken (knob `out-of-order`). */
  let overtaken: Delivery | null = null

  async function attempt({ webhook, line }: Delivery): Promise<number | null> {
    if (webhook.isDisabled) return null
    line.tries += 1
    const headers = { ...(line.method === 'POST' ? { 'content-type': webhook.contentType } : {}), 'user-agent': 'e-conomic' }
    const heard = await call(line.method, line.address, headers, line.body, budgetMs)
    line.outcome = heard === null ? 'timeout' : `HTTP ${heard.status}`
    line.answer = heard?.text ?? ''
    if (heard !== null && heard.status >= 200 && heard.status < 300) {
      webhook.failures = 0
      hit(world, 'hook-delivered')
    } else failed(webhook, line)
    return heard?.status ?? null
  }
  function failed(webhook: Webhook, line: HookCall): void {
    hit(world, 'hook-failed')
    webhook.failures += 1
    const most = world.knobs.hookSwitchedOffAfter
    if (most !== 'never' && webhook.failures >= most) {
      webhook.isDisabled = true
      hit(world, 'hook-switched-off')
      return
    }
    if (line.tries <= world.knobs.hookRetries)
      world.time.after(SPACING[world.knobs.hookRetryAfter], () => {
        queue.push({ id: ++world.last.call, webhook, line })
        pump()
      })
  }
  function forgetSent(): void {
    queue = queue.slice(sent)
    sent = 0
  }
  function pump(): void {
    const most = world.knobs.hookDelivery === 'parallel' ? IN_PARALLEL : 1
    while (!held && sending < most) {
      const next = queue[sent]
      if (next === undefined) break
      sent += 1
      // A burst of a hundred thousand is not moved up for each of them.
      if (sent > 1000) forgetSent()
      sending += 1
      void attempt(next).finally(() => {
        sending -= 1
        pump()
      })
    }
    if (sending === 0 && (held || queue.length === sent)) for (const wake of idle.splice(0)) wake()
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
    queue.push(delivery, ...(hookDelivery === 'duplicates' ? [{ ...delivery, id: ++world.last.call }] : []))
    flush()
  }
  function flush(): void {
    if (overtaken !== null) queue.push(overtaken)
    overtaken = null
    pump()
  }
  const write = (webhook: Webhook, one: Pick<HookCall, 'method' | 'address' | 'body'>): Delivery => {
    const line: HookCall = { id: ++world.last.call, at: world.time.ms(), outcome: 'venter', answer: '', tries: 0, ...one }
    webhook.log.push(line)
    if (webhook.log.length > LOG_KEPT) webhook.log.shift()
    return { id: line.id, webhook, line }
  }
  const take = (id: number): Delivery | undefined => {
    forgetSent()
    const found = queue.find((each) => each.id === id)
    queue = queue.filter((each) => each !== found)
    return found
  }

  return {
    emit: (type, values) => {
      for (const webhook of world.webhooks.values()) if (webhook.type === type && !webhook.isDisabled) enqueue(write(webhook, requestOf(world, webhook, values)))
    },
    resend: (id, of) => {
      const webhook = world.webhooks.get(id)
      const line = webhook?.log.find((each) => each.id === of)
      if (webhook === undefined || line === undefined) throw new Error(`no call ${of} of webhook ${id}`)
      const { method, address, body } = line
      queue.push(write(webhook, { method, address, body }))
      pump()
    },
    hold: () => {
      held = true
    },
    release: async (order) => {
      const first = (order ?? []).map((id) => take(id)).filter((each) => each !== undefined)
      forgetSent()
      queue = [...first, ...queue]
      held = false
      pump()
    },
    send: async (id) => {
      const delivery = take(id)
      return delivery === undefined ? null : await attempt(delivery)
    },
    lose: (id) => void take(id),
    waiting: () =>
      [...queue.slice(sent), ...(overtaken === null ? [] : [overtaken])].map(({ id, webhook, line }) => ({ id, type: webhook.type, address: line.address, body: line.body })),
    quiet: () => new Promise((resolve) => (sending === 0 && (held || queue.length === sent) ? resolve() : idle.push(resolve))),
    forget: () => {
      queue = []
      sent = 0
      overtaken = null
      held = false
      for (const wake of idle.splice(0)) wake()
    },
  }
}

/** What is asked of whom: GET puts the data behind the address, POST sends it. */
export function requestOf({ knobs }: World, { url, postData }: Pick<Webhook, 'url' | 'postData'>, values: Values): Pick<HookCall, 'method' | 'address' | 'body'> {
  const put = (text: string) =>
    text.replace(/\[([A-Z]+)\]/g, (whole, name: string) => {
      const value = values[name]
      return value === undefined ? whole : knobs.hookValues === 'encoded' ? encodeURIComponent(value) : value
    })
  const [address, data] = [put(url), put(postData)]
  if (knobs.hookMethod === 'POST') return { method: 'POST', address, body: data }
  return { method: 'GET', address: data === '' ? address : `${address}${/[?&]$/.test(address) ? '' : address.includes('?') ? '&' : '?'}${data}`, body: '' }
}
