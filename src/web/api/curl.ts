/** A journaled call as a command line. Built from what the journal kept, which holds no secret; the key is a variable whoever runs it must set. Pure. */
import { z } from 'zod'
import type { Connector } from '../../connectors/contract.ts'

/** As sync/calls writes it. */
const journaled = z.object({ method: z.string(), url: z.string(), headers: z.record(z.string(), z.string()), body: z.unknown() })
/** As sync/redact cuts what is too long. */
const cut = z.strictObject({ cut: z.string(), length: z.number() })

/** Where sync/redact left the rest of a long list out. */
const SHORTENED = /"and \d+ more"/

/** Null when the call wasn't kept whole. */
export function curlOf(label: string, request: unknown, byHand: Connector<unknown>['byHand'] | null): string | null {
  const read = journaled.safeParse(request)
  if (!read.success || cut.safeParse(read.data.body).success || SHORTENED.test(JSON.stringify(read.data.body) ?? '')) return null
  const { method, url, headers, body } = read.data
  const address = byHand?.inAddress === undefined ? quoted(url) : quoted(url).replace(`${byHand.inAddress}=[kept out]`, `${byHand.inAddress}='"$${byHand.variable}"'`)
  const parts = [`curl -X ${quoted(method)} ${address}`, ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`)]
  const document = byHand?.documents[label]
  // Double quotes, so that the shell puts the variable in; what stands in it is the connector's own constant.
  if (byHand && document !== undefined) parts.push(`-H "${byHand.header}: ${byHand.before}$${byHand.variable}"`)
  const whole = document === undefined || typeof body !== 'object' || body === null ? body : { query: document, ...body }
  if (whole !== null && whole !== undefined) parts.push(`--data ${quoted(typeof whole === 'string' ? whole : JSON.stringify(whole))}`)
  return parts.join(' \\\n  ')
}

/** One word for the shell, whatever is in it. */
export const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
