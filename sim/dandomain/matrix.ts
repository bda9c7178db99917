/** Which positions of the knobs a connector is run in: as documented, each alternative alone, and combinations by chance that come out the same every time. */
import { boldKnobs, KNOBS, type Knobs } from './knobs.ts'

export interface KnobPosition {
  name: string
  knobs: Partial<Knobs>
}

const NAMES = Object.keys(KNOBS) as (keyof Knobs)[]

export function knobPositions(combinations = 12): KnobPosition[] {
  const bold = boldKnobs()
  const alone = NAMES.flatMap((name) => KNOBS[name].filter((value) => value !== bold[name]).map((value) => ({ name: `${name} ${value}`, knobs: { [name]: value } })))
  const mixed = Array.from({ length: combinations }, (_, n) => ({ name: `combination ${n + 1}`, knobs: combination(n + 1) }))
  return [{ name: 'as documented', knobs: {} }, ...alone, ...mixed]
}

/** Every knob in a position by chance. */
function combination(seed: number): Partial<Knobs> {
  let state = seed * 2_654_435_761
  const next = (many: number) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0
    return Math.floor((state / 4_294_967_296) * many)
  }
  return Object.fromEntries(NAMES.map((name) => [name, KNOBS[name][next(KNOBS[name].length)]])) as Partial<Knobs>
}
