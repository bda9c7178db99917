/** A page that changes by itself while it is looked at, and a clock that goes on beside it. */
import { useEffect, useState } from 'react'
import { watchConnection } from './api.ts'
import { serverNow } from './clock.ts'
import { data } from './data.ts'
import type { Connection } from './queries.ts'

const TICK_MS = 2_000

/** True while the server says by itself what has changed; false = ask every now and then. A hidden tab lets go: a browser has few connections to give. */
export function useLive(connectionId: number): boolean {
  const [live, setLive] = useState(false)
  useEffect(() => {
    let source: EventSource | null = null
    const leave = () => {
      source?.close()
      source = null
      setLive(false)
    }
    const enter = () => {
      leave()
      if (document.hidden) return
      source = watchConnection(connectionId)
      source.addEventListener('page', (event: MessageEvent<string>) => {
        data.setQueryData(['connection', connectionId], JSON.parse(event.data) as Connection)
        setLive(true)
      })
      source.addEventListener('error', () => setLive(false))
    }
    enter()
    document.addEventListener('visibilitychange', enter)
    return () => {
      document.removeEventListener('visibilitychange', enter)
      leave()
    }
  }, [connectionId])
  return live
}

/** The server's time, moving. */
export function useNow(): number {
  const [now, setNow] = useState(() => serverNow().getTime())
  useEffect(() => {
    const timer = window.setInterval(() => setNow(serverNow().getTime()), TICK_MS)
    return () => window.clearInterval(timer)
  }, [])
  return now
}
