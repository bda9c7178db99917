/** What everything in sync is handed: built in main.ts, passed as a plain object. */
import type { Connector } from '../connectors/contract.ts'
import type { Db } from '../db/open.ts'
import type { Clock } from '../kit/clock.ts'
import type { Folder } from '../kit/folder.ts'
import type { Http } from '../kit/http.ts'
import type { Log } from '../kit/log.ts'
import type { Post } from '../kit/mail.ts'
import type { SecretBox } from '../kit/secret-box.ts'

export interface SyncDeps {
  db: Db
  clock: Clock
  log: Log
  box: SecretBox
  http: Http
  /** By code. Settings are opaque here: a connector is only ever handed what its own form parsed. */
  connectors: Record<string, Connector<unknown>>
  /** Where remotes reach us, without a slash at the end; null = polling only. */
  publicAddress: string | null
  /** Hands letters to mail servers; absent = nobody is told by e-mail. */
  post?: Post
  /** Where the bytes of images are; absent = in the database. */
  folder?: Folder
}
