/** What an operation of the service is: its arguments in their order, and what carries it out. */
import { Fault, type Value } from './soap.ts'
import type { Session, World } from './world.ts'

export type ArgType = 'int' | 'string' | 'boolean' | 'ints' | 'ProductUpdate' | 'ProductVariantUpdate'
export interface Call {
  world: World
  session: Session
  args: Record<string, Value>
}
export interface Operation {
  args: readonly (readonly [name: string, type: ArgType])[]
  /** For the WSDL: `boolean`, `Product`, `Product[]` ... */
  returns: string
  run(call: Call): unknown
}
export type Table = Record<string, Operation>

/** What wasn't given, by name; others are dropped without a word, and PHP counts what is left. */
export function checkArguments(name: string, { args }: Operation, given: Record<string, Value>): void {
  const passed = args.filter(([arg]) => Object.hasOwn(given, arg)).length
  if (passed < args.length) throw new Fault('Receiver', `Too few arguments to function WebService::${name}(), ${passed} passed and exactly ${args.length} expected`)
  for (const [arg, type] of args) {
    const value = given[arg]
    const isWrong =
      (type === 'int' && value !== null && value !== '' && !/^-?\d+$/.test(String(value))) ||
      (type === 'ints' && !(value === '' || (Array.isArray(value) && value.every((each) => /^\d+$/.test(String(each)))))) ||
      (type.endsWith('Update') && (typeof value !== 'object' || value === null || Array.isArray(value)))
    if (isWrong) throw new Fault('Receiver', 'SOAP-ERROR: Encoding: Violation of encoding rules')
  }
}

export const text = ({ args }: Call, name: string): string => (typeof args[name] === 'string' ? args[name] : '')
export const int = (call: Call, name: string): number => {
  const said = text(call, name)
  return said === '' ? 0 : Number(said)
}
export const ints = ({ args }: Call, name: string): number[] => (Array.isArray(args[name]) ? args[name].map(Number) : [])
export const isTrue = (call: Call, name: string): boolean => ['true', '1'].includes(text(call, name))
