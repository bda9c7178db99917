/** SOAP around an operation: the envelope that is sent, and what an answer says. Pure. */
import { type Argument, inside, readXml, type Value, valueIn, written } from './xml.ts'

export const SERVICE = 'https://api.hostedshop.io/service.php'
const ENVELOPES = { '1.1': 'http://schemas.xmlsoap.org/soap/envelope/', '1.2': 'http://www.w3.org/2003/05/soap-envelope' } as const
export type Version = keyof typeof ENVELOPES

/** Arguments by name, in the order the service has them. */
export interface Operation {
  name: string
  args: Readonly<Record<string, Argument>>
}
/** `code`: the service's own where it says one (AUTH, PARAM), else SOAP's. */
export interface SoapFault {
  code: string
  reason: string
}
export type Answer = { kind: 'result'; value: Value } | { kind: 'fault'; fault: SoapFault }

export function envelope(version: Version, { name, args }: Operation): { headers: Record<string, string>; body: string } {
  const inner = Object.entries(args).map(([arg, value]) => written(arg, value))
  const action = `${SERVICE}#${name}`
  return {
    headers:
      version === '1.1' ? { 'content-type': 'text/xml; charset=utf-8', soapaction: `"${action}"` } : { 'content-type': `application/soap+xml; charset=utf-8; action="${action}"` },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<env:Envelope xmlns:env="${ENVELOPES[version]}"><env:Body><ws:${name} xmlns:ws="${SERVICE}">${inner.join('')}</ws:${name}></env:Body></env:Envelope>`,
  }
}

/** Null when it is no answer to this operation. */
export function readAnswer(name: string, text: string): Answer | null {
  const root = readXml(text)
  const body = root?.name === 'Envelope' ? inside(root, 'Body') : undefined
  const fault = inside(body, 'Fault')
  if (fault !== undefined) {
    const code = inside(fault, 'Code', 'Subcode', 'Value') ?? inside(fault, 'Code', 'Value') ?? inside(fault, 'faultcode')
    const reason = inside(fault, 'Reason', 'Text') ?? inside(fault, 'faultstring')
    return { kind: 'fault', fault: { code: (code?.text ?? '').split(':').at(-1)?.trim() ?? '', reason: reason?.text.trim() ?? '' } }
  }
  const response = inside(body, `${name}Response`)
  if (response === undefined) return null
  const result = inside(response, `${name}Result`)
  return { kind: 'result', value: result === undefined ? null : valueIn(result) }
}
