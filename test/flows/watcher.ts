/** Reads a stream of server-sent events as a browser does, and waits for what it says. */

export interface Watcher<T> {
  status: number
  /** The id of the event that was said last; null = none had one. */
  lastId(): string | null
  /** The next page that is said; null when the stream has ended. Signs of life are passed over. */
  next(): Promise<T | null>
  /** The first page from here on for which this holds. Throws when the stream ends before. */
  until(holds: (page: T) => boolean): Promise<T>
  close(): void
}

export async function watch<T>(address: string, headers: Record<string, string>): Promise<Watcher<T>> {
  const leaving = new AbortController()
  const answer = await fetch(address, { headers: { accept: 'text/event-stream', ...headers }, signal: leaving.signal })
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  let read = ''
  let lastId: string | null = null
  async function next(): Promise<T | null> {
    for (;;) {
      const end = read.indexOf('\n\n')
      if (end >= 0) {
        const lines = read.slice(0, end).split('\n')
        read = read.slice(end + 2)
        const data = lines.find((line) => line.startsWith('data: '))
        lastId = lines.find((line) => line.startsWith('id: '))?.slice(4) ?? lastId
        if (data !== undefined) return JSON.parse(data.slice(6)) as T
        continue
      }
      const { value, done } = (await reader?.read()) ?? { value: undefined, done: true }
      if (done) return null
      read += value ?? ''
    }
  }
  return {
    status: answer.status,
    lastId: () => lastId,
    next,
    async until(holds) {
      for (;;) {
        const page = await next()
        if (page === null) throw new Error('the stream ended')
        if (holds(page)) return page
      }
    },
    close: () => leaving.abort(),
  }
}
