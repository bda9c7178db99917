import { expect, test } from 'vitest'
import { gather } from './gather.ts'

test('what comes in while something is stored is stored together, in order, and each hears of its own', async () => {
  const store = gather<number>()
  const groups: number[][] = []
  const release: (() => void)[] = []
  const slowly = (group: number[]) =>
    new Promise<void>((resolve) => {
      groups.push(group)
      release.push(resolve)
    })
  const all = [1, 2, 3].map((n) => store('shop', n, slowly))
  const other = store('another shop', 9, slowly)
  expect(groups).toEqual([[1], [9]])
  for (const go of release.splice(0)) go()
  await all[0]
  await other
  expect(groups).toEqual([[1], [9], [2, 3]])
  for (const go of release.splice(0)) go()
  await Promise.all(all)
  const later = store('shop', 4, async (group) => void groups.push(group))
  await later
  expect(groups.at(-1)).toEqual([4])
})

test('one that can not be stored refuses only itself', async () => {
  const store = gather<string>()
  const stored: string[] = []
  const write = async (group: string[]) => {
    if (group.includes('bad')) throw new Error('no')
    stored.push(...group)
  }
  const answers = await Promise.allSettled(['a', 'b', 'bad', 'c'].map((each) => store('shop', each, write)))
  expect(answers.map((a) => a.status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
  expect(stored).toEqual(['a', 'b', 'c'])
})
