/** A page of docs/, to read in the browser. The text is the product's own, so it is taken as it is. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Marked } from 'marked'
import { escaped, type Html, trusted } from './html.ts'

/** Pages of docs/ that are served; a link to anything else in the sources becomes its words. */
const SERVED: Record<string, string> = { 'api.md': '/docs/how', 'sync-views.md': '/docs/sync-views' }

const marked = new Marked({
  renderer: {
    heading({ tokens, depth, text }) {
      return `<h${depth} id="${slug(text)}">${this.parser.parseInline(tokens)}</h${depth}>\n`
    },
    link({ href, tokens }) {
      const [page = '', part] = href.split('#')
      const to = page === '' || /^(https?:|\/)/.test(page) ? href : SERVED[page] === undefined ? null : `${SERVED[page]}${part === undefined ? '' : `#${part}`}`
      const words = this.parser.parseInline(tokens)
      return to === null ? words : `<a href="${escaped(to)}">${words}</a>`
    },
  },
  hooks: {
    // A wide table scrolls by itself, by keyboard too.
    postprocess: (page) => page.replaceAll('<table>', '<div class="wide" tabindex="0" role="region" aria-label="Table"><table>').replaceAll('</table>', '</table></div>'),
  },
})

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '')

/** `title` is the page's first heading. */
export function textPage(folder: string, file: string): { title: string; main: Html } {
  const text = readFileSync(join(folder, file), 'utf8')
  return { title: /^# (.+)$/m.exec(text)?.[1] ?? file, main: trusted(marked.parse(text, { async: false })) }
}
