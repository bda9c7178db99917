/**
 * e-conomic's webhooks: a line of text that a superuser typed in, with a number put in its place. Nothing signs it, so it comes to an address nobody can guess, and all it can
 * bring about is that we look. `type=stockUpdate&username=shop1&password=...&number=0571527051`
 */
import type { Connector, RemoteEvent, StoredHook } from '../contract.ts'
import { documentRef } from './refs.ts'
import type { EconomicSettings } from './settings.ts'

export const TYPES = ['stockUpdate', 'orderPdf'] as const

/** The connection's address let it in; what it names is read here. A place that was never filled in is a mistake in the set-up, and named as such. */
export const verifyHook: Connector<EconomicSettings>['verifyHook'] = ({ query, body }) => {
  const said = readCall(query.toString(), body)
  if (said === null) return { kind: 'forged', why: 'nothing-named' }
  if (said.number === '[NUMBER]' || said.number === '[INVOICENO]') return { kind: 'forged', why: 'placeholder-left' }
  return { kind: 'verified', deliveryKey: null, topic: said.type, version: null }
}

/** The payload is a hint (R40): a number to be read, a document to be fetched. */
export function translateHook(hook: StoredHook, settings: EconomicSettings): RemoteEvent[] {
  const said = readCall('', hook.body)
  if (said === null || hook.topic !== said.type) return []
  if (said.type === 'orderPdf') return /^[1-9]\d{0,8}$/.test(said.number) ? [{ kind: 'look', feed: 'invoices', key: documentRef('booked', Number(said.number)) }] : []
  if (settings.stock !== 'webhook' || settings.rackbeat) return []
  return [...new Set([said.number, said.plain])].map((key) => ({ kind: 'look', feed: 'stock', key }))
}

interface Call {
  type: (typeof TYPES)[number]
  number: string
  /** The same where nobody had put it in the form of an address: `A+B` is `A+B`. */
  plain: string
}

/** From a form, from JSON, or from behind the address (what is stored of such a call is its query, as the body). Null = it names nothing. */
export function readCall(query: string, body: Uint8Array): Call | null {
  const text = Buffer.from(body).toString('utf8')
  const said = { ...pairsOf(query), ...(jsonOf(text) ?? pairsOf(text)) }
  const type = TYPES.find((each) => each === said.type)
  return type === undefined || !said.number ? null : { type, number: said.number, plain: said.plain ?? said.number }
}

/** The number stands last, so what follows it is all its own: it may hold `&`, `=` and `#`. */
function pairsOf(text: string): Record<string, string> {
  const cut = text.replace(/[\r\n]+$/, '')
  const at = cut.startsWith('number=') ? 0 : cut.lastIndexOf('&number=')
  if (at < 0) return Object.fromEntries(new URLSearchParams(cut))
  const tail = cut.slice(at).replace(/^&?number=/, '')
  return { ...Object.fromEntries(new URLSearchParams(cut.slice(0, at))), number: decoded(tail.replaceAll('+', ' ')), plain: decoded(tail) }
}
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function jsonOf(text: string): Record<string, string> | null {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
    return Object.fromEntries(Object.entries(value).flatMap(([name, each]) => (typeof each === 'string' || Number.isSafeInteger(each) ? [[name, String(each)]] : [])))
  } catch {
    return null
  }
}
