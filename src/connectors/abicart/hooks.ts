/**
 * Abicart's events: thin form posts that nothing signs. Each event has an address of its own that nobody can guess, the shop's id must be ours, and
 * all an event can bring about is that we look at the order it names.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Connector, RemoteEvent, StoredHook } from '../contract.ts'
import type { AbicartSettings } from './settings.ts'

/** For "a new order", in the order they are tried: which of them a shop has isn't documented. */
export const PLACED = ['Order/created', 'Order/placed', 'Order/ordered', 'Order/changed'] as const
/** What else tells us something. */
export const OTHERS = ['Order/discarded', 'Order/paid'] as const
const ALL: readonly string[] = [...new Set([...PLACED, ...OTHERS])]

/** 192 bits that follow from the key and the connection's own address: nothing has to be kept, and no event's tail tells another's. */
export const tailOf = ({ apiKey }: Pick<AbicartSettings, 'apiKey'>, address: string, eventName: string): string =>
  createHmac('sha256', apiKey).update(`${address} ${eventName}`).digest().subarray(0, 24).toString('base64url')

export const verifyHook: Connector<AbicartSettings>['verifyHook'] = ({ address, tail, body }, settings) => {
  // All of them are compared, however soon one fits.
  const fitting = ALL.filter((name) => isSame(tail ?? '', tailOf(settings, address, name)))
  const topic = fitting[0]
  if (topic === undefined) return { kind: 'forged', why: 'address-wrong' }
  const said = formOf(body)
  if (said.get('webshop') !== settings.shopId) return { kind: 'forged', why: 'other-shop' }
  if (!/^\d{1,30}$/.test(said.get('uid') ?? '')) return { kind: 'forged', why: 'nothing-named' }
  return { kind: 'verified', deliveryKey: null, topic, version: null }
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** What it says of an order; any other class says nothing to us. */
export function translateHook(hook: StoredHook): RemoteEvent[] {
  if (!ALL.includes(hook.topic)) return []
  const said = formOf(hook.body)
  const uid = said.get('uid')
  return (said.get('class') ?? 'Order') === 'Order' && uid !== null ? [{ kind: 'look', feed: 'orders', key: uid }] : []
}

const formOf = (body: Uint8Array): URLSearchParams => new URLSearchParams(Buffer.from(body).toString('utf8'))
