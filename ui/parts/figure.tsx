/** A number large enough to be read from afar, with what it is. */
import type { CSSProperties } from 'react'

/** One number with its words above and what it means below. */
export function Figure({ words, value, under, tone }: { words: string; value: string; under: string; tone?: 'good' | 'act' }) {
  return (
    <div className={`figure${tone ? ` figure-${tone}` : ''}`}>
      <dt>{words}</dt>
      <dd>
        <FigureValue value={value} />
        <span className="figure-under">{under}</span>
      </dd>
    </div>
  )
}

/** Smaller where its card has no room for so many figures. */
export function FigureValue({ value }: { value: string }) {
  return (
    <span className="figure-value" style={{ '--letters': value.length } as CSSProperties}>
      {value}
    </span>
  )
}
