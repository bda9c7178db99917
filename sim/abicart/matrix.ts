/** Which positions of the knobs a connector is run in: as documented, each alternative alone, and combinations by chance that come out the same every time. */
import { type Position, positionsOf } from '../switches.ts'
import { KNOBS } from './knobs.ts'

export type KnobPosition = Position<typeof KNOBS>

export const knobPositions = (combinations = 20): KnobPosition[] => positionsOf(KNOBS, combinations)
