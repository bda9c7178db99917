/** How the simulator's own tests talk to it: SOAP over HTTP, as any integration would. */
import type { DandomainSim } from './dandomain.ts'
import { type Element, escaped, readXml } from './xml.ts'

/** An array becomes its items, null says it is nil. */
export type Argument = string | number | boolean | null | number[] | { [name: string]: string | number }
export interface How {
  version?: '1.1' | '1.2'
  cookie?: string
}
export interface Told {
  status: number
  type: string
  cookie: string
  text: string
  /** What stands in the result element. */
  result: Element | null
  /** `AUTH`, or PHP's own; null = it is no fault. */
  fault: { code: string; reason: string } | null
}
const NAMESPACE = { '1.1': 'http://schemas.xmlsoap.org/soap/envelope/', '1.2': 'http://www.w3.org/2003/05/soap-envelope' }

const written = (name: string, value: Argument): string => {
  if (value === null) return `<${name} xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>`
  if (Array.isArray(value)) return `<${name}>${value.map((each) => `<item>${each}</item>`).join('')}</${name}>`
  if (typeof value !== 'object') return `<${name}>${escaped(String(value))}</${name}>`
  return `<${name}>${Object.entries(value)
    .map(([field, each]) => written(field, each))
    .join('')}</${name}>`
}

export async function post(sim: DandomainSim, operation: string, args: Record<string, Argument> = {}, { version = '1.2', cookie = '' }: How = {}): Promise<Told> {
  const inside = Object.entries(args)
    .map(([name, value]) => written(name, value))
    .join('')
  const response = await fetch(sim.endpoint, {
    method: 'POST',
    headers: { 'content-type': version === '1.2' ? 'application/soap+xml; charset=utf-8' : 'text/xml; charset=utf-8', cookie },
    body: `<?xml version="1.0" encoding="UTF-8"?><e:Envelope xmlns:e="${NAMESPACE[version]}"><e:Body><s:${operation} xmlns:s="https://api.hostedshop.io/service.php">${inside}</s:${operation}></e:Body></e:Envelope>`,
  })
  const text = await response.text()
  const body = text.startsWith('<?xml') ? readXml(text).children[0] : undefined
  const fault = body === undefined ? undefined : at(body, 'Fault')
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    cookie: (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '',
    text,
    result: body === undefined ? null : (at(body, `${operation}Response`, `${operation}Result`) ?? null),
    fault: fault === undefined ? null : { code: codeOf(fault), reason: at(fault, 'Reason', 'Text')?.text ?? at(fault, 'faultstring')?.text ?? '' },
  }
}
const codeOf = (fault: Element): string => {
  const said = at(fault, 'Code', 'Subcode', 'Value') ?? at(fault, 'Code', 'Value') ?? at(fault, 'faultcode')
  return (said?.text ?? '').split(':').at(-1) ?? ''
}
const at = (element: Element, ...names: string[]): Element | undefined =>
  names.reduce<Element | undefined>((found, name) => found?.children.find((each) => each.name === name), element)

/** A signed-in session: answers the records of a result, or its text. Throws `CODE: reason` for a fault. */
export async function session(sim: DandomainSim, version: How['version'] = '1.2') {
  const { username: Username, password: Password } = sim.credentials
  const { cookie } = await post(sim, 'Solution_Connect', { Username, Password }, { version })
  const told = (operation: string, args: Record<string, Argument> = {}) => post(sim, operation, args, { version, cookie })
  async function ask(operation: string, args: Record<string, Argument> = {}): Promise<Element> {
    const { fault, result } = await told(operation, args)
    if (fault !== null) throw new Error(`${fault.code}: ${fault.reason}`)
    return result ?? { name: '', attributes: {}, children: [], text: '' }
  }
  return {
    told,
    text: async (operation: string, args: Record<string, Argument> = {}) => (await ask(operation, args)).text,
    record: async (operation: string, args: Record<string, Argument> = {}) => recordOf(await ask(operation, args)),
    records: async (operation: string, args: Record<string, Argument> = {}) => (await ask(operation, args)).children.map(recordOf),
    items: async (operation: string, args: Record<string, Argument> = {}) => (await ask(operation, args)).children.map((each) => each.text),
  }
}
type Rec = { [name: string]: string | Rec[] | Rec }
const recordOf = (element: Element): Rec =>
  Object.fromEntries(
    element.children.map((each) => [
      each.name,
      each.children.length === 0 ? each.text : each.children.every(({ name }) => name === 'item') ? each.children.map(recordOf) : recordOf(each),
    ]),
  )
