/** What a measurement says: figures beside their floor and their aim, as a plain table. */

export interface Figure {
  name: string
  value: number
  unit: string
  /** What the machine can do at best for the same thing, measured in the same run. */
  floor?: { what: string; value: number }
  /** 'at-most' or 'at-least' this, by the product's own aims. */
  aim?: { atMost: number } | { atLeast: number }
  note?: string
}

export const median = (values: readonly number[]): number => percentile(values, 50)

export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  if (sorted.length === 0) return Number.NaN
  const at = (p / 100) * (sorted.length - 1)
  const low = sorted[Math.floor(at)] as number
  const high = sorted[Math.ceil(at)] as number
  return low + (high - low) * (at - Math.floor(at))
}

export const round = (n: number): number => (Math.abs(n) >= 100 ? Math.round(n) : Math.abs(n) >= 10 ? Math.round(n * 10) / 10 : Math.round(n * 100) / 100)

export function met({ value, aim }: Figure): boolean | null {
  if (aim === undefined) return null
  return 'atMost' in aim ? value <= aim.atMost : value >= aim.atLeast
}

/** How many floors high: for a duration value / floor, for a rate floor / value. 1 = as good as the machine. */
export function timesFloor({ value, unit, floor }: Figure): number | null {
  if (floor === undefined || !(floor.value > 0) || !(value > 0)) return null
  return isRate(unit) ? floor.value / value : value / floor.value
}
const isRate = (unit: string): boolean => unit.endsWith('/s')

const number = (n: number): string => String(round(n)).replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ' ')

export function table(figures: readonly Figure[]): string {
  const rows = figures.map((f) => {
    const times = timesFloor(f)
    const ok = met(f)
    return [
      f.name,
      `${number(f.value)} ${f.unit}`,
      f.floor === undefined ? '' : `${number(f.floor.value)} (${f.floor.what})`,
      times === null ? '' : `${number(times)}x`,
      f.aim === undefined ? '' : `${'atMost' in f.aim ? '<=' : '>='} ${number('atMost' in f.aim ? f.aim.atMost : f.aim.atLeast)}${ok === true ? ' met' : ' MISSED'}`,
      f.note ?? '',
    ]
  })
  const all = [['figure', 'measured', 'floor in the same run', 'of floor', 'aim', ''], ...rows]
  const widths = (all[0] as string[]).map((_, n) => Math.max(...all.map((row) => (row[n] as string).length)))
  return all
    .map((row) =>
      row
        .map((cell, n) => cell.padEnd(widths[n] as number))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
