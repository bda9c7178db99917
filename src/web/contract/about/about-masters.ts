/** An ERP that is master of a location's numbers. */
import type { About } from './about.ts'

export const aboutMasters = {
  'masters.show': { summary: 'Show what an ERP is master of', text: 'Its location, how far it has been read, and how it calls here.', refusals: ['not-connected'] },
  'masters.make-code': {
    summary: 'Make a new integration code',
    text: 'Shown this once, with the lines to paste into the ERP. The code before it is taken for another day.',
    refusals: ['not-connected', 'not-ready'],
  },
  'masters.called': { summary: 'List the calls of an ERP and what came of them' },
  'masters.ask': {
    summary: 'Read articles’ numbers in the ERP again',
    text: 'And what every shop shows of them; what differs is written. `calls` = calls of the list, done again as they came.',
    example: { numbers: ['1001-M'] },
    refusals: ['not-connected', 'not-ready'],
  },
  'masters.become': {
    summary: 'Let an ERP keep a location’s numbers',
    text: 'Those of the location its place is mapped to. Its numbers are read from the start; receipts and counts are made there from now on.',
    refusals: ['not-connected', 'not-ready', 'place-missing', 'place-taken'],
  },
  'masters.leave': {
    summary: 'Take a location’s numbers back',
    text: 'The back office goes on from the numbers that stand. Orders and invoices still go between us.',
    refusals: ['not-connected', 'not-ready'],
  },
  'masters.known': {
    summary: 'Say that a shop’s number knows what was sold here',
    text: 'Where a shop keeps a location’s numbers, what a till sold there stays taken off its number. Once it was put right in the shop, by a count or by hand, its number alone is what there is.',
    example: { locationId: 1 },
    refusals: ['not-connected', 'not-ready'],
  },
  'masters.fetch': { summary: 'Read everything the ERP has', text: 'Asked again while that goes on, it is the same reading.', refusals: ['not-connected', 'not-ready'] },
} as const satisfies Record<string, About>
