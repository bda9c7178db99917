/** A long list that only draws the rows in view and fetches the next page before they run out. The window itself scrolls, as phones expect. */
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'

interface Props<Row> {
  rows: readonly Row[]
  keyOf: (row: Row, at: number) => number
  height: number
  /** A row may be taller than that, and is measured as it is drawn. */
  grows?: boolean
  label: string
  head?: ReactNode
  columns: number
  /** grid-template-columns of head and rows alike. */
  template: string
  more: boolean
  fetchMore: () => void
  children: (row: Row) => ReactNode
}

export function ScrollRows<Row>({ rows, keyOf, height, grows = false, label, head, columns, template, more, fetchMore, children }: Props<Row>) {
  const list = useRef<HTMLDivElement>(null)
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    const measure = () => setTop((list.current?.getBoundingClientRect().top ?? 0) + window.scrollY)
    measure()
    window.addEventListener('resize', measure)
    return () => window.removeEventListener('resize', measure)
  }, [])
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => height,
    overscan: 12,
    scrollMargin: top,
    getItemKey: (at) => {
      const row = rows[at]
      return row === undefined ? at : keyOf(row, at)
    },
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another row height is what makes measuring again worthwhile.
  useEffect(() => virtual.measure(), [height, virtual])
  const drawn = virtual.getVirtualItems()
  const last = drawn.at(-1)?.index ?? 0
  useEffect(() => {
    if (more && last >= rows.length - 40) fetchMore()
  }, [more, last, rows.length, fetchMore])
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed by hand, which a table's own layout can't do.
    <div role="table" aria-label={label} aria-rowcount={more ? -1 : rows.length + 1} aria-colcount={columns} className="card" style={{ '--columns': template } as CSSProperties}>
      {head}
      {/* biome-ignore lint/a11y/useSemanticElements: as above. */}
      <div role="rowgroup" ref={list} className="rows-body" style={{ height: virtual.getTotalSize() }}>
        {drawn.map((item) => {
          const row = rows[item.index]
          return (
            row !== undefined && (
              // biome-ignore lint/a11y/useSemanticElements: as above.
              // biome-ignore lint/a11y/useFocusableInteractive: the row itself does nothing, its link does.
              <div
                key={item.key}
                ref={grows ? virtual.measureElement : null}
                data-index={item.index}
                role="row"
                aria-rowindex={item.index + 2}
                className="row"
                style={{ [grows ? 'minHeight' : 'height']: height, transform: `translateY(${item.start - top}px)` }}
              >
                {children(row)}
              </div>
            )
          )
        })}
      </div>
    </div>
  )
}
