/** "Why isn't it in sync?": one answer for one article over everything, and what it says to press makes it go away. */
import { afterEach, expect, test } from 'vitest'
import type { Answer } from '../../src/web/contract/routes.ts'
import { type ToyStand, toyStand } from './toy-stand.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})
async function open(numbers: string[]): Promise<ToyStand> {
  const stand = await toyStand(numbers)
  closing.push(() => stand.close())
  return stand
}
const ask = (stand: ToyStand, number: string): Promise<Answer<'articles.sync'>> => stand.owner.does('articles.sync', { params: { articleId: stand.ids[number] ?? 0 } })

test('all is well, then a sale is on its way: it says since when and that nothing is to be done', async () => {
  const stand = await open(['KOPP'])
  expect(await ask(stand, 'KOPP')).toMatchObject({
    standing: 'in-sync',
    lines: [{ name: 'Webben', role: 'webshop', about: 'stock', code: 'in-sync', facts: { ours: 10, theirs: 10 }, action: null }],
  })
  await stand.owner.does('sales.register', { body: { ref: 'k1', locationId: stand.owner.locationId, lines: [{ articleNumber: 'KOPP', quantity: 1 }] } })
  expect(await ask(stand, 'KOPP')).toMatchObject({
    standing: 'waiting',
    lines: [{ code: 'waiting', since: stand.web.clock.now().toISOString(), facts: { ours: 9, theirs: 10 }, action: 'wait' }],
  })
  await stand.settle()
  expect((await ask(stand, 'KOPP')).standing).toBe('in-sync')
})

test('what it says to press makes it go away: the box, the connection that stands still; a view says that nobody ever fetched', async () => {
  const stand = await open(['KOPP', 'FAT'])
  const articleIds = [stand.ids.KOPP ?? 0]
  await stand.owner.does('connections.box', { params: stand.at, body: { boxed: false, articleIds } })
  expect(await ask(stand, 'KOPP')).toMatchObject({ standing: 'left-alone', lines: [{ code: 'not-boxed', action: 'tick' }] })
  await stand.owner.does('connections.box', { params: stand.at, body: { boxed: true, articleIds } })
  await stand.settle()
  expect((await ask(stand, 'KOPP')).standing).toBe('in-sync')

  await stand.owner.does('connections.pause', { params: stand.at, body: {} })
  expect(await ask(stand, 'FAT')).toMatchObject({ standing: 'needs-somebody', lines: [{ about: 'connection', code: 'paused', action: 'open' }] })
  await stand.owner.does('connections.resume', { params: stand.at, body: {} })
  await stand.settle()
  expect((await ask(stand, 'FAT')).standing).toBe('in-sync')

  const { id: viewId } = await stand.owner.does('views.make', { body: { name: 'Kassan' } })
  const inView = async () => (await ask(stand, 'FAT')).lines.filter(({ role }) => role === 'view')
  const [before] = await inView()
  if (before?.action === 'link') await stand.owner.does('views.link', { params: { viewId }, body: { products: [Number(before.facts.productId)] } })
  expect((await inView()).map(({ code, action }) => [code, action])).toContainEqual(['never-polled', 'view'])
})
