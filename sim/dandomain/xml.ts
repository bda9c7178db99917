/** Reads XML of requests: no document type, no entities of its own, and only so deep and so large. Names lose their prefix. */

export interface Element {
  name: string
  attributes: Record<string, string>
  children: Element[]
  text: string
}
export class XmlError extends Error {}

const MOST_DEEP = 32
const MOST_ELEMENTS = 200_000
const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** Throws XmlError. */
export function readXml(text: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' }
  const open: Element[] = [root]
  let elements = 0
  let at = 0
  const here = () => open[open.length - 1] as Element
  while (at < text.length) {
    const next = text.indexOf('<', at)
    here().text += decoded(text.slice(at, next < 0 ? text.length : next))
    if (next < 0) break
    if (text.startsWith('<!--', next)) at = after(text, '-->', next)
    else if (text.startsWith('<![CDATA[', next)) {
      at = after(text, ']]>', next)
      here().text += text.slice(next + 9, at - 3)
    } else if (text.startsWith('<?', next)) at = after(text, '?>', next)
    else if (text.startsWith('<!', next)) throw new XmlError('no document type here')
    else {
      at = after(text, '>', next)
      const inside = text.slice(next + 1, at - 1)
      if (inside.startsWith('/')) close(inside.slice(1).trim())
      else begin(inside)
    }
  }
  function begin(inside: string): void {
    const isWhole = inside.endsWith('/')
    const found = /^([^\s/<>&"'=]+)((?:\s+[^\s=]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*$/.exec(isWhole ? inside.slice(0, -1) : inside)
    if (found === null) throw new XmlError('a tag nobody can read')
    elements += 1
    if (elements > MOST_ELEMENTS || open.length > MOST_DEEP) throw new XmlError('too deep or too much')
    const element: Element = { name: local(found[1] ?? ''), attributes: attributesOf(found[2] ?? ''), children: [], text: '' }
    here().children.push(element)
    if (!isWhole) open.push(element)
  }
  function close(name: string): void {
    if (open.length < 2 || here().name !== local(name)) throw new XmlError(`</${name}> closes nothing`)
    open.pop()
  }
  const [only, ...others] = root.children
  if (open.length !== 1 || only === undefined || others.length > 0 || root.text.trim().replace(/^\uFEFF/, '') !== '') throw new XmlError('not one whole document')
  return only
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1)
function after(text: string, what: string, from: number): number {
  const found = text.indexOf(what, from)
  if (found < 0) throw new XmlError('it ends in the middle')
  return found + what.length
}
const attributesOf = (text: string): Record<string, string> =>
  Object.fromEntries([...text.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(([, name, a, b]) => [name ?? '', decoded(a ?? b ?? '')]))

function decoded(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&([^;&\s]{0,12});?/g, (whole, name: string) => {
    const code = /^#x[0-9a-f]+$/i.test(name) ? Number.parseInt(name.slice(2), 16) : /^#\d+$/.test(name) ? Number(name.slice(1)) : null
    if (code !== null && code > 0 && code <= 0x10ffff) return String.fromCodePoint(code)
    const named = NAMED[name]
    if (named === undefined || !whole.endsWith(';')) throw new XmlError(`no entity is called ${name}`)
    return named
  })
}

/** Text between tags or in an attribute. What XML can't carry is left out. */
export const escaped = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those are what XML can't carry
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
