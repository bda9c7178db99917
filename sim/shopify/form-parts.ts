/** multipart/form-data taken apart: each part's name and its bytes, in their order. */

export interface Part {
  name: string
  body: Buffer
}

/** Null = it isn't such a form. */
export function formParts(contentType: string, raw: Buffer): Part[] | null {
  const boundary = /^multipart\/form-data;.*boundary=(?:"([^"]+)"|([^;]+))/i.exec(contentType)
  const mark = boundary?.[1] ?? boundary?.[2]
  if (mark === undefined) return null
  const line = Buffer.from(`--${mark}`)
  const parts: Part[] = []
  for (let start = raw.indexOf(line); start >= 0; ) {
    const head = start + line.length + 2
    const end = raw.indexOf(Buffer.from(`\r\n--${mark}`), head)
    const body = raw.indexOf('\r\n\r\n', head)
    if (end < 0 || body < 0 || body > end) break
    const name = /name="([^"]*)"/.exec(raw.toString('utf8', head, body))?.[1]
    if (name === undefined) return null
    parts.push({ name, body: raw.subarray(body + 4, end) })
    start = end + 2
  }
  return parts
}
