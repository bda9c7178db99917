/** First-time set-up with a shop that has products already. */
import type { About } from './about.ts'

export const aboutImports = {
  'imports.show': {
    summary: 'Show the first-time import from a shop',
    text: 'How far it has come, what becomes of the shop’s variants, and what has. `import` null: there is none yet.',
  },
  'imports.items': { summary: 'List what becomes of each variant of a shop', text: 'In the order the shop showed them; left out ones with their reason.' },
  'imports.preview': {
    summary: 'Preview linking with a shop and importing its products',
    text: 'Everything the shop has is read, and nothing is changed. Asked again it is the same preview.',
    refusals: ['not-connected', 'not-ready', 'import-done'],
  },
  'imports.start': {
    summary: 'Carry out what was previewed, as chosen',
    text: 'Once only. The shop is read anew and nothing is written to it; what has changed since the preview is left out, and listed. Asked again while it goes on, it is the same.',
    refusals: ['not-connected', 'not-ready', 'import-done'],
  },
  'imports.cancel': {
    summary: 'Throw a preview away',
    text: 'Another may be made. What is being carried out goes on to its end.',
    refusals: ['not-connected', 'not-ready', 'import-done', 'run-going-on'],
  },
} as const satisfies Record<string, About>
