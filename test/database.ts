/** A database of its own for a test, copied from the migrated one in well under 100 ms. */
import pg from 'pg'
import { inject } from 'vitest'
import { type Bell, type Db, type DbAddress, noBell, openDb, type Queryable, queryable } from '../src/db/open.ts'
import { silentLog } from '../src/kit/log.ts'

export interface TestDatabase {
  db: Db
  /** For looking behind the wall in assertions and for planting rows: every company, no row-level security. */
  owner: Queryable
  /** What the product's pool connects with. */
  address: DbAddress
  /** What migrates; row-level security holds for it too. */
  ownerAddress: DbAddress
  close(): Promise<void>
}

export async function testDatabase(options: { bell?: Bell } = {}): Promise<TestDatabase> {
  const cluster = inject('cluster')
  const name = `t_${process.pid}_${process.hrtime.bigint()}`
  const maker = new pg.Client(cluster.superuser.config)
  await maker.connect()
  await maker.query(`create database ${name} template lagerbro owner lagerbro_owner strategy file_copy`)
  // As the launcher does it; grants on a database aren't copied with it.
  await maker.query(`revoke all on database ${name} from public`)
  await maker.query(`grant connect on database ${name} to lagerbro_app`)
  const within = (address: DbAddress): DbAddress => ({ config: { ...address.config, database: name }, setRole: address.setRole })
  const address = within(cluster.app)
  const db = openDb(address, silentLog, options.bell ?? noBell)
  const pool = new pg.Pool({ ...within(cluster.superuser).config, max: 2 })
  pool.on('error', () => {})
  return {
    db,
    owner: queryable(pool),
    address,
    ownerAddress: within(cluster.owner),
    async close() {
      await Promise.all([db.close(), pool.end()])
      await maker.query(`drop database ${name} with (force)`)
      await maker.end()
    },
  }
}
