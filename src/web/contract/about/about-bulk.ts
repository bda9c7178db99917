/** Many articles at once. */
import type { ProblemCode } from '../problems.ts'
import type { About } from './about.ts'

/** What is no table at all. */
const noTable = ['file-workbook', 'file-not-text', 'file-empty', 'file-no-rows', 'file-too-long', 'file-too-wide'] as const satisfies readonly ProblemCode[]

export const aboutBulk = {
  'bulk.list': { summary: 'List bulk changes', text: 'Newest first: who, when, what, and whether it was undone.' },
  'bulk.file': {
    summary: 'Hand in a file of articles',
    text: 'The body is the file itself (`curl --data-binary @articles.csv`), at most 20 MB. Nothing is changed: its rows are held beside what is here, and it waits to be started.',
    refusals: noTable,
  },
  'bulk.edit': {
    summary: 'Change many articles in one way',
    text: 'Nothing is changed before it is started. An article a change can’t be made of is left out, and listed.',
    refusals: ['unknown-article', 'erp-takes-none'],
    example: { articleIds: [1], change: { pricePercent: 10 } },
  },
  'bulk.show': { summary: 'Show a bulk change', text: 'How far it has come, what becomes of its rows, what is unusual, and what has been done.' },
  'bulk.rows': { summary: 'List the rows of a bulk change', text: 'What each becomes, field by field, as it was and as it will be; and why it is left out or failed.' },
  'bulk.columns': {
    summary: 'Say how a file is to be read',
    text: 'What is left out stays as it was guessed. Everything is read again.',
    refusals: [...noTable, 'unknown-location', 'erp-is-master', 'run-over'],
  },
  'bulk.start': {
    summary: 'Carry out a bulk change',
    text: 'In parts; poll it to follow. A row whose article was changed since it was shown is left, and listed. One that failed goes on where it was. Asked again it is the same. Stock and Webshop boxes need their own scopes.',
    refusals: ['not-ready', 'run-over'],
  },
  'bulk.cancel': {
    summary: 'Throw a bulk change away, or stop it',
    text: 'In the middle what is done stays, and can be undone.',
    refusals: ['run-over'],
  },
  'bulk.undo': {
    summary: 'Undo a bulk change',
    text: 'Gives a new bulk change that shows what is put back and what can’t be, and why; start it to carry it out. Asked again it is the same. An undo isn’t undone: make the change again.',
    refusals: ['not-ready', 'run-over'],
  },
} as const satisfies Record<string, About>
