/** What stands behind /_sim: the accounts' state, knobs and faults, what people in the office do, and the webhooks on their way. */
import type { Control } from '../kit.ts'
import type { Fault, Faults } from './faults.ts'
import type { Hooks } from './hooks.ts'
import { type Knobs, turnKnobs } from './knobs.ts'
import { type DocumentState, documentState, type Office, type ProductState, productState } from './office.ts'
import type { Serving } from './serving.ts'
import type { HookCall, Stage, Webhook, World, Write } from './world.ts'

export interface EconomicState {
  now: string
  company: World['company']
  modules: string[]
  products: ProductState[]
  customers: { customerNumber: number; name: string; email: string }[]
  documents: Record<Stage, DocumentState[]>
  webhooks: (Omit<Webhook, 'log'> & { log: HookCall[] })[]
  knobs: Knobs
  faults: ReturnType<Faults['armed']>
  /** How often each route, refusal and fault was hit. */
  hits: Record<string, number>
  writes: Write[]
  hooksWaiting: ReturnType<Hooks['waiting']>
  requestsHeld: number
  budget: { used: number; of: number }
}
export interface FaultOrder {
  knobs?: Partial<Knobs>
  arm?: Fault | Fault[]
  clear?: boolean
  /** Points a minute. */
  budget?: number
}
export interface ControlParts {
  world: World
  faults: Faults
  hooks: Hooks
  serving: Serving
  office: Office
  reset(): void
}

export function economicState({ world, faults, hooks, serving }: Omit<ControlParts, 'office' | 'reset'>): EconomicState {
  const of = (stage: Stage) => [...world.documents[stage].values()].map((document) => documentState(world, document))
  return {
    now: world.time.now().toISOString(),
    company: world.company,
    modules: world.modules,
    products: [...world.products.values()].map((product) => productState(world, product)),
    customers: [...world.customers.values()].map(({ customerNumber, name, email }) => ({ customerNumber, name, email })),
    documents: {
      'draft-order': of('draft-order'),
      'sent-order': of('sent-order'),
      'archived-order': of('archived-order'),
      'draft-invoice': of('draft-invoice'),
      booked: of('booked'),
    },
    webhooks: [...world.webhooks.values()],
    knobs: { ...world.knobs },
    faults: faults.armed(),
    hits: Object.fromEntries(world.hits),
    writes: world.writes,
    hooksWaiting: hooks.waiting(),
    requestsHeld: serving.held(),
    budget: { used: serving.used(), of: world.budget },
  }
}

export function orderFault({ world, faults }: Pick<ControlParts, 'world' | 'faults'>, order: FaultOrder): void {
  if (order.clear) faults.clear()
  if (order.knobs) turnKnobs(world.knobs, order.knobs)
  if (order.budget !== undefined) world.budget = order.budget
  for (const fault of order.arm === undefined ? [] : [order.arm].flat()) faults.arm(fault)
}

export function control(parts: ControlParts): Control {
  const { world, hooks, serving, office } = parts
  const verbs: Record<string, (body: never) => unknown> = {
    'hooks/hold': () => hooks.hold(),
    'hooks/release': (body: { order?: number[] }) => hooks.release(body.order),
    'hooks/send': (body: { id: number }) => hooks.send(body.id),
    'hooks/lose': (body: { id: number }) => hooks.lose(body.id),
    'hooks/resend': (body: { webhook: number; call: number }) => hooks.resend(body.webhook, body.call),
    'hooks/quiet': () => hooks.quiet(),
    release: () => serving.release(),
  }
  for (const [name, verb] of Object.entries(office)) verbs[`office/${name}`] = verb as (body: never) => unknown
  return {
    clock: world.time,
    state: () => economicState(parts),
    reset: () => parts.reset(),
    fault: (body) => orderFault(parts, (body ?? {}) as FaultOrder),
    verbs,
  }
}
