/** SOAP 1.1 and 1.2 around the operations: read in the version asked, answered in the same one. */
import type { SimAnswer } from '../kit.ts'
import { type Element, escaped, readXml, XmlError } from './xml.ts'

export const SERVICE = 'https://api.hostedshop.io/service.php'
const ENVELOPES = { '1.1': 'http://schemas.xmlsoap.org/soap/envelope/', '1.2': 'http://www.w3.org/2003/05/soap-envelope' } as const
export type Version = keyof typeof ENVELOPES

/** What stands in an argument; null = said to be nil. */
export type Value = string | null | Value[] | { [name: string]: Value }
export interface Asked {
  version: Version
  operation: string
  args: Record<string, Value>
}
/** `code` as the service's own list has it (AUTH, PARAM ...), or PHP's. */
export class Fault extends Error {
  readonly code: string
  constructor(code: string, reason: string) {
    super(reason)
    this.code = code
  }
}

const declared = (text: string): Version => (text.includes(ENVELOPES['1.2']) ? '1.2' : '1.1')

/** Throws Fault. */
export function readAsked(raw: Buffer): Asked {
  const text = raw.toString('utf8')
  const version = declared(text.slice(0, 2000))
  let envelope: Element
  try {
    envelope = readXml(text)
  } catch (error) {
    if (error instanceof XmlError) throw new Fault('Sender', 'Bad Request')
    throw error
  }
  const body = envelope.name === 'Envelope' ? envelope.children.find((each) => each.name === 'Body') : undefined
  const asked = body?.children[0]
  if (asked === undefined) throw new Fault('Sender', 'Bad Request')
  return { version, operation: asked.name, args: Object.fromEntries(asked.children.map((each) => [each.name, saidIn(each)])) }
}
export const versionOf = (raw: Buffer): Version => declared(raw.subarray(0, 2000).toString('utf8'))

function saidIn(element: Element): Value {
  if (['true', '1'].includes(element.attributes['xsi:nil'] ?? element.attributes.nil ?? '')) return null
  if (element.children.length === 0) return element.text
  if (element.children.every((each) => each.name === 'item')) return element.children.map(saidIn)
  return Object.fromEntries(element.children.map((each) => [each.name, saidIn(each)]))
}

/** How what is empty is said: left out, as an empty element, or as nil. */
export type Empty = 'omitted' | 'element' | 'nil'

export function answerOf(version: Version, operation: string, result: unknown, { empty, qualified }: { empty: Empty; qualified: boolean }): SimAnswer {
  const prefix = qualified ? 'ns1:' : ''
  const inside = result === undefined ? '' : written(`${prefix}${operation}Result`, result, empty === 'omitted' ? 'element' : empty, empty)
  return wrapped(200, version, `<ns1:${operation}Response>${inside}</ns1:${operation}Response>`)
}

function written(name: string, value: unknown, itself: Empty, below: Empty): string {
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0))
    return itself === 'omitted' ? '' : itself === 'nil' ? `<${name} xsi:nil="true"/>` : `<${name}/>`
  if (Array.isArray(value)) return `<${name}>${value.map((each) => written('item', each, 'element', below)).join('')}</${name}>`
  if (typeof value === 'object') {
    const fields = Object.entries(value).map(([field, each]) => written(field, each, below, below))
    return `<${name}>${fields.join('')}</${name}>`
  }
  return `<${name}>${escaped(String(value))}</${name}>`
}

/** The service's own code stands in Subcode; PHP's, and a few of the service's, in Code. */
export function faultOf(version: Version, fault: Fault, status: number): SimAnswer {
  const isOwn = /^[A-Z]+$/.test(fault.code) && fault.code !== 'PRODUCT'
  const reason = escaped(fault.message)
  const code = version === '1.1' ? `SOAP-ENV:${fault.code === 'Sender' ? 'Client' : fault.code === 'Receiver' ? 'Server' : fault.code}` : `env:${isOwn ? 'Sender' : fault.code}`
  const body =
    version === '1.1'
      ? `<SOAP-ENV:Fault><faultcode>${code}</faultcode><faultstring>${reason}</faultstring></SOAP-ENV:Fault>`
      : `<env:Fault><env:Code><env:Value>${code}</env:Value>${isOwn ? `<env:Subcode><env:Value>${fault.code}</env:Value></env:Subcode>` : ''}</env:Code><env:Reason><env:Text xml:lang="en">${reason}</env:Text></env:Reason></env:Fault>`
  return wrapped(status, version, body)
}

function wrapped(status: number, version: Version, body: string): SimAnswer {
  const prefix = version === '1.1' ? 'SOAP-ENV' : 'env'
  const names = `xmlns:${prefix}="${ENVELOPES[version]}" xmlns:ns1="${SERVICE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"`
  return {
    status,
    headers: { 'content-type': version === '1.1' ? 'text/xml; charset=utf-8' : 'application/soap+xml; charset=utf-8' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<${prefix}:Envelope ${names}><${prefix}:Body>${body}</${prefix}:Body></${prefix}:Envelope>\n`,
  }
}
