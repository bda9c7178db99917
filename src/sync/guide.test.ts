/** The guide's ticks, from what the remote answered. */
import { describe, expect, test } from 'vitest'
import { ticksOf } from './guide.ts'

const subscribed = (...states: string[]) =>
  ticksOf({
    listener: { state: 'active', health: null, manyPlaces: false, subscribed: { topics: states.map((state) => ({ topic: 't', state, said: null })) } },
    places: 0,
    links: [],
    called: false,
    fetched: false,
  }).has('subscribed')

describe('the step of the webhooks', () => {
  test('is done once one stands, whatever the shop has no event or no right for', () => {
    expect(subscribed('created', 'not-granted', 'not-offered')).toBe(true)
    expect(subscribed('not-offered')).toBe(true)
  })
  test('is not done while nothing stands, or another integration listens with our key', () => {
    expect(subscribed()).toBe(false)
    expect(subscribed('not-granted')).toBe(false)
    expect(subscribed('created', 'foreign')).toBe(false)
  })
})
