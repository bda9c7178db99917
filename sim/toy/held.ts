// toy only
/** Requests that were received and left without an answer; each may still be executed, unless it is too old by then. */
import type { SimAnswer, SimRequest } from '../kit.ts'
import type { Fault, Purpose } from './faults.ts'
import { hit, type Shop } from './shop.ts'
import type { WriteDesk } from './writes.ts'

type Answer = Exclude<SimAnswer, string>
export interface Held {
  id: number
  at: Date
  request: SimRequest
}
export type HeldDesk = ReturnType<typeof heldDesk>

/** `answer` executes a request whose sender has given up. */
export function heldDesk(shop: Shop, writes: WriteDesk, answer: (request: SimRequest, purpose: Purpose) => Answer) {
  let held: (Held & { land: () => Answer; free: () => void })[] = []
  const take = (id?: number) => {
    const found = id === undefined ? held[0] : held.find((h) => h.id === id)
    if (found === undefined) throw new Error('no request is held')
    held = held.filter((h) => h !== found)
    return found
  }
  return {
    list: (): readonly Held[] => held,
    hold(request: SimRequest, purpose: Purpose, fault: Fault): SimAnswer {
      const reserved = fault.where === 'inside' && purpose === 'write' ? writes.reserve(request) : null
      const land = reserved?.settle ?? (() => answer(request, purpose))
      held.push({ id: request.id, at: shop.clock.now(), request, land, free: reserved?.free ?? (() => undefined) })
      return 'hangup'
    },
    land(id?: number): Answer | null {
      const found = take(id)
      if (shop.clock.now().getTime() - found.at.getTime() >= shop.options.maxFlightMs) {
        hit(shop, 'hold.too-old')
        found.free()
        return null
      }
      hit(shop, 'hold.landed')
      return found.land()
    },
    forget: (id?: number) => take(id).free(),
    reset: () => {
      held = []
    },
  }
}
