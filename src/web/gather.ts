/** What comes in while something is being stored waits for it and is stored together: one commit for many, and nobody waits longer than for two. */

/** Stores a group; resolves when it is committed. */
export type Store<T> = (group: T[]) => Promise<void>

const MOST = 100

/** One queue per key. A group that can't be stored is tried one by one, so that one bad thing refuses only itself. */
export function gather<T>(): (key: string, thing: T, store: Store<T>) => Promise<void> {
  const queues = new Map<string, { thing: T; done: () => void; failed: (error: unknown) => void }[]>()

  async function drain(key: string, store: Store<T>): Promise<void> {
    for (let queue = queues.get(key) ?? []; queue.length > 0; queue = queues.get(key) ?? []) {
      const group = queue.splice(0, MOST)
      try {
        await store(group.map((each) => each.thing))
        for (const each of group) each.done()
      } catch (error) {
        if (group.length === 1) group[0]?.failed(error)
        else for (const each of group) await store([each.thing]).then(each.done, each.failed)
      }
    }
    queues.delete(key)
  }

  return (key, thing, store) =>
    new Promise((done, failed) => {
      const queue = queues.get(key)
      if (queue !== undefined) return void queue.push({ thing, done, failed })
      queues.set(key, [{ thing, done, failed }])
      void drain(key, store)
    })
}
