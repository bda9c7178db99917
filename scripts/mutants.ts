/**
 * npm run mutants: plants one-line bugs, one at a time, in a copy of the product, and runs the test its rule names. A bug that no test
 * catches is a hole in the tests. `npm run mutants -- anchor` runs those whose name holds the word;
 * `-- --fits` only says which no longer fit the code. Exit 1 when one survives.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

interface Mutant {
  name: string
  rule: string
  /** Each edit must fit exactly once. */
  edits: { file: string; find: string; put: string }[]
  project: 'unit' | 'flow' | 'property' | 'connectors'
  test: string
  /** Only worlds whose name holds this, for histories. */
  world?: string
}

const TRANSITIONS = 'src/core/told/transitions.ts'
const BELIEF = 'src/core/told/belief.ts'
const DECIDE = 'src/sync/decide.ts'
const BATCH = 'src/sync/batch.ts'
const SLOW = 'src/sync/slow-path.ts'
const ROUNDS = 'src/sync/rounds.ts'
const LEDGER = 'migrations/0004-the-ledger.sql'
const MARKED = 'migrations/0022-marked-by-key.sql'
/** Where the parent of a thing was said last, and whose numbers a shop is told. */
const VIEWS = 'migrations/0046-views-of-images.sql'
const TOLD_ROWS = 'migrations/0050-a-shop-as-master.sql'
const one = (file: string, find: string, put: string) => [{ file, find, put }]

