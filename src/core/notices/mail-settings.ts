/** Where e-mail goes from, to whom, in which language, and what is told. */

export type Locale = 'sv' | 'nb' | 'da' | 'en'
export interface MailSettings {
  host: string
  port: number
  security: 'tls' | 'starttls' | 'none'
  /** Null = nobody signs in. */
  user: string | null
  sender: string
  recipients: string[]
  locale: Locale
  /** Each morning, when something waits. */
  digest: boolean
}
