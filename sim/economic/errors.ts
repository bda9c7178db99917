/** How the legacy REST says no: one body for all, whose `errors` is a list of sentences (questions) or a tree like the request (what was written). */
import { json, type SimAnswer } from '../kit.ts'
import { hit, type World } from './world.ts'

/** Thrown by whoever refuses; the server makes the body. */
export class Refused extends Error {
  readonly status: number
  readonly more: { errorCode?: string; errors?: unknown; allowedFilteringFields?: string[]; developerHint?: string }
  constructor(status: number, message: string, more: Refused['more'] = {}) {
    super(message)
    this.status = status
    this.more = more
  }
}
export const notFound = (what: string): Refused =>
  new Refused(404, `${what} not found.`, { errorCode: 'E06000', developerHint: 'Find a list of existing resources at the collection.' })

/** One thing wrong with what was written. Numbers in the path are places in a list. */
export interface Wrong {
  path: (string | number)[]
  code: string | null
  message: string
  value?: unknown
}

/** A tree that mirrors the request; what is wrong hangs at its leaves. */
export function wrongTree(world: World, wrongs: Wrong[]): Record<string, unknown> {
  const root: Record<string, unknown> = {}
  for (const { path, code, message, value } of wrongs) {
    let at = root
    for (const [n, part] of path.entries()) {
      if (typeof part === 'number') continue
      const index = path[n + 1]
      at = typeof index === 'number' ? itemOf(world, at, part, index) : branchOf(at, part)
    }
    const leaf = { ...(code === null ? {} : { errorCode: code }), message, ...(value === undefined ? {} : { value }), developerHint: 'Inspect the value and correct your request.' }
    at.errors = [...((at.errors as unknown[] | undefined) ?? []), leaf]
  }
  return root
}
function branchOf(at: Record<string, unknown>, name: string): Record<string, unknown> {
  at[name] ??= {}
  return at[name] as Record<string, unknown>
}
function itemOf(world: World, at: Record<string, unknown>, name: string, arrayIndex: number): Record<string, unknown> {
  if (world.knobs.errorArrays === 'bare') at[name] ??= []
  else branchOf(at, name).items ??= []
  const items = (world.knobs.errorArrays === 'bare' ? at[name] : branchOf(at, name).items) as Record<string, unknown>[]
  const found = items.find((each) => each.arrayIndex === arrayIndex)
  if (found !== undefined) return found
  const made: Record<string, unknown> = { arrayIndex }
  items.push(made)
  return made
}

export const wrongs = (world: World, all: Wrong[]): Refused =>
  new Refused(400, `Validation failed. ${all.length} ${all.length === 1 ? 'error' : 'errors'} found.`, { errorCode: 'E04300', errors: wrongTree(world, all) })

export function refusal(world: World, refused: Refused): Exclude<SimAnswer, string> {
  hit(world, `refused:${refused.more.errorCode ?? refused.status}`)
  return json(refused.status, {
    message: refused.message,
    developerHint: refused.more.developerHint ?? 'Inspect validation errors and correct your request.',
    logId: `${(++world.last.log).toString(16).padStart(16, '0')}-CPH`,
    httpStatusCode: refused.status,
    errors: refused.more.errors ?? [refused.message],
    logTime: new Date(world.time.ms()).toISOString().slice(0, 19),
    ...(refused.more.errorCode === undefined ? {} : { errorCode: refused.more.errorCode }),
    ...(refused.more.allowedFilteringFields === undefined ? {} : { allowedFilteringFields: refused.more.allowedFilteringFields }),
  })
}
