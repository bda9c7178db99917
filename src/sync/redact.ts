/** What the journal may hold of a call: no secret, nothing personal, nothing long. Pure. */

const HEADERS_KEPT = new Set([
  'content-type',
  'retry-after',
  'x-request-id',
  'x-callcost',
  'x-ratelimiting',
  'x-shopify-api-version',
  'x-shopify-topic',
  'x-shopify-event-id',
  'x-shopify-webhook-id',
  'x-shopify-triggered-at',
])
/** Keys whose value is never kept, whatever is in it. */
const SECRET = /^auth$|token|secret|passw|authoriz|api[-_]?key|access[-_]?key|cookie|signature|hmac|^code$/i
const PERSONAL =
  /^(customer|customers|telephone_?and_?fax_?number|corporate_?identification_?number|billing_?address|shipping_?address|address1?2?|addresses|email|e_?mail|contact_?email|(default_?)?e_?mail_?address|(default_?)?phone_?number|phone|first_?name|last_?name|display_?name|recipient|note|note_?attributes|client_?details|browser_?ip|zip|city|company|destination|payment_?details)$/i
/** A question about a person: `filter=email$eq:anna@butik.dk`. */
const ASKS_FOR_SOMEBODY = /=(.*\W)?(e_?mail|telephone\w*|phone)(%24|\$)|%40|@/i
const MOST_TEXT = 8_000
const MOST_ITEMS = 50

export function redactHeaders(headers: Record<string, string | undefined>): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) if (value !== undefined && HEADERS_KEPT.has(name.toLowerCase())) kept[name.toLowerCase()] = value.slice(0, 200)
  return kept
}

/** `secrets` are the very texts that must never stand anywhere, the second net under the keys. */
export function redactUrl(url: string, secrets: Iterable<string> = []): string {
  const [base = '', query] = url.split('?', 2)
  const kept =
    query === undefined
      ? ''
      : `?${query
          .split('&')
          .map((pair) => (SECRET.test(pair.split('=')[0] ?? '') || ASKS_FOR_SOMEBODY.test(pair) ? `${pair.split('=')[0]}=[kept out]` : pair))
          .join('&')}`
  return scrub((base + kept).slice(0, 500), secrets)
}

/** A body as JSON that may be stored: parsed where it is JSON, else a short text. Null when there is none. */
export function redactBody(body: string | undefined, secrets: Iterable<string> = []): unknown {
  if (body === undefined || body === '') return null
  // An invoice: whose it is stands in it.
  if (body.startsWith('%PDF-')) return `[a PDF of ${body.length} signs kept out]`
  // A picture, and whatever else is no text.
  if (body.includes('\u0000')) return `[a file of ${body.length} signs kept out]`
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    if (/^\s*</.test(body)) return scrub(withoutElements(body).slice(0, 2_000), secrets)
    const text = withoutPairs(body.slice(0, 500)).replace(/([\w-]*(?:token|secret|passw|key|code)[\w-]*)=([^&\s]*)/gi, '$1=[kept out]')
    return scrub(text, secrets)
  }
  const text = scrub(JSON.stringify(keep(value)) ?? 'null', secrets)
  return text.length <= MOST_TEXT ? JSON.parse(text) : { cut: text.slice(0, MOST_TEXT), length: body.length }
}

/** XML, also where it broke off: what an element of such a name holds, with everything in it. A file says nothing the label doesn't. */
function withoutElements(text: string): string {
  let kept = ''
  let at = 0
  for (const opening of text.matchAll(/<([\w.-]+:)?([\w.-]+)(?:\s[^<>]*)?>/g)) {
    const [tag, prefix = '', name = ''] = opening
    if (opening.index < at || tag.endsWith('/>') || !(SECRET.test(name) || PERSONAL.test(name) || name === 'FileContent')) continue
    const end = text.indexOf(`</${prefix}${name}>`, opening.index)
    kept += `${text.slice(at, opening.index)}${tag}[kept out]`
    at = end < 0 ? text.length : end
  }
  return kept + text.slice(at)
}

/** JSON that broke off can't be read, but its pairs still look like pairs. */
const withoutPairs = (text: string): string =>
  text.replace(/"([\w-]+)"(\s*:\s*)("(?:[^"\\]|\\.)*"?|[^\s,{}[\]"]+)/g, (pair, name: string, colon: string) =>
    SECRET.test(name) || PERSONAL.test(name) ? `"${name}"${colon}"[kept out]"` : pair,
  )

function keep(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.slice(0, MOST_ITEMS).map(keep)
    return value.length > MOST_ITEMS ? [...items, `and ${value.length - MOST_ITEMS} more`] : items
  }
  if (value === null || typeof value !== 'object') return value
  const kept: Record<string, unknown> = {}
  for (const [name, inner] of Object.entries(value)) {
    // A whole GraphQL document says nothing the label doesn't.
    if (name === 'query' && typeof inner === 'string') continue
    kept[name] = SECRET.test(name) || PERSONAL.test(name) || (name === 'name' && isSomebody(value)) ? '[kept out]' : keep(inner)
  }
  return kept
}

/** A customer's own record, whose plain `name` is a person's. */
const isSomebody = (value: object): boolean => 'customerNumber' in value || 'customerGroup' in value

function scrub(text: string, secrets: Iterable<string>): string {
  let clean = text
  for (const secret of secrets) {
    if (secret.length < 6) continue
    clean = clean.replaceAll(secret, '[kept out]')
    const escaped = JSON.stringify(secret).slice(1, -1)
    if (escaped !== secret) clean = clean.replaceAll(escaped, '[kept out]')
    const inUrl = encodeURIComponent(secret)
    if (inUrl !== secret) clean = clean.replaceAll(inUrl, '[kept out]')
  }
  return clean
}
