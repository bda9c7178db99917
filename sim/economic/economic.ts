/** A stand-in for e-conomic over real HTTP: one agreement's accounts behind the legacy REST and a small page of settings, written from the documentation (docs/connectors/economic.md). */
import { deserialize, serialize } from 'node:v8'
import { type LogLine, listen, type SimAnswer, type SimRequest } from '../kit.ts'
import { simTime, type Ticking } from '../time.ts'
import { admin } from './admin.ts'
import { control, type EconomicState, economicState, type FaultOrder, orderFault } from './control.ts'
import { documents } from './documents.ts'
import { faults } from './faults.ts'
import { type Hooks, hooks } from './hooks.ts'
import type { Knobs } from './knobs.ts'
import { type Office, office } from './office.ts'
import { routes } from './routes.ts'
import { type Serving, serving } from './serving.ts'
import { hit, newWorld, type World } from './world.ts'

export interface EconomicOptions {
  port?: number
  /** The product's clock fits; with a fake one everything here waits for it too. */
  clock?: Ticking
  knobs?: Partial<Knobs>
  /** The modules of the agreement; with stock when left out. */
  modules?: string[]
  /** How long a webhook's receiver has to answer. */
  hookBudgetMs?: number
  /** A world as `keep` gave it, to go on with. */
  kept?: Uint8Array
}
export interface EconomicSim {
  address: string
  /** What a superuser would paste. */
  credentials: { appSecret: string; grant: string }
  office: Office
  hooks: Hooks
  state(): EconomicState
  fault(order: FaultOrder): void
  turn(knobs: Partial<Knobs>): void
  beforeNext: Serving['beforeNext']
  release(): number
  log: LogLine[]
  advance(ms: number): void
  /** Everything the accounts remember, for `kept`; idle accounts are the same bytes. */
  keep(): Uint8Array
  reset(): void
  close(): Promise<void>
}

export async function startEconomic(options: EconomicOptions = {}): Promise<EconomicSim> {
  const time = simTime(options.clock)
  const opened = (): World => {
    const fresh = newWorld(time, options.knobs ?? {})
    return options.modules === undefined ? fresh : { ...fresh, modules: options.modules }
  }
  const world = opened()
  if (options.kept !== undefined) Object.assign(world, deserialize(options.kept))
  const armed = faults((name) => hit(world, name))
  const told = hooks(world, options.hookBudgetMs ?? 10_000)
  const papers = documents(world, told)
  const people = office(world, told, papers)
  const desk = serving(
    world,
    armed,
    (request, pdfIsThere) => routes(world, told, papers, listening.address, request, pdfIsThere),
    (productNumber, inStock) => void people.count({ productNumber, inStock }),
  )
  function reset(): void {
    desk.forget()
    time.forget()
    told.forget()
    armed.clear()
    Object.assign(world, opened())
  }
  async function answer(request: SimRequest): Promise<SimAnswer> {
    const page = admin(world, people, told, request)
    if (page !== null) return page
    const { answer: said, note } = await desk.answer(request)
    listening.note(request, note)
    return said
  }
  const parts = { world, faults: armed, hooks: told, serving: desk, office: people, reset }
  const listening = await listen(answer, control(parts), options.port)

  return {
    address: listening.address,
    get credentials() {
      return { appSecret: world.tokens.appSecret, grant: world.tokens.grant }
    },
    office: people,
    hooks: told,
    state: () => economicState(parts),
    fault: (order) => orderFault(parts, order),
    turn: (knobs) => orderFault(parts, { knobs }),
    beforeNext: desk.beforeNext,
    release: desk.release,
    log: listening.log,
    advance: time.advance,
    keep: () => {
      const { time: _time, hits: _hits, ...kept } = world
      return serialize({ ...kept, writes: [] })
    },
    reset,
    close: async () => {
      desk.forget()
      time.forget()
      told.forget()
      await listening.close()
    },
  }
}
