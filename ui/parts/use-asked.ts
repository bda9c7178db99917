/** What is typed in a list's search field, beginning with what the address asks for. */
import { useEffect, useState } from 'react'

export function useAsked(asked: string | undefined): [string, (typed: string) => void] {
  const [typed, setTyped] = useState(asked ?? '')
  useEffect(() => {
    if (asked !== undefined) setTyped(asked)
  }, [asked])
  return [typed, setTyped]
}
