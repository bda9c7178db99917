/** Bars for days, side by side where a day has several; for the eye alone: the same numbers stand beside it as a table. */
import { day, pieces } from '../format.ts'

interface Props {
  days: readonly string[]
  /** What each row of bars looks like, and its number of every day. */
  rows: readonly { look: string; values: readonly number[] }[]
  /** As tall as this; absent = as tall as the tallest. */
  most?: number
}

/** In units of the drawing; it is as wide as its place. */
const WIDE = 20
const TALL = 80
const GAP = 3

export function DayBars({ days, rows, most = Math.max(1, ...rows.flatMap((row) => row.values)) }: Props) {
  const width = (WIDE - 2 * GAP) / rows.length
  // The least that was is still seen.
  const tall = (n: number) => (n <= 0 ? 0 : Math.max(2, (n / most) * TALL))
  return (
    <svg viewBox={`0 0 ${days.length * WIDE} ${TALL + 1}`} preserveAspectRatio="none" aria-hidden="true" className="days-bars">
      <line x1="0" y1={TALL + 0.5} x2={days.length * WIDE} y2={TALL + 0.5} className="days-floor" />
      {days.map((each, at) => (
        <g key={each}>
          <title>{`${day(each)}: ${rows.map((row) => pieces(row.values[at] ?? 0)).join(' / ')}`}</title>
          {rows.map((row, nth) => {
            const height = tall(row.values[at] ?? 0)
            return <rect key={row.look} x={at * WIDE + GAP + nth * width} y={TALL - height} width={width} height={height} className={row.look} />
          })}
        </g>
      ))}
    </svg>
  )
}
