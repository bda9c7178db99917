/** Products a shop is told of. */
import type { About } from './about.ts'

export const aboutCatalogues = {
  'catalogues.show': {
    summary: 'Show whether and how a shop is told of products',
    text: 'With what waits, what the shop didn’t take, and the latest run.',
    refusals: ['not-connected', 'not-ready'],
  },
  'catalogues.set': {
    summary: 'Say whether and how a shop is told of products',
    text: 'Nothing is sent by it but prices that are other ones from now on. What is left out stays as it is.',
    refusals: ['not-connected', 'not-ready'],
  },
  'catalogues.tell': {
    summary: 'Tell a shop of all products, or of some',
    text: '`verify` sends only what the shop doesn’t have as it is now. Asked again while that goes on, it is the same run.',
    refusals: ['not-connected', 'not-ready'],
  },
  'catalogues.rejected': { summary: 'List what a shop didn’t take', text: 'Of its products, articles and prices; at most 500.', refusals: ['not-connected', 'not-ready'] },
  'catalogues.retry': { summary: 'Tell a shop once more what it didn’t take', refusals: ['not-connected', 'not-ready'] },
} as const satisfies Record<string, About>
