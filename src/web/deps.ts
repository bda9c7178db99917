/** What the web is handed by main.ts. */
import type { Ears } from '../db/open.ts'
import type { SyncDeps } from '../sync/deps.ts'
import type { Locale } from './contract/shared.ts'

export interface WebDeps {
  sync: SyncDeps
  bell: Ears
  config: {
    publicAddress: string | null
    /** True when people reach us over https. */
    cookieSecure: boolean
    /** The built ui, or null: then only /v1 and hooks are answered. */
    uiDir: string | null
    /** Per session or key; the default is for people and well-behaved systems. */
    requestsPerMinute?: number
  }
  /** Makes the demo shop from the first page. Absent = this installation has none. */
  demo?: {
    start(locale: Locale): Promise<{ email: string; password: string }>
    /** Whether this host and port is the demo shop's pretend webshop on this machine. */
    reaches(host: string): boolean
  }
  /** For /healthz and /readyz; `ready` false = send requests elsewhere. */
  health: () => Promise<{ ready: boolean }>
  /** For /metrics. */
  metrics?: () => Promise<{ type: string; text: string }>
}
