/** Other processes of a measurement, so that nothing that only measures or stands in steals the product's time. This file is both sides: who starts them, and what they run. */
import { type ChildProcess, fork } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { startAbicart } from '../sim/abicart/abicart.ts'
import { startDandomain } from '../sim/dandomain/dandomain.ts'
import { startEconomic } from '../sim/economic/economic.ts'
import { startShopify } from '../sim/shopify/shopify.ts'
import { startToy } from '../sim/toy/toy.ts'
import { readConfig } from '../src/config.ts'
import type { Product } from '../src/main.ts'
import { ticks } from './load.ts'

/** What a child is asked, and what it answers. */
type Ask =
  | { kind: 'memory' }
  | { kind: 'stop' }
  | { kind: 'items'; numbers: string[]; place: string; quantity: number }
  /** Somebody counts them in the accounts; all the same number. */
  | { kind: 'count'; numbers: string[]; quantity: number }
  /** A superuser makes one. */
  | { kind: 'webhook'; type: 'Varelager opdateret'; url: string; postData: string }
  /** Points of the minute's budget that are used. */
  | { kind: 'budget' }
  | { kind: 'orders'; orders: { number: string; quantity: number }[][]; place: string }
export interface Memory {
  rssMb: number
  heapMb: number
  peakMb: number
}
type Said = { kind: 'ready'; hello: Hello } | { kind: 'answer'; id: number; value: unknown; problem: string | null } | { kind: 'write'; at: number; shop: number }
export interface Hello {
  address: string
  /** What a person would type in to connect to a simulator. */
  settings: Record<string, string>
  places: { name: string; ref: string }[]
  /** Where one child stands in for several shops: what to type in for each of them. */
  shops?: Record<string, string>[]
}

export interface Child extends Hello {
  ask(question: Ask): Promise<unknown>
  memory(): Promise<Memory>
  /** Called with the moment the simulator had a write of stock in its hands. */
  onWrite(callback: ((at: number, shop: number) => void) | null): void
  stop(): Promise<void>
}
export type Role =
  | { run: 'product'; role: 'all' | 'web' | 'worker'; env: Record<string, string> }
  | { run: 'shopify' | 'toy' | 'abicart' | 'dandomain' | 'economic'; lanes?: number; places: string[] }
  | { run: 'toys'; shops: number; places: string[] }
  | { run: 'bare' }

