/** Tabs that don't all have room, as on a phone: the chosen one is scrolled to, sideways and within their row alone. */
import { type RefObject, useEffect, useRef } from 'react'

export function useTabInSight(tab: string): RefObject<HTMLDivElement | null> {
  const list = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab is what makes looking for it worthwhile.
  useEffect(() => {
    const chosen = list.current?.querySelector<HTMLElement>('[aria-selected="true"]')
    if (list.current && chosen) list.current.scrollLeft = chosen.offsetLeft - (list.current.clientWidth - chosen.offsetWidth) / 2
  }, [tab])
  return list
}
