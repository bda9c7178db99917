/** The cells of ScrollRows. Its rows are placed by hand, which real table elements can't be, so the roles are said here, in one place. */
import type { ReactNode } from 'react'

interface Props {
  className?: string | undefined
  children?: ReactNode
}

// biome-ignore-start lint/a11y/useSemanticElements: see above.
// biome-ignore-start lint/a11y/useFocusableInteractive: neither rows nor cells do anything, what is in them does.
export function Cell({ className, children }: Props) {
  return (
    <div role="cell" className={className}>
      {children}
    </div>
  )
}
export function HeadCell({ className, children }: Props) {
  return (
    <div role="columnheader" className={className}>
      {children}
    </div>
  )
}
export function HeadRow({ children }: Props) {
  return (
    <div role="row" className="row row-head" aria-rowindex={1}>
      {children}
    </div>
  )
}
// biome-ignore-end lint/a11y/useFocusableInteractive: as above.
// biome-ignore-end lint/a11y/useSemanticElements: as above.
