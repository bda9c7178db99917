/** The one door for e-mail: a letter handed to a mail server by SMTP (RFC 5321, submission RFC 6409). Where the server is, is judged as every address this machine calls. */
import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { createTransport } from 'nodemailer'
import { isRefusedAddress } from './address-guard.ts'

export interface MailServer {
  host: string
  port: number
  /** tls = from the first byte · starttls = refused where the server can't · none = in the clear, without signing in. */
  security: 'tls' | 'starttls' | 'none'
  signIn: { user: string; password: string } | null
}
export interface Mail {
  from: string
  to: readonly string[]
  subject: string
  text: string
  /** The same letter tried again is the same to whoever sorts letters out. */
  messageId: string
}
export type Post = (server: MailServer, mail: Mail) => Promise<void>

/** Why a letter wasn't taken: `said` is the server's own line, without the addresses in it; empty = it said nothing. */
export class MailFailed extends Error {
  override readonly name = 'MailFailed'
  readonly code: 'address-refused' | 'unreachable' | 'not-secure' | 'sign-in' | 'sender' | 'recipient' | 'refused'
  readonly said: string
  /** Those it was taken for all the same: they aren't written to once more. */
  readonly takenFor: readonly string[]
  constructor(code: MailFailed['code'], said: string, takenFor: readonly string[] = []) {
    super(`${code}: ${said}`)
    this.code = code
    this.said = said
    this.takenFor = takenFor
  }
}

const TIMEOUT_MS = 20_000
const LONGEST_SAID = 300

export function openPost({ allowLoopback, timeoutMs = TIMEOUT_MS }: { allowLoopback: boolean; timeoutMs?: number }): Post {
  return async ({ host, port, security, signIn }, mail) => {
    const address = await judged(host, allowLoopback)
    const transport = createTransport({
      ...{ host: address, port, secure: security === 'tls', requireTLS: security === 'starttls', ignoreTLS: security === 'none' },
      ...(signIn === null ? {} : { auth: { user: signIn.user, pass: signIn.password } }),
      tls: isIP(host) === 0 ? { servername: host } : {},
      ...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs },
      ...{ disableFileAccess: true, disableUrlAccess: true },
    })
    try {
      const { rejected, rejectedErrors } = await transport.sendMail({ ...mail, to: [...mail.to], headers: { 'Auto-Submitted': 'auto-generated' } })
      if (rejected.length > 0)
        throw asFailed(
          rejectedErrors?.[0] ?? { code: 'EENVELOPE' },
          mail.to.filter((to) => !rejected.includes(to)),
        )
    } catch (error) {
      throw error instanceof MailFailed ? error : asFailed(error)
    } finally {
      transport.close()
    }
  }
}

/** The address itself is called, so a name that answers differently the second time gains nothing. */
async function judged(host: string, allowLoopback: boolean): Promise<string> {
  const found = isIP(host) === 0 ? await lookup(host, { all: true }).catch(() => []) : [{ address: host }]
  const [first] = found
  if (first === undefined) throw new MailFailed('unreachable', '')
  if (found.some(({ address }) => isRefusedAddress(address, allowLoopback))) throw new MailFailed('address-refused', '')
  return first.address
}

/** As the library calls them, and what each means to a person. */
const CODES: Record<string, MailFailed['code']> = {
  EAUTH: 'sign-in',
  ETLS: 'not-secure',
  ECONNECTION: 'unreachable',
  ETIMEDOUT: 'unreachable',
  EDNS: 'unreachable',
  ESOCKET: 'unreachable',
  ENOAUTH: 'sign-in',
}

/** The first digit 4 = not now (a server that lets strangers wait says so of each recipient) · 530 = nobody has signed in (RFC 4954, 6). */
function asFailed(error: unknown, takenFor: readonly string[] = []): MailFailed {
  const { code = '', command = '', response = '', message = '' } = error as { code?: string; command?: string; response?: string; message?: string }
  const said = response.replace(/\S+@\S+/g, '…').slice(0, LONGEST_SAID)
  const of = (what: MailFailed['code']) => new MailFailed(what, said, takenFor)
  if (/^530\b/.test(response)) return of('sign-in')
  if (/^4/.test(response) && code !== 'EAUTH') return of('refused')
  if (code === 'EENVELOPE') return of(command === 'MAIL FROM' ? 'sender' : 'recipient')
  if (/certificate|self.signed|SSL|wrong version number/i.test(message)) return of('not-secure')
  return of(CODES[code] ?? 'refused')
}
