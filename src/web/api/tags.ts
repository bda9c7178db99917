/** What If-Match names: `"3"`, `W/"3"` or `3`; null = any. */
export function tagIn(header: string | undefined): string | null {
  if (header === undefined || header === '*') return null
  return /^(?:W\/)?"?([^"]{1,100})"?$/.exec(header)?.[1] ?? ''
}
