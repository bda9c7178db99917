/** Where the database is when it is not the bundled one: DATABASE_URL, and how the app steps down from that login. */
import type { DbAddress } from './open.ts'

/** The role everything but migrating runs as; it owns nothing and no row-level security lets it through. */
export const APP_ROLE = 'lagerbro_app'
/** The role that owns the tables. */
export const OWNER_ROLE = 'lagerbro_owner'

export interface Addresses {
  /** Migrates. */
  owner: DbAddress
  /** Everything else. */
  app: DbAddress
}

/** Null when no DATABASE_URL is set: then the bundled PostgreSQL is started. Without a login of its own the app steps down with SET ROLE. */
export function databaseAddress(config: { databaseUrl: string | null; databaseAppUrl: string | null }): Addresses | null {
  if (config.databaseUrl === null) return null
  const owner: DbAddress = { config: { connectionString: config.databaseUrl, application_name: 'lagerbro' }, setRole: null }
  const app: DbAddress =
    config.databaseAppUrl === null ? { ...owner, setRole: APP_ROLE } : { config: { connectionString: config.databaseAppUrl, application_name: 'lagerbro' }, setRole: null }
  return { owner, app }
}
