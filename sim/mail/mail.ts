/** A mail server on this machine: takes what it is handed, and refuses as mail servers do (RFC 5321, 4.2.3). */
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export interface Taken {
  from: string
  to: string[]
  /** Header and body as they came. */
  raw: string
  /** As a mail program shows them. */
  subject: string
  text: string
}
/** `only` = this recipient and no other. */
interface Refused {
  at: 'sign-in' | 'sender' | 'recipient' | 'data'
  code: number
  said: string
  only?: string
}
export interface MailSim {
  port: number
  taken: Taken[]
  /** The next letters are turned away at this point, with this answer; null = taken again. */
  refuse(how: Refused | null): void
  close(): Promise<void>
}

/** clear = nobody signs in · users = somebody may, in the clear · strange = by TLS with a certificate nobody knows. */
export async function startMail(how: 'clear' | 'users' | 'strange' = 'clear'): Promise<MailSim> {
  const taken: Taken[] = []
  let refusal: Refused | null = null
  const unless = (at: Refused['at'], to = ''): Error | null =>
    refusal?.at === at && (refusal.only === undefined || refusal.only === to) ? Object.assign(new Error(refusal.said), { responseCode: refusal.code }) : null
  const server = new SMTPServer({
    authOptional: true,
    secure: how === 'strange',
    allowInsecureAuth: how === 'users',
    disabledCommands: how === 'users' ? ['STARTTLS'] : ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    onAuth: (_, __, callback) => callback(unless('sign-in'), { user: 'lager' }),
    onMailFrom: (_, __, callback) => callback(unless('sender')),
    onRcptTo: ({ address }, _, callback) => callback(unless('recipient', address)),
    onData(stream, session, callback) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const turnedAway = unless('data')
        const { mailFrom, rcptTo } = session.envelope
        const raw = Buffer.concat(parts).toString('utf8')
        if (turnedAway === null) taken.push({ from: mailFrom === false ? '' : mailFrom.address, to: rcptTo.map((each) => each.address), raw, ...shown(raw) })
        callback(turnedAway)
      })
    },
  })
  await new Promise<void>((resolve, reject) => {
    // A caller that breaks off is none of its business once it listens.
    server.on('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    port: (server.server.address() as AddressInfo).port,
    taken,
    refuse: (how) => {
      refusal = how
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** Quoted-printable, as the letters come (RFC 2045, 6.7), and a subject in pieces (RFC 2047). */
function shown(raw: string): { subject: string; text: string } {
  const [head = '', ...rest] = raw.split('\r\n\r\n')
  const subject = /^Subject: (.*(?:\r\n[ \t].*)*)/m.exec(head)?.[1] ?? ''
  return {
    subject: subject.replace(/\?=\r\n[ \t]+=\?utf-8\?Q\?/gi, '').replace(/=\?utf-8\?Q\?(.*?)\?=/gi, (_, quoted: string) => unquoted(quoted.replaceAll('_', ' '))),
    text: unquoted(rest.join('\r\n\r\n').replace(/=\r\n/g, '')),
  }
}
const unquoted = (text: string): string =>
  Buffer.from(
    text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8')