const MUTANTS: Mutant[] = [
  {
    name: 'a cursor acknowledges all there is now',
    rule: 'R32',
    edits: one('src/core/views/rows.sql.ts', 's.lane = c.lane and s.seq <= c.seq and', 's.lane = c.lane and'),
    project: 'property',
    test: 'test/model/views',
  },
  {
    name: 'after a restore a shop may be raised',
    rule: 'R36',
    edits: one('src/core/restores/restores.sql.ts', "resend_pending = kind = 'connection', ", ''),
    project: 'flow',
    test: 'test/flows/restore.test.ts',
  },
  {
    name: 'a send of before the restore is repeated',
    rule: 'R35',
    edits: one('src/core/restores/restores.sql.ts', 'delete from push_batch where', 'delete from push_batch where false and'),
    project: 'flow',
    test: 'test/flows/restore.test.ts',
  },
  {
    name: 'keys of sends outlive a restore',
    rule: 'R37',
    edits: one(BATCH, 'listener.epoch}-', 'listener.epoch - work.line.listener.epoch + 1}-'),
    project: 'flow',
    test: 'test/flows/restore.test.ts',
  },
  {
    name: 'readers are sent nothing again after a restore',
    rule: 'R35',
    edits: one('src/core/restores/begin-epoch.ts', '  await resendViews(tx, by.now)\n', ''),
    project: 'flow',
    test: 'test/flows/backup.test.ts',
  },
  {
    name: 'one place over all lanes',
    rule: 'R31',
    edits: one('src/core/views/changes.ts', 'at[row.lane] = Math.max(at[row.lane], row.seq)', 'for (const lane of LANES) at[lane] = Math.max(at[lane], row.seq)'),
    project: 'property',
    test: 'test/model/views',
  },
  {
    name: 'a child never waits for its parent',
    rule: 'R31',
    edits: one(VIEWS, "c.op = 'upsert' and not p.there", 'false and not p.there'),
    project: 'property',
    test: 'test/model/views',
  },
  {
    name: 'anchor at what was seen when confirmed',
    rule: 'R13',
    edits: one(
      TRANSITIONS,
      'anchor: { value: flight.value, seen: flight.seen },\n        doubt: flight.doubt,',
      'anchor: { value: flight.value, seen: row.seen },\n        doubt: flight.doubt,',
    ),
    project: 'unit',
    test: 'src/core/told',
  },
  {
    name: 'cleared by equality while a send is in the air',
    rule: 'R8',
    edits: one(LEDGER, 'p_anchor_value is not null and p_flight is null and', 'p_anchor_value is not null and'),
    project: 'flow',
    test: 'test/flows/told-table.test.ts',
  },
  {
    name: 'cleared by equality while a worker holds the row',
    rule: 'R8',
    edits: one(MARKED, 'u.token = t.held)\n', 'false)\n'),
    project: 'flow',
    test: 'test/flows/told-table.test.ts',
  },
  {
    name: 'a timeout read as done',
    rule: 'S4',
    edits: one(BATCH, "() => ({ kind: 'unknown' })", "() => ({ kind: 'done' })"),
    project: 'property',
    test: 'test/model/sync',
    world: 'compare',
  },
  {
    name: 'a timeout read as not executed',
    rule: 'S4',
    edits: one(BATCH, "if (error.executed === 'unknown' || replayed)", 'if (replayed)'),
    project: 'flow',
    test: 'test/flows/slow-path.test.ts',
  },
  {
    name: 'no look after a send nobody can ask about',
    rule: 'R16',
    edits: one(TRANSITIONS, 'looks: [...row.looks, look] }', 'looks: row.looks }'),
    project: 'flow',
    test: 'test/flows/slow-path.test.ts',
  },
  {
    name: 'no fence',
    rule: 'R10',
    edits: one('src/sync/turn.ts', 'if (standing === null) throw new TurnLost', 'if (standing === null && token < 0) throw new TurnLost'),
    project: 'flow',
    test: 'test/flows/turn.test.ts',
  },
  {
    name: 'no dedupe of movements',
    rule: 'L3',
    edits: one('src/core/stock/post-movements.ts', 'key: m.key,', 'key: m.key + Math.random(),'),
    project: 'flow',
    test: 'test/flows/slow-path.test.ts',
  },
  {
    name: 'no dedupe of hooks',
    rule: 'S8',
    edits: one('src/sync/inbox.ts', 'verified.deliveryKey', 'verified.deliveryKey + Math.random()'),
    project: 'flow',
    test: 'test/flows/orders-inbound.test.ts',
  },
  {
    name: 'an absent level read as zero',
    rule: 'L7',
    edits: one('src/sync/look.ts', "if (level === undefined || !level.active) return refuse('not-stocked')", "if (level === undefined) return { kind: 'shows', value: 0 }"),
    project: 'unit',
    test: 'src/sync/look.test.ts',
  },
  {
    name: 'unknown stock told as what is left of it',
    rule: 'L7',
    edits: [
      ...one(TOLD_ROWS, '    where v.known or o.master_id = k.listener_id\n', ''),
      ...one('src/core/told/told.sql.ts', 'and (coalesce((select v.known from level v', 'and (coalesce((select true from level v'),
    ],
    project: 'flow',
    test: 'test/flows/unknown-stock.test.ts',
  },
  {
    name: 'a negative number compared raw',
    rule: 'R4',
    edits: one(DECIDE, 'return Math.max(0, believed) === value', 'return believed === value'),
    project: 'unit',
    test: 'src/sync/decide.test.ts',
  },
  {
    name: 'the master wins at first sight',
    rule: 'R20',
    edits: one(DECIDE, 'if (cell.drift !== null) return finish', 'if (drift !== 0) return finish'),
    project: 'unit',
    test: 'src/sync/decide.test.ts',
  },
  {
    name: 'unrouted pieces taken for certain',
    rule: 'R6',
    edits: one(BELIEF, 'rules.ruleKnown && cell.unrouted === 0 &&', 'rules.ruleKnown &&'),
    project: 'unit',
    test: 'src/core/told',
  },
  {
    name: 'raised while something isn’t known',
    rule: 'R23',
    edits: one(DECIDE, 'if (cell.unrouted > 0 || rules.resendPending || blocked || hasFutureLook(cell, now))', 'if (rules.resendPending)'),
    project: 'unit',
    test: 'src/sync/decide.test.ts',
  },
  {
    name: 'no quiet span between the looks',
    rule: 'R17',
    edits: one(SLOW, 'cell.touch !== l.touch || (needsLag', '(needsLag'),
    project: 'flow',
    test: 'test/flows/slow-path.test.ts',
  },
  {
    name: 'no waiting for the feed',
    rule: 'R18',
    edits: one(ROUNDS, 'rules.feedLagMs > 0 && (cell.takes', 'rules.feedLagMs < 0 && (cell.takes'),
    project: 'flow',
    test: 'test/flows/slow-path.test.ts',
  },
  {
    name: 'drain before look',
    rule: 'R17',
    edits: [
      ...one(SLOW, "    await drain(deps, line, turn, 'look')\n", ''),
      ...one(SLOW, 'const sights = await lookAt(line, before, lane)', "await drain(deps, line, turn, 'look')\n    const sights = await lookAt(line, before, lane)"),
    ],
    project: 'flow',
    test: 'test/flows/slow-path.test.ts',
  },
  {
    name: 'pick first of two',
    rule: 'S10',
    edits: [
      ...one('src/core/listings/listings.sql.ts', 'number, case when n = 1 and', 'number, case when n >= 1 and'),
      ...one('src/core/listings/listings.sql.ts', '             case when n = 1 and (saved is null or saved', '             case when n >= 1 and (saved is null or saved'),
    ],
    project: 'flow',
    test: 'test/flows/orders-inbound.test.ts',
  },
  {
    name: 'a doubtful ingest forgotten at the confirm',
    rule: 'R13',
    edits: one(TRANSITIONS, 'anchor: row.doubt === by.doubt ? by.anchor : null', 'anchor: by.anchor'),
    project: 'unit',
    test: 'src/core/told',
  },
  {
    name: 'a replayed cut taken for a confirm',
    rule: 'R23a',
    edits: one(TRANSITIONS, 'return by.replayed ? released({ ...landed, anchor: null })', 'return by.replayed ? released({ ...landed, told: row.wanted })'),
    project: 'unit',
    test: 'src/core/told',
  },
  {
    name: 'a late fact not taken off at the next count',
    rule: 'L9',
    edits: one(
      MARKED,
      "kind, on_hand_delta, occurred_at, posted_at, source, actor)\n      select p_company, 'count-line:'",
      "kind, reserved_delta, occurred_at, posted_at, source, actor)\n      select p_company, 'count-line:'",
    ),
    project: 'flow',
    test: 'test/flows/ledger.test.ts',
  },
  { name: 'pieces refunded unshipped go back on sale', rule: 'R1', edits: one('src/core/orders/facts.ts', "'lost'", "'lost-nowhere'"), project: 'unit', test: 'src/core/orders' },
]

