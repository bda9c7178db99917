/**
 * e-conomic's webhooks: a line of text that a superuser typed in, with a number put in its place. Nothing signs it, so it comes to an address nobody can guess, and all it can
 * bring about is that we look. `type=stockUpdate&username=shop1&password=...&number=0571527051`
 */
import type { CalledAt, Connector, RemoteEvent, StoredHook } from '../contract.ts'
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

/** The secret may go in a header instead of the address, where e-conomic's own interface for webhooks is used: an address stands in logs. */
const HEADER = 'X-Lagerbro-Code'
const PLACEHOLDERS = ['[NUMBER]', '[INVOICENO]', '[NEWNUMBER]', '[OLDNUMBER]']

/** `/webhooks.php`, as the guide for DanDomain Webshop has it: one address for everybody, a code in what is sent. */
export const calledAt: CalledAt<EconomicSettings> = {
  path: '/webhooks.php',
  mine: ({ params }) => TYPES.some((each) => each === params.type),
  who: ({ params, headers }) => ({ user: params.username ?? '', code: params.password ?? headers[HEADER.toLowerCase()] ?? '' }),
  read({ params, raw }, settings) {
    const tail = raw.map(pairsOf).find((pairs) => pairs.plain !== undefined)
    const number = (tail?.number ?? params.number ?? '').replace(/[\r\n]+$/, '')
    if (number === '') return { kind: 'wrong', said: 'number is missing' }
    if (PLACEHOLDERS.includes(number))
      return { kind: 'wrong', said: `number is still ${number}: e-conomic puts the real one in when it calls; to try it here, write an item number instead` }
    if (params.type === 'orderPdf')
      return /^[1-9]\d{0,8}$/.test(number)
        ? { kind: 'look', feed: 'invoices', key: documentRef('booked', Number(number)), also: [] }
        : { kind: 'wrong', said: 'number is no invoice number' }
    // Answered as taken, so that nothing is sent again, and in other words than a call that is.
    const off = settings.rackbeat ? 'Ignored: stock is kept in Rackbeat' : settings.stock !== 'webhook' ? 'Ignored: stock webhook is off' : null
    if (off !== null) return { kind: 'ignored', feed: 'stock', key: number, said: off }
    return { kind: 'look', feed: 'stock', key: number, also: [...new Set([tail?.plain ?? number, params.number ?? number])].filter((other) => other !== number) }
  },
  form: { type: 'Type', name: 'Navn', address: 'Url', data: 'Sendte data', save: 'Gem' },
  lines: (user, code) =>
    TYPES.map((type) => {
      const placeholder = type === 'stockUpdate' ? '[NUMBER]' : '[INVOICENO]'
      return {
        code: type,
        title: titles[type],
        type: type === 'stockUpdate' ? 'Varelager opdateret' : 'Faktura bogført',
        placeholder,
        data: `type=${type}&username=${user}&password=${code}&number=${placeholder}`,
        inHeader: { data: `type=${type}&username=${user}&number=${placeholder}`, header: HEADER, value: code },
      }
    }),
}
/** What each is for. */
const titles = {
  stockUpdate: { sv: 'Lagerantal', nb: 'Lagerantall', da: 'Lagerantal', en: 'Stock' },
  orderPdf: { sv: 'Faktura som PDF', nb: 'Faktura som PDF', da: 'PDF-faktura', en: 'PDF invoice' },
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
