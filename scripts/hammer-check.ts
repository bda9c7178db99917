/** The second program of npm run hammer: compares what the clients were told with what stands in the database, without asking the product. */
import { readFileSync } from 'node:fs'
import pg from 'pg'
import { reachRunning } from '../src/db/embedded.ts'

const [dataDir = '', acknowledgedFile = '', companyId = ''] = process.argv.slice(2)
const running = await reachRunning(dataDir)
if (running === null) throw new Error('no database is running there')
const client = new pg.Client(running.owner.config)
await client.connect()
await client.query(`select set_config('app.company', $1, false)`, [companyId])
const acknowledged = readFileSync(acknowledgedFile, 'utf8')
  .split('\n')
  .filter((ref) => ref !== '')
const { rows } = await client.query<{ ref: string; n: string; pieces: string }>(
  `select source ->> 'ref' as ref, count(*) as n, sum(on_hand_delta) as pieces from movement where company_id = $1 and kind = 'sale' and source ->> 'ref' like 'till-%' group by 1`,
  [companyId],
)
const posted = new Map(rows.map((row) => [row.ref, row]))
const lost = acknowledged.filter((ref) => !posted.has(ref)).length
// Told twice, or booked twice, or of another size.
const doubled = rows.filter((row) => Number(row.n) !== 1 || Number(row.pieces) !== -1).length + (acknowledged.length - new Set(acknowledged).size)
const wrong = await client.query(
  `select 1 from level v join lateral (select sum(on_hand_delta) as on_hand, sum(reserved_delta) as reserved from movement m
     where m.company_id = v.company_id and m.article_id = v.article_id and m.location_id = v.location_id) s on true
   where v.company_id = $1 and (v.on_hand <> s.on_hand or v.reserved <> s.reserved)`,
  [companyId],
)
await client.end()
console.log(JSON.stringify({ lost, doubled, wrong: wrong.rowCount ?? 0, posted: rows.length }))