const root = join(import.meta.dirname, '..')
if (process.argv[2] === '--fits') {
  const loose = MUTANTS.flatMap((mutant) => mutant.edits.flatMap((edit) => misfit(edit).map((why) => `${mutant.rule} ${mutant.name}: ${why}`)))
  for (const line of loose) console.log(line)
  process.exit(loose.length === 0 ? 0 : 1)
}
const wanted = process.argv.slice(2).join(' ')
const copy = mkdtempSync(join(tmpdir(), 'lagerbro-mutants-'))
for (const room of ['src', 'sim', 'test', 'migrations', 'scripts', 'ui', 'demo', 'docs', 'package.json', 'tsconfig.json', 'vitest.config.ts'])
  cpSync(join(root, room), join(copy, room), { recursive: true })
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))

let survived = 0
const chosen = MUTANTS.filter((m) => m.name.includes(wanted))
for (const mutant of chosen) {
  const kept = new Map(mutant.edits.map((e) => [e.file, readFileSync(join(copy, e.file), 'utf8')]))
  const fits = mutant.edits.every((e) => (kept.get(e.file) as string).split(e.find).length === 2)
  if (fits)
    for (const e of mutant.edits)
      writeFileSync(
        join(copy, e.file),
        readFileSync(join(copy, e.file), 'utf8').replace(e.find, () => e.put),
      )
  const from = performance.now()
  const ran = fits ? run(mutant) : null
  for (const [file, text] of kept) writeFileSync(join(copy, file), text)
  const caught = ran !== null && ran.status === 1 && /Tests .*\d+ failed/.test(ran.output)
  if (!caught) survived++
  const why = ran === null ? 'the line it changes is not there once' : caught ? '' : `exit ${ran.status}\n${ran.output.slice(-1500)}`
  console.log(`${caught ? 'caught  ' : 'SURVIVED'} ${mutant.rule.padEnd(5)} ${mutant.name} (${mutant.test}, ${((performance.now() - from) / 1000).toFixed(0)} s) ${why}`)
}
rmSync(copy, { recursive: true, force: true })
console.log(`${chosen.length - survived} caught, ${survived} survived`)
process.exit(survived === 0 ? 0 : 1)

/** Why a planted bug would change nothing: its line isn't there once, or stands in a database function that a later migration says anew. */
function misfit({ file, find }: Mutant['edits'][number]): string[] {
  const text = readFileSync(join(root, file), 'utf8')
  if (text.split(find).length !== 2) return ['the line it changes is not there once']
  if (!file.startsWith('migrations/')) return []
  const before = text.slice(0, text.indexOf(find))
  const name = [...before.matchAll(/create (?:or replace )?function (\w+)\(/g)].at(-1)?.[1]
  const later = readdirSync(join(root, 'migrations')).filter((each) => `migrations/${each}` > file)
  const anew = later.filter((each) => new RegExp(`create (or replace )?function ${name}\\(`).test(readFileSync(join(root, 'migrations', each), 'utf8')))
  return anew.length === 0 ? [] : [`${anew.at(-1)} says ${name} anew`]
}

function run({ project, test, world }: Mutant): { status: number | null; output: string } {
  const histories = world === undefined ? [] : ['-t', `no sale erased: ${world}`]
  const argv = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--project', project, '--bail', '1', test, ...histories]
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, { cwd: copy, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1', HISTORIES: '40' }, timeout: 240_000 })
  return { status, output: stdout + stderr }
}
