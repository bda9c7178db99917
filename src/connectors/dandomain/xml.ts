/** XML as the service writes it: read into plain values, and written from arguments. No document type, no entities of its own, only so deep. Pure. */

/** What stands in an element: text, null (nil or empty), a list (its children are all `item`), or a record. */
export type Value = string | null | Value[] | { [name: string]: Value }
export type Argument = string | number | boolean | readonly (string | number)[] | { readonly [name: string]: string | number }

interface Node {
  name: string
  nil: boolean
  text: string
  children: Node[]
}
const TOKEN = /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<\/([^\s>]+)\s*>|<([^\s/>!?]+)((?:\s+[^\s=>/]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/g
const MOST_DEEP = 32
const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** The root element; null when it is no XML we read. */
export function readXml(text: string): Node | null {
  const root: Node = { name: '', nil: false, text: '', children: [] }
  const open = [root]
  let at = 0
  for (const found of text.trim().matchAll(TOKEN)) {
    if (found.index !== at) return null
    at += found[0].length
    const here = open.at(-1) as Node
    const [, cdata, closing, opening, attributes, isWhole, letters] = found
    if (cdata !== undefined) here.text += cdata
    else if (letters !== undefined) {
      const plain = withoutReferences(letters)
      if (plain === null) return null
      here.text += plain
    } else if (closing !== undefined) {
      if (open.length < 2 || here.name !== local(closing)) return null
      open.pop()
    } else if (opening !== undefined) {
      const node: Node = { name: local(opening), nil: /:nil\s*=\s*["'](true|1)["']/.test(attributes ?? ''), text: '', children: [] }
      here.children.push(node)
      if (isWhole === '') open.push(node)
      if (open.length > MOST_DEEP) return null
    }
  }
  const [only, ...others] = root.children
  return at === text.trim().length && open.length === 1 && only !== undefined && others.length === 0 ? only : null
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1)

function withoutReferences(text: string): string | null {
  if (!text.includes('&')) return text
  let isGood = true
  const plain = text.replace(/&(#x[0-9a-fA-F]{1,6}|#\d{1,7}|\w{1,10})?;?/g, (_whole, name: string | undefined) => {
    const code = name?.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : name?.startsWith('#') ? Number(name.slice(1)) : null
    if (code !== null && code <= 0x10ffff) return String.fromCodePoint(code)
    const named = NAMED[name ?? '']
    if (named === undefined) isGood = false
    return named ?? ''
  })
  return isGood ? plain : null
}

export function valueIn(node: Node): Value {
  if (node.nil) return null
  if (node.children.length === 0) return node.text === '' ? null : node.text
  if (node.children.every((child) => child.name === 'item')) return node.children.map(valueIn)
  return Object.fromEntries(node.children.map((child) => [child.name, valueIn(child)]))
}
/** Down a path of names. */
export const inside = (node: Node | undefined, ...names: string[]): Node | undefined =>
  names.reduce<Node | undefined>((found, name) => found?.children.find((child) => child.name === name), node)

export function written(name: string, value: Argument): string {
  const text =
    typeof value !== 'object'
      ? escaped(String(value))
      : Array.isArray(value)
        ? value.map((each: string | number) => written('item', each)).join('')
        : Object.entries(value as Record<string, string | number>)
            .map(([field, each]) => written(field, each))
            .join('')
  return `<${name}>${text}</${name}>`
}
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;')

/** Letters of the Nordic and other Western languages, which titles may spell out as HTML does. */
const LETTERS =
  'AElig:Æ aelig:æ Oslash:Ø oslash:ø Aring:Å aring:å Auml:Ä auml:ä Ouml:Ö ouml:ö Uuml:Ü uuml:ü Eacute:É eacute:é egrave:è agrave:à szlig:ß ndash:– mdash:— rsquo:’ lsquo:‘ rdquo:” ldquo:“ hellip:… deg:° reg:® trade:™ frac12:½ times:×'
const HTML = new Map([...LETTERS.split(' ').map((pair) => pair.split(':') as [string, string]), ['nbsp', ' '], ...Object.entries(NAMED)])

/** A title for people: HTML's names of letters become the letters. What isn't one is left as it is. */
export const readable = (text: string): string =>
  text.replace(/&(?:#(\d{1,6})|([A-Za-z]{2,8}\d{0,2}));/g, (whole, code: string | undefined, name: string | undefined) =>
    code === undefined ? (HTML.get(name ?? '') ?? whole) : String.fromCodePoint(Math.min(Number(code), 0x10ffff)),
  )
