import { expect, test } from 'vitest'
import { fakeClock } from '../kit/clock.ts'
import { openCourtesy, type Place, type Size } from './courtesy.ts'

const [FLOODER, OTHER, THIRD] = [1, 2, 3]

/** Eight connections, one piece of big work at a time; `began` says who was let in, in order. */
function desk() {
  const clock = fakeClock()
  const courtesy = openCourtesy(8, clock, 1)
  const began: string[] = []
  const places = new Map<string, Place>()
  return {
    clock,
    began,
    async ask(name: string, companyId: number, size: Size): Promise<void> {
      void courtesy.enter(companyId, size).then((place) => {
        began.push(name)
        places.set(name, place)
      })
      await settled()
    },
    async leave(name: string): Promise<void> {
      places.get(name)?.leave()
      await settled()
    },
    /** Asks to go on with the next part; true once it may. */
    giveWay(name: string): { goesOn: boolean } {
      const it = { goesOn: false }
      void places
        .get(name)
        ?.giveWay()
        .then(() => {
          it.goesOn = true
        })
      return it
    },
  }
}
const settled = async () => {
  for (let n = 0; n < 10; n++) await Promise.resolve()
}

test('S12: one company never holds more than half of the connections, so that another is let in at once', async () => {
  const on = desk()
  for (let n = 1; n <= 20; n++) await on.ask(`flood ${n}`, FLOODER, 'small')
  await on.ask('sale', OTHER, 'small')
  expect(on.began).toEqual(['flood 1', 'flood 2', 'flood 3', 'flood 4', 'sale'])
  await on.leave('flood 2')
  expect(on.began.at(-1)).toBe('flood 5')
})

test('S12: companies are let in by turns when all want more than there is', async () => {
  const on = desk()
  for (const company of [FLOODER, OTHER]) for (let n = 1; n <= 5; n++) await on.ask(`${company}.${n}`, company, 'small')
  await on.ask('3.1', THIRD, 'small')
  expect(on.began).toHaveLength(8)
  await on.leave('1.1')
  await on.leave('1.2')
  expect(on.began.slice(8)).toEqual(['3.1', '1.5'])
})

test('S12: big work is done one at a time, companies in turn', async () => {
  const on = desk()
  for (let n = 1; n <= 3; n++) await on.ask(`flood ${n}`, FLOODER, 'big')
  await on.ask('delivery', OTHER, 'big')
  expect(on.began).toEqual(['flood 1'])
  await on.leave('flood 1')
  await on.leave('delivery')
  await on.leave('flood 2')
  expect(on.began).toEqual(['flood 1', 'delivery', 'flood 2', 'flood 3'])
})

test("S12: before each part big work waits until the others' small work is done", async () => {
  const on = desk()
  await on.ask('flood', FLOODER, 'big')
  await on.ask('sale', OTHER, 'small')
  const part = on.giveWay('flood')
  await settled()
  expect(part.goesOn).toBe(false)
  await on.leave('sale')
  expect(part.goesOn).toBe(true)
})

test('S12: big work goes on after a while, however much the others have in hand', async () => {
  const on = desk()
  await on.ask('flood', FLOODER, 'big')
  await on.ask('sale', OTHER, 'small')
  const part = on.giveWay('flood')
  on.clock.advance(1_000)
  await settled()
  expect(part.goesOn).toBe(true)
})

test("S12: a company's own small work is not waited for: it may be waiting for these very rows", async () => {
  const on = desk()
  await on.ask('delivery', FLOODER, 'big')
  await on.ask('own sale', FLOODER, 'small')
  const part = on.giveWay('delivery')
  await settled()
  expect(part.goesOn).toBe(true)
})

test('S12: two floods that turn out to be big do not wait for each other', async () => {
  const on = desk()
  await on.ask('one', FLOODER, 'small')
  await on.ask('two', OTHER, 'small')
  const first = on.giveWay('one')
  const second = on.giveWay('two')
  await settled()
  expect([first.goesOn, second.goesOn]).toEqual([true, true])
})
