/** Standing switches of a simulator: everything the remote's documentation leaves open. The first value of each is what the simulator does unless told otherwise. */

export type Table = Record<string, readonly (string | number | boolean)[]>
export type Positions<T extends Table> = { -readonly [K in keyof T]: T[K][number] }
export interface Position<T extends Table> {
  name: string
  knobs: Partial<Positions<T>>
}

export const likeliest = <T extends Table>(table: T): Positions<T> => Object.fromEntries(Object.entries(table).map(([name, values]) => [name, values[0]])) as Positions<T>

/** Refuses a name or a value that isn't in the table, so that a test can't turn a switch that isn't there. */
export function turn<T extends Table>(table: T, knobs: Positions<T>, change: Partial<Positions<T>>): void {
  for (const [name, value] of Object.entries(change)) {
    const values = table[name]
    if (values === undefined) throw new Error(`no knob is called ${name}; there are ${Object.keys(table).join(', ')}`)
    if (!values.includes(value as never)) throw new Error(`${name} can be ${values.join(', ')}, not ${String(value)}`)
  }
  Object.assign(knobs, change)
}

/** The positions a connector is run in: the likeliest, each alternative alone, and combinations by chance that come out the same every time. */
export function positionsOf<T extends Table>(table: T, combinations: number): Position<T>[] {
  const bold = likeliest(table)
  const alone = Object.entries(table).flatMap(([name, values]) =>
    values.filter((value) => value !== bold[name]).map((value) => ({ name: `${name} ${value}`, knobs: { [name]: value } as Partial<Positions<T>> })),
  )
  const mixed = Array.from({ length: combinations }, (_, n) => ({ name: `combination ${n + 1}`, knobs: combination(table, n + 1) }))
  return [{ name: 'as documented', knobs: {} }, ...alone, ...mixed]
}

/** Every switch in a position by chance. */
function combination<T extends Table>(table: T, seed: number): Partial<Positions<T>> {
  let state = seed * 2_654_435_761
  const next = (many: number) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0
    return Math.floor((state / 4_294_967_296) * many)
  }
  return Object.fromEntries(Object.entries(table).map(([name, values]) => [name, values[next(values.length)]])) as Partial<Positions<T>>
}
