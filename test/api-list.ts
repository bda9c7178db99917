/** Every call of /v1 with the names and kinds of its fields, as lines to keep and to compare: what was promised may be added to, and never taken from. */

import type { Route } from '../src/web/contract/route.ts'
import { type Json, jsonOf } from '../src/web/docs/example.ts'

/** name of the field, with where it stands -> kind, '!' when it must be sent */
type Fields = Map<string, string>
export interface Call {
  /** auth and scope */
  who: string
  takes: Fields
  answers: Fields
}
/** 'POST /v1/sales' -> call */
export type Api = Map<string, Call>

export function apiOf(routes: readonly Route[]): Api {
  return new Map(
    routes.map((route) => {
      const takes: Fields = new Map()
      for (const schema of [route.params, route.query, route.body]) if (schema !== undefined) collect(jsonOf(schema), '', takes, true)
      const answers: Fields = new Map()
      collect(jsonOf(route.answer), '', answers, false)
      return [`${route.method} ${route.path}`, { who: `${route.auth} ${route.scope ?? '-'}`, takes, answers }]
    }),
  )
}

function collect(json: Json, at: string, into: Fields, sent: boolean): void {
  for (const [name, field] of Object.entries(json.properties ?? {})) {
    const must = sent && json.required?.includes(name) === true && field.default === undefined
    into.set(at + name, kindOf(field, sent) + (must ? '!' : ''))
    collect(field, `${at}${name}.`, into, sent)
  }
  if (json.items !== undefined) collect(json.items, at, into, sent)
  for (const branch of json.anyOf ?? json.oneOf ?? []) collect(branch, at, into, sent)
}

/** What may be sent is told value by value; what is answered may get more values. */
function kindOf(json: Json, sent: boolean): string {
  const branches = json.anyOf ?? json.oneOf
  if (branches !== undefined) return [...new Set(branches.map((branch) => kindOf(branch, sent)))].sort().join('/')
  if (json.enum !== undefined) return sent ? json.enum.map(String).sort().join('|') : 'string'
  if (json.const !== undefined) return sent ? String(json.const) : typeof json.const
  if (json.type === 'array') return `[${json.items === undefined ? '' : kindOf(json.items, sent)}]`
  return json.type ?? 'any'
}

export function written(api: Api): string {
  const line = (word: string, fields: Fields) => (fields.size === 0 ? [] : [`  ${word} ${[...fields].map(([name, kind]) => `${name}:${kind}`).join(' ')}`])
  return `${[...api]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([call, { who, takes, answers }]) => [`${call} (${who})`, ...line('takes', takes), ...line('answers', answers)])
    .join('\n')}\n`
}

export function read(text: string): Api {
  const api: Api = new Map()
  let call: Call | undefined
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const head = /^(\S+ \S+) \((.*)\)$/.exec(line)
    if (head !== null) {
      call = { who: head[2] ?? '', takes: new Map(), answers: new Map() }
      api.set(head[1] ?? '', call)
      continue
    }
    const [word, ...fields] = line.trim().split(' ')
    for (const field of fields) call?.[word === 'takes' ? 'takes' : 'answers'].set(field.slice(0, field.indexOf(':')), field.slice(field.indexOf(':') + 1))
  }
  return api
}

/** Everything of `before` that a caller could rely on and `now` doesn't hold. */
export function broken(before: Api, now: Api): string[] {
  return [...before].flatMap(([name, was]) => {
    const is = now.get(name)
    if (is === undefined) return [`${name} is gone`]
    return [
      ...(is.who === was.who ? [] : [`${name} asked for ${was.who}, and asks for ${is.who}`]),
      ...[...was.takes].flatMap(([field, kind]) => stillTaken(`${name} takes ${field}`, kind, is.takes.get(field))),
      ...[...is.takes].filter(([field, kind]) => kind.endsWith('!') && !was.takes.has(field) && isNewlyAsked(field, was.takes)).map(([field]) => `${name} now requires ${field}`),
      ...[...was.answers]
        .filter(([field, kind]) => is.answers.get(field) !== kind)
        .map(([field, kind]) => `${name} answered ${field}:${kind}, and answers ${is.answers.get(field) ?? 'none'}`),
    ]
  })
}

/** A field inside a new optional one breaks nobody. */
const isNewlyAsked = (field: string, was: Fields): boolean => !field.includes('.') || was.has(field.slice(0, field.lastIndexOf('.')))

function stillTaken(what: string, was: string, is: string | undefined): string[] {
  if (is === undefined) return [`${what} no more`]
  if (is.endsWith('!') && !was.endsWith('!')) return [`${what}, and now requires it`]
  const left = new Set(is.replace('!', '').split(/[|/]/))
  const lost = was
    .replace('!', '')
    .split(/[|/]/)
    .filter((each) => !left.has(each))
  return lost.length === 0 ? [] : [`${what}: ${lost.join(', ')} no more`]
}
