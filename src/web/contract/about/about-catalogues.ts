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
  'catalogues.size': {
    summary: 'Show what telling a shop of its products would come to',
    text: 'The minutes are reckoned at the rate it has been told at; null until it has been told of something.',
    refusals: ['not-connected', 'not-ready'],
  },
  'catalogues.told': {
    summary: 'List what came of each product a shop was told of',
    text: 'Of a run, or of one product; kept for 30 days.',
    refusals: ['not-connected', 'not-ready'],
  },
  'catalogues.pause-run': { summary: 'Pause a run of products', refusals: ['not-connected', 'not-ready', 'run-over'] },
  'catalogues.resume-run': { summary: 'Let a paused run of products go on', refusals: ['not-connected', 'not-ready', 'run-over'] },
  'catalogues.cancel-run': { summary: 'Cancel a run of products', refusals: ['not-connected', 'not-ready', 'run-over'] },
  'catalogues.rejected': { summary: 'List what a shop didn’t take', text: 'Of its products, articles, prices and images; at most 500.', refusals: ['not-connected', 'not-ready'] },
  'catalogues.retry': { summary: 'Tell a shop once more what it didn’t take', refusals: ['not-connected', 'not-ready'] },
} as const satisfies Record<string, About>
