/** How a stream of changes is fed: as fast as it is read, alive when there is nothing to say. */
import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { noBell } from '../db/open.ts'
import { fakeClock } from '../kit/clock.ts'
import { silentLog } from '../kit/log.ts'
import { HEARTBEAT_MS, openChangeStreams, type StreamedPage } from './change-streams.ts'

const page = (n: number, items: unknown[] = [], hasMore = false): StreamedPage => ({ items, nextCursor: `c${n}`, hasMore })
const nobody = { companyId: 1, viewId: 2, actor: 'key:3', after: null, once: false }

test('a reader that takes nothing costs one page: the next is read when the one before has left', async () => {
  const streams = openChangeStreams({ clock: fakeClock(), log: silentLog }, noBell)
  let reads = 0
  const stream = await streams.open({ ...nobody, read: async () => page(++reads, [{ filler: 'x'.repeat(100_000) }], true) })
  const chunks = stream[Symbol.asyncIterator]()
  for (let n = 0; n < 3; n++) await chunks.next()
  for (let n = 0; n < 20; n++) await setImmediate()
  expect(reads).toBeLessThanOrEqual(5)
  stream.destroy()
})

test('while nothing happens it says every fifteen seconds that it lives, and looks; it ends when it may no longer be read', async () => {
  const clock = fakeClock()
  const streams = openChangeStreams({ clock, log: silentLog }, noBell)
  const asked: (string | null)[] = []
  let mayRead = true
  const stream = await streams.open({
    ...nobody,
    after: 'c0',
    async read(after) {
      asked.push(after)
      if (!mayRead) throw new Error('revoked')
      return page(asked.length, asked.length === 3 ? ['late'] : [])
    },
  })
  const said: string[] = []
  const all = (async () => {
    for await (const chunk of stream) said.push(String(chunk))
  })()
  const beat = async () => {
    while (clock.nextDueAt() === null) await setImmediate()
    clock.advance(HEARTBEAT_MS)
  }
  await beat()
  await beat()
  await beat()
  mayRead = false
  await beat()
  await all
  expect(asked.slice(0, 3)).toEqual(['c0', 'c1', 'c2'])
  expect(said.filter((text) => text === ': \n\n').length).toBeGreaterThanOrEqual(2)
  expect(said.find((text) => text.startsWith('id: '))).toBe(`id: c3\ndata: ${JSON.stringify(page(3, ['late']))}\n\n`)
})

test('a stop ends what is open and opens nothing more', async () => {
  const streams = openChangeStreams({ clock: fakeClock(), log: silentLog }, noBell)
  const stream = await streams.open({ ...nobody, read: async () => page(1) })
  const ended = (async () => {
    for await (const _ of stream);
  })()
  streams.close()
  await ended
  await expect(streams.open({ ...nobody, read: async () => page(1) })).rejects.toMatchObject({ code: 'unavailable' })
})
