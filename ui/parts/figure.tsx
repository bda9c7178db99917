/** One number with its words above and what it means below. */
export function Figure({ words, value, under, tone }: { words: string; value: string; under: string; tone?: 'good' | 'act' }) {
  return (
    <div className={`figure${tone ? ` figure-${tone}` : ''}`}>
      <dt>{words}</dt>
      <dd>
        <span className="figure-value">{value}</span>
        <span className="figure-under">{under}</span>
      </dd>
    </div>
  )
}
