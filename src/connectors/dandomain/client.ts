/**
 * The only file that calls the shop: SOAP over HTTPS, one session at a time, the pace, and what every kind of answer means. A session holds which fields
 * are told, so a new one is told them again before anything is asked.
 */

import type { z } from 'zod'
import { pacing } from '../../kit/pacing.ts'
import { type Priority, RemoteError, type Tools } from '../contract.ts'
import { type Executed, failedToReach, failedWithFault, failedWithStatus } from './failing.ts'
import type { DandomainSettings } from './settings.ts'
import { envelope, type Operation, readAnswer, type SoapFault, type Version } from './soap.ts'
import type { Value } from './xml.ts'

/** Under the 10 s that a turn allows for one request (R10). */
const TIMEOUT_MS = 8_000
/** No limit of the service is documented; five a second is what the shop's newer interface asks for. */
const PACE = { atOnce: 1, perSecond: 5 }

/** Never `Solution_SetEncoding`: the answers are UTF-8 already, and whoever asks for it gets everything encoded twice. */
const FIELDS: readonly Operation[] = [
  { name: 'Product_SetFields', args: { Fields: 'Id,ItemNumber,Title,Stock,StockLocations,Variants' } },
  { name: 'Product_SetVariantFields', args: { Fields: 'Id,ProductId,ItemNumber,Title,Stock,StockLocations' } },
  {
    name: 'Order_SetFields',
    args: { Fields: 'Id,Status,Total,Vat,InvoiceNumber,ReferenceNumber,Origin,DateDelivered,DateSent,DateUpdated,Currency,Customer,OrderLines' },
  },
  { name: 'Order_SetOrderLineFields', args: { Fields: 'Id,ProductId,VariantId,ItemNumber,Amount,Price,VatRate,ProductTitle,VariantTitle,StockLocationId' } },
]

export interface Client {
  /** Throws RemoteError; `strange` when the answer has another shape. A lost session is opened again once, and only a question is repeated in it. */
  ask<T>(shape: z.ZodType<T>, operation: Operation, priority: Priority): Promise<T>
}

export function openClient(settings: DandomainSettings, tools: Tools): Client {
  const paced = pacing(tools.clock, PACE)
  const said = (text: string) => [settings.password, settings.username].reduce((all, secret) => all.replaceAll(secret, '…'), text).slice(0, 200)
  let version: Version = '1.2'
  let session: Promise<string> | null = null

  async function post(operation: Operation, cookie: string | null, priority: Priority): Promise<{ answer: { value: Value } | SoapFault; cookie: string | null }> {
    const { headers, body } = envelope(version, operation)
    const sent = { ...headers, accept: 'application/soap+xml, text/xml', 'user-agent': 'Lagerbro', ...(cookie === null ? {} : { cookie }) }
    const lost = lostBy(operation)
    const answer = await paced(priority === 'live', () =>
      tools
        .http(settings.address, { method: 'POST', headers: sent, body, timeoutMs: TIMEOUT_MS, label: operation.name })
        .catch((error: unknown) => Promise.reject(failedToReach(error, lost))),
    )
    const read = answer.status === 429 ? null : readAnswer(operation.name, answer.body)
    // A fault is said in the body under whatever status; without such a body the status is all there is.
    if (read === null) throw failedWithStatus(answer.status, answer.headers, lost)
    const given = /\b(PHPSESSID=[^;,\s]+)/.exec(answer.headers['set-cookie'] ?? '')?.[1] ?? null
    return { answer: read.kind === 'fault' ? read.fault : { value: read.value }, cookie: given }
  }

  /** The session's cookie. Only the settings can be wrong here, or the user's rights. */
  async function connect(): Promise<string> {
    const { username, password } = settings
    const operation = { name: 'Solution_Connect', args: { Username: username, Password: password } }
    let first = await post(operation, null, 'live')
    if ('code' in first.answer && first.answer.code === 'VersionMismatch') {
      version = version === '1.2' ? '1.1' : '1.2'
      first = await post(operation, null, 'live')
    }
    const { answer, cookie } = first
    if ('code' in answer && answer.code !== 'AUTH') throw failedWithFault(answer, said, 'no')
    if ('code' in answer || !isTrue(answer.value)) throw new RemoteError('denied', 'login-wrong', 'the shop did not let us in', { executed: 'no' })
    if (cookie === null) throw new RemoteError('strange', 'answer-unreadable', 'the shop opened no session', { executed: 'no' })
    for (const each of FIELDS) {
      const { answer: told } = await post(each, cookie, 'live')
      if ('code' in told) throw failedWithFault(told, said, 'no')
    }
    return cookie
  }

  async function inSession(operation: Operation, priority: Priority): Promise<{ value: Value } | SoapFault> {
    session ??= connect()
    const current = session
    const cookie = await current.catch((error: unknown) => {
      if (session === current) session = null
      throw error
    })
    const { answer } = await post(operation, cookie, priority)
    if ('code' in answer && answer.code === 'AUTH' && session === current) session = null
    return answer
  }

  return {
    async ask(shape, operation, priority) {
      const lost = lostBy(operation)
      let answer = await inSession(operation, priority)
      if ('code' in answer && answer.code === 'AUTH' && lost === 'no') answer = await inSession(operation, priority)
      if ('code' in answer) throw failedWithFault(answer, said, lost)
      const checked = shape.safeParse(answer.value)
      if (checked.success) return checked.data
      const where = checked.error.issues[0]?.path.map(String).join('.') ?? ''
      throw new RemoteError('strange', 'answer-unreadable', `the answer to ${operation.name} has another shape`, { executed: lost, facts: { document: operation.name, where } })
    },
  }
}

const isTrue = (value: Value): boolean => value === 'true' || value === '1'
/** A lost question did nothing. */
const lostBy = ({ name }: Operation): Executed => (/_(Update|Upload)/.test(name) ? 'unknown' : 'no')
