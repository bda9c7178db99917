/** A page that changes by itself while it is looked at, and a clock that goes on beside it. */
import { useEffect, useState } from 'react'
import { watchArticles, watchConnection, watchView } from './api.ts'
import { serverNow } from './clock.ts'
import { data } from './data.ts'

const TICK_MS = 2_000
/** Between two readings of a list: of its first page, and more for each further one that was read. */
const GAP_MS = 1_000
const GAP_PER_PAGE_MS = 500

/** True while the server says by itself what has changed; false = ask every now and then. A hidden tab lets go: a browser has few connections to give. */
export const useLive = (connectionId: number): boolean => useWatched('connection', connectionId, watchConnection)
export const useLiveView = (viewId: number): boolean => useWatched('view', viewId, watchView)

function useWatched(noun: 'connection' | 'view', id: number, open: (id: number) => EventSource): boolean {
  const [live, setLive] = useState(false)
  useEffect(
    () =>
      listen(
        () => open(id),
        (said) => {
          data.setQueryData([noun, id], JSON.parse(said) as unknown)
          setLive(true)
        },
        () => setLive(false),
      ),
    [noun, id, open],
  )
  return live
}

/** Lists of articles are read again when something has changed. `pages` = how many were read: a long list is asked for more seldom. */
export function useLiveArticles(pages: number): void {
  const gap = GAP_MS + GAP_PER_PAGE_MS * Math.max(0, pages - 1)
  useEffect(() => {
    let timer: number | null = null
    let first = true
    const read = () => {
      timer = null
      for (const key of ['articles', 'connections']) void data.invalidateQueries({ queryKey: [key] }, { cancelRefetch: false })
    }
    const stop = listen(
      watchArticles,
      () => {
        // The first thing said is that somebody listens.
        if (!first) timer ??= window.setTimeout(read, gap)
        first = false
      },
      () => {},
    )
    return () => {
      stop()
      if (timer !== null) window.clearTimeout(timer)
    }
  }, [gap])
}

function listen(open: () => EventSource, hear: (said: string) => void, lost: () => void): () => void {
  let source: EventSource | null = null
  const leave = () => {
    source?.close()
    source = null
    lost()
  }
  const enter = () => {
    leave()
    if (document.hidden) return
    source = open()
    source.addEventListener('page', (event: MessageEvent<string>) => hear(event.data))
    source.addEventListener('error', lost)
  }
  enter()
  document.addEventListener('visibilitychange', enter)
  return () => {
    document.removeEventListener('visibilitychange', enter)
    leave()
  }
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
