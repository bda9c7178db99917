/** The frame of every page under /docs: where one is, and where else one can go. No script is needed to read them. */
import { type Html, html, trusted } from './html.ts'

const PAGES = [
  ['/docs/api', 'Calls'],
  ['/docs/how', 'How to call'],
  ['/docs/sync-views', 'Sync views'],
  ['/docs/errors', 'Errors'],
  ['/v1/openapi.json', 'OpenAPI'],
] as const

export interface Page {
  title: string
  /** The page's own address, or that of the page it belongs to. */
  at: string
  /** The language of the text. */
  lang: string
  main: Html
}

export function framed({ title, at, lang, main }: Page): string {
  const links = PAGES.map(([to, name]) => html`<a href="${to}"${trusted(to === at ? ' aria-current="page"' : '')}>${name}</a>`)
  return html`<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Lagerbro</title>
<link rel="stylesheet" href="/docs/docs.css">
</head>
<body>
<a class="skip" href="#main">Skip to the text</a>
<header lang="en"><a class="mark" href="/">Lagerbro</a> <nav aria-label="Documentation">${links}</nav></header>
<main id="main" tabindex="-1">${main}</main>
</body>
</html>
`.text
}
