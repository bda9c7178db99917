/** npm run bench [-- movements latency hooks bulk busy abicart erp catalogue files backoffice neighbours views warm] [--scale 0.1]: the product's speed, each figure beside what the machine itself can do. docs/bench.md says what binds. */
import { availableParallelism, cpus } from 'node:os'
import { abicart } from './abicart.ts'
import { backoffice } from './backoffice.ts'
import { bulk } from './bulk.ts'
import { busy } from './busy.ts'
import { calls } from './calls.ts'
import { catalogue } from './catalogue.ts'
import { beChild, type Role } from './children.ts'
import { erp } from './erp.ts'
import { files } from './files.ts'
import { hooks } from './hooks.ts'
import { latency } from './latency.ts'
import { movements } from './movements.ts'
import { neighbours } from './neighbours.ts'
import { type Figure, met, round, table, timesFloor } from './report.ts'
import { views } from './views.ts'
import { warm } from './warm.ts'

const PARTS: Record<string, (scale: number) => Promise<Figure[]>> = {
  movements,
  latency,
  hooks: both,
  bulk,
  busy,
  abicart,
  erp,
  catalogue,
  files,
  backoffice,
  neighbours,
  views,
  warm,
}

/** What is signed, and what only carries a code of ours. */
async function both(scale: number): Promise<Figure[]> {
  return [...(await hooks(scale)), ...(await calls(scale))]
}

async function main(args: string[]): Promise<void> {
  const scaleAt = args.indexOf('--scale')
  const scale = scaleAt < 0 ? 1 : Number(args.splice(scaleAt, 2)[1])
  const unknown = args.find((name) => PARTS[name] === undefined)
  if (unknown !== undefined || !(scale > 0 && scale <= 1))
    throw new Error(`There is no "${unknown ?? '--scale'}". There are: ${Object.keys(PARTS).join(', ')}, and --scale 0.01 to 1.`)
  console.log(`${cpus()[0]?.model ?? 'a processor'}, ${availableParallelism()} cores, Node ${process.versions.node}; the database with fsync on, everything on this one machine.\n`)
  const results: Record<string, unknown[]> = {}
  for (const name of args.length > 0 ? args : Object.keys(PARTS)) {
    const figures = await (PARTS[name] as (scale: number) => Promise<Figure[]>)(scale)
    console.log(`${name}\n${table(figures)}\n`)
    results[name] = figures.map((f) => ({
      name: f.name,
      value: round(f.value),
      unit: f.unit,
      floor: f.floor === undefined ? null : round(f.floor.value),
      timesFloor: rounded(timesFloor(f)),
      met: met(f),
    }))
  }
  console.log(JSON.stringify(results))
}
const rounded = (n: number | null): number | null => (n === null ? null : round(n))

const [first, role] = process.argv.slice(2)
if (first === '--child') await beChild(JSON.parse(role ?? '') as Role)
else await main(process.argv.slice(2))
