/** E-mail to those who look after the shop. */
import type { About } from './about.ts'

export const aboutMail = {
  'mail.show': { summary: 'Show how e-mail is sent', text: 'And what came of the latest letters. The password is never shown.' },
  'mail.set': {
    summary: 'Say how e-mail is sent, and to whom',
    text: 'From then on a link that breaks is told once, and once that it works again; each morning what waits, when something does.',
    refusals: ['bad-input'],
  },
  'mail.unset': { summary: 'Send no e-mail any more', text: 'The settings and what was on its way are forgotten.' },
  'mail.test': { summary: 'Send a test letter', text: 'Answers when the mail server has taken it, or why it didn’t.', refusals: ['not-ready', 'mail-failed'] },
} as const satisfies Record<string, About>
