/** A worker in a process of its own, for tests that kill one. Told what it needs on the command line as JSON; says "ready" and works until it dies. With `chores` it does the bulk changes of one company, at that time. */
import * as connectors from '../../src/connectors/index.ts'
import { openBell } from '../../src/db/bell.ts'
import { type DbAddress, openDb } from '../../src/db/open.ts'
import { fakeClock, systemClock } from '../../src/kit/clock.ts'
import { openHttp } from '../../src/kit/http.ts'
import { silentLog } from '../../src/kit/log.ts'
import { secretBox } from '../../src/kit/secret-box.ts'
import { chores } from '../../src/sync/chores.ts'
import { startWorker } from '../../src/sync/worker.ts'

const told = JSON.parse(process.argv[2] ?? '') as { address: DbAddress; key: string; chores?: { companyId: number; at: string } }
const bell = await openBell(told.address, silentLog)
const db = openDb(told.address, silentLog, bell)
const clock = told.chores === undefined ? systemClock : fakeClock(told.chores.at)
const deps = { db, clock, log: silentLog, box: secretBox(Buffer.from(told.key, 'hex')), http: openHttp({ allowLoopback: true }), connectors, publicAddress: null }
const companies = told.chores === undefined ? [] : [told.chores.companyId]
startWorker(
  deps,
  bell,
  async () => companies,
  chores(deps).filter((chore) => chore.name === 'bulk'),
)
process.stdout.write('ready\n')