export async function start(role: Role): Promise<Child> {
  const child = fork(join(import.meta.dirname, 'bench.ts'), ['--child', JSON.stringify(role)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let written: ((at: number, shop: number) => void) | null = null
  let lastId = 0
  const hello = await new Promise<Hello>((resolve, reject) => {
    child.on('message', (said: Said) => {
      if (said.kind === 'ready') resolve(said.hello)
      else if (said.kind === 'write') written?.(said.at, said.shop)
      else if (said.problem === null) waiting.get(said.id)?.resolve(said.value)
      else waiting.get(said.id)?.reject(new Error(said.problem))
    })
    child.once('exit', (code) => {
      reject(new Error(`${role.run} ended with ${code}`))
      for (const each of waiting.values()) each.reject(new Error(`${role.run} ended with ${code}`))
    })
  })
  const ask = (question: Ask) =>
    new Promise<unknown>((resolve, reject) => {
      const id = ++lastId
      waiting.set(id, { resolve, reject })
      child.send({ id, ask: question })
    })
  return {
    ...hello,
    ask,
    memory: async () => (await ask({ kind: 'memory' })) as Memory,
    onWrite: (callback) => {
      written = callback
    },
    stop: () => ended(child),
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.send({ id: 0, ask: { kind: 'stop' } })
  await gone
}

// ---- the other side

interface Running {
  hello: Hello
  ask(question: Ask): unknown
  close(): Promise<void>
}

export async function beChild(role: Role): Promise<void> {
  const tell = (said: Said) => void process.send?.(said)
  const running = await open(role, tell)
  process.on('message', ({ id, ask }: { id: number; ask: Ask }) => {
    if (ask.kind === 'stop') return void running.close().then(() => process.exit(0))
    try {
      tell({ kind: 'answer', id, value: ask.kind === 'memory' ? memory() : running.ask(ask), problem: null })
    } catch (error) {
      tell({ kind: 'answer', id, value: null, problem: String(error) })
    }
  })
  // Whoever measured is gone: nothing is left behind.
  process.once('disconnect', () => void running.close().finally(() => process.exit(0)))
  tell({ kind: 'ready', hello: running.hello })
}

function memory(): Memory {
  const { rss, heapUsed } = process.memoryUsage()
  return { rssMb: rss / 2 ** 20, heapMb: heapUsed / 2 ** 20, peakMb: process.resourceUsage().maxRSS / 1024 }
}

async function open(role: Role, tell: (said: Said) => void): Promise<Running> {
  const nothing = () => {
    throw new Error(`${role.run} is never asked that`)
  }
  if (role.run === 'product') {
    const { startProduct } = await program()
    const product: Product = await startProduct(readConfig({ ...role.env, LAGERBRO_LOG_LEVEL: role.env.LAGERBRO_LOG_LEVEL ?? 'error' }), { role: role.role })
    return { hello: { address: product.address, settings: {}, places: [] }, ask: nothing, close: product.close }
  }
  if (role.run === 'shopify') return await shopify(role.places, role.lanes ?? 1, tell)
  if (role.run === 'toy') return await toy(role.places, tell)
  if (role.run === 'abicart') return await abicart()
  if (role.run === 'dandomain') return await dandomain(tell)
  if (role.run === 'economic') return await economic()
  if (role.run === 'toys') return await toys(role.shops, role.places, tell)
  const server = createServer((request, response) => {
    request.resume()
    request.on('end', () => response.writeHead(200, { 'content-type': 'text/plain' }).end('ok'))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    hello: { address, settings: {}, places: [] },
    ask: nothing,
    close: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** As it was built, where `npm run bench` has just built it; else from the sources. */
async function program(): Promise<typeof import('../src/main.ts')> {
  const built = '../dist/src/main.js'
  return await import(built).catch(() => import('../src/main.ts'))
}

async function shopify(places: string[], lanes: number, tell: (said: Said) => void): Promise<Running> {
  const sim = await startShopify({ places, hookLanes: lanes })
  const watch = () =>
    sim.beforeNext('inventorySetQuantities', () => {
      tell({ kind: 'write', at: ticks(), shop: 0 })
      watch()
    })
  watch()
  const standing = sim.shop.places()
  return {
    hello: {
      address: sim.address,
      settings: {
        shop: sim.address,
        accessToken: sim.credentials.token,
        clientSecret: sim.credentials.hookSecret,
      },
      places: standing.map(({ name, gid }) => ({ name, ref: gid })),
    },
    ask(question) {
      if (question.kind === 'items')
        return sim.shop.addItems(question.numbers.map((sku) => ({ sku, title: `Artikel ${sku}`, levels: { [question.place]: question.quantity } }))).length
      if (question.kind === 'orders') {
        for (const lines of question.orders) sim.shop.placeOrder({ lines: lines.map((l) => ({ sku: l.number, quantity: l.quantity, at: question.place })), oversell: true })
        return question.orders.length
      }
      return null
    },
    close: sim.close,
  }
}

async function toy(places: string[], tell: (said: Said) => void, shop = 0): Promise<Running> {
  const sim = await startToy({ places })
  sim.onRequest = (phase, _request, purpose) => {
    if (phase === 'before' && purpose === 'write') tell({ kind: 'write', at: ticks(), shop })
    return undefined
  }
  return {
    hello: { address: sim.address, settings: sim.settings(), places: places.map((name) => ({ name, ref: name })) },
    ask(question) {
      if (question.kind !== 'items') throw new Error('the toy shop is only asked for items here')
      for (const number of question.numbers) sim.addItem({ number, stock: { [question.place]: question.quantity } })
      return question.numbers.length
    },
    close: sim.close,
  }
}

/** Three of ten are plain articles; the others are choices, seven of an article. */
async function abicart(): Promise<Running> {
  const sim = await startAbicart()
  return {
    hello: {
      address: sim.address,
      settings: { address: sim.address, apiKey: sim.credentials.key, shopId: sim.credentials.webshop },
      places: [{ name: 'Abicart', ref: 'webshop' }],
    },
    ask(question) {
      if (question.kind === 'items') {
        const { numbers, quantity: stock } = question
        const plain = Math.ceil(numbers.length * 0.3)
        sim.shop.addArticles(numbers.slice(0, plain).map((articleNumber) => ({ articleNumber, stock })))
        for (let n = plain; n < numbers.length; n += 7) {
          const own = numbers.slice(n, n + 7)
          sim.shop.addArticles([{ articleNumber: `P-${n}`, choices: { Val: own }, variants: own.map((articleNumber) => ({ options: [articleNumber], articleNumber, stock })) }])
        }
        return numbers.length
      }
      if (question.kind === 'orders')
        for (const lines of question.orders) sim.shop.placeOrder({ lines: lines.map(({ number, quantity }) => ({ articleNumber: number, quantity })), oversell: true })
      return null
    },
    close: sim.close,
  }
}

/** An agreement with stock; its webhooks wait long for an answer, for a busy machine is no fault of theirs. */
async function economic(): Promise<Running> {
  const sim = await startEconomic({ hookBudgetMs: 60_000 })
  const { appSecret, grant } = sim.credentials
  return {
    hello: {
      address: sim.address,
      settings: { address: sim.address, appSecretToken: appSecret, agreementGrantToken: grant, stock: 'webhook' },
      places: [{ name: 'e-conomic', ref: '' }],
    },
    ask(question) {
      if (question.kind === 'items') return sim.office.addProducts(question.numbers.map((productNumber) => ({ productNumber, inStock: question.quantity }))).length
      if (question.kind === 'count') for (const productNumber of question.numbers) sim.office.count({ productNumber, inStock: question.quantity })
      if (question.kind === 'webhook') sim.office.addWebhook(question)
      return question.kind === 'budget' ? sim.state().budget.used : null
    },
    close: sim.close,
  }
}

async function dandomain(tell: (said: Said) => void): Promise<Running> {
  const sim = await startDandomain()
  const watch = () =>
    sim.beforeNext('Product_Update', () => {
      tell({ kind: 'write', at: ticks(), shop: 0 })
      watch()
    })
  watch()
  return {
    hello: { address: sim.address, settings: { ...sim.credentials, address: sim.endpoint }, places: [{ name: 'Webshop', ref: 'webshop' }] },
    ask(question) {
      if (question.kind !== 'items') throw new Error('the shop is only asked for items here')
      return sim.shop.addProducts(question.numbers.map((itemNumber) => ({ itemNumber, title: itemNumber, stock: question.quantity }))).length
    },
    close: sim.close,
  }
}

/** Every shop has the items it is asked for. */
async function toys(shops: number, places: string[], tell: (said: Said) => void): Promise<Running> {
  const all = await Promise.all(Array.from({ length: shops }, (_, n) => toy(places, tell, n)))
  const [first] = all
  if (first === undefined) throw new Error('at least one shop')
  return {
    hello: { ...first.hello, shops: all.map((each) => each.hello.settings) },
    ask: (question) => all.map((each) => each.ask(question)).length,
    close: async () => void (await Promise.all(all.map((each) => each.close()))),
  }
}
