/** The fields of a schema, to read: name, what it may be, whether it must be there, what it means. */
import { meaningOf } from '../contract/fields.ts'
import type { Json } from './example.ts'
import { type Html, html, words } from './html.ts'

/** `sent`: whoever calls decides, so what must be there is marked. */
export function fieldList(json: Json, sent: boolean): Html {
  const fields = Object.entries(inside(json)?.properties ?? {})
  return html`<dl class="fields">${fields.map(([name, field]) => oneField(name, field, sent && inside(json)?.required?.includes(name) === true && field.default === undefined, sent))}</dl>`
}

function oneField(name: string, json: Json, must: boolean, sent: boolean): Html {
  const said = json.description ?? plain(json).description ?? meaningOf(name)
  return html`<div><dt><code>${name}</code> <span class="type">${kindOf(json)}</span>${must ? html` <span class="must">required</span>` : null}${defaultOf(json)}</dt>
<dd>${said === undefined ? null : words(said)}${inside(json) === null ? null : fieldList(json, sent)}</dd></div>`
}

const defaultOf = (json: Json): Html | null =>
  json.default === undefined || json.default === null ? null : html` <span class="type">default ${JSON.stringify(json.default)}</span>`

/** The object that is described below the field, if there is one. */
function inside(json: Json): Json | null {
  if (json.properties !== undefined && Object.keys(json.properties).length > 0) return json
  if (json.items !== undefined) return inside(json.items)
  const branches = json.anyOf ?? json.oneOf ?? []
  const found = branches.map(inside).filter((each) => each !== null)
  if (found.length < 2) return found[0] ?? null
  // Several forms of one thing: a field is there in some of them.
  return { properties: Object.assign({}, ...found.map((each) => each.properties)), required: [] }
}

/** Without the null that may stand in its place. */
const plain = (json: Json): Json => (json.anyOf === undefined ? json : (json.anyOf.find((branch) => branch.type !== 'null') ?? json))

export function kindOf(json: Json): string {
  if (json.pointsAt !== undefined) return `id of ${/^[aeiou]/.test(String(json.pointsAt)) ? 'an' : 'a'} ${json.pointsAt}`
  if (json.const !== undefined) return JSON.stringify(json.const)
  if (json.enum !== undefined) return json.enum.length > 1 ? `one of ${json.enum.join(' · ')}` : String(json.enum[0])
  const branches = json.anyOf ?? json.oneOf
  if (branches !== undefined) return [...new Set(branches.map(kindOf))].join(' or ')
  switch (json.type) {
    case 'array':
      return `list${bounds(json.minItems, json.maxItems, '')} of ${json.items === undefined ? 'anything' : kindOf(json.items)}`
    case 'string':
      return json.format === 'date-time' ? 'time' : json.format === 'date' ? 'day' : `text${bounds(json.minLength, json.maxLength, ' characters')}`
    case 'integer':
      return `whole number${bounds(json.minimum ?? (json.exclusiveMinimum === undefined ? undefined : json.exclusiveMinimum + 1), json.maximum, '')}`
    case 'number':
      return `number${bounds(json.minimum, json.maximum, '')}`
    case 'boolean':
      return 'true or false'
    case 'object':
      return 'object'
    case 'null':
      return 'null'
    default:
      return 'anything'
  }
}

/** " (1 to 100)"; a bound that only says "as a computer counts" is none. */
function bounds(least: number | undefined, most: number | undefined, unit: string): string {
  const low = least === undefined || least <= Number.MIN_SAFE_INTEGER ? undefined : least
  const high = most === undefined || most >= Number.MAX_SAFE_INTEGER ? undefined : most
  if (low === undefined && high === undefined) return ''
  return high === undefined ? ` (from ${low}${unit})` : low === undefined || (low === 0 && unit !== '') ? ` (at most ${high}${unit})` : ` (${low} to ${high}${unit})`
}
