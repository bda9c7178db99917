/** Writing stock: refusals by row, and the list of everything that was executed. */
// Keys and replays, and compare and set. // toy only
import { createHash } from 'node:crypto' // toy only
import { json, type SimAnswer, type SimRequest } from '../kit.ts'
import type { FaultDesk } from './faults.ts'
import type { HookDesk } from './hooks.ts'
import { hit, type Shop, type ToyItem, type ToyWrite } from './shop.ts'

interface Row {
  op: 'set' | 'adjust' | 'track' | 'activate'
  item: string
  place?: string
  /** A guard: the item must still carry this number. */
  number?: string
  value?: number
  delta?: number
  expected?: number | null // toy only
}
type Result = { result: 'done' } | { result: 'stale'; shows: number | null } | { result: 'refused'; code: string; said: string } | { result: 'not-sent' }
type Verdict = { result: Result; run: (() => void) | null }
// toy only {
interface KeyLine {
  hash: string
  at: number
  /** Null while the first request is still running. */
  answer: Exclude<SimAnswer, string> | null
}
// }
export type WriteDesk = ReturnType<typeof writeDesk>

export function writeDesk(
  shop: Shop,
  faults: FaultDesk,
  desk: HookDesk,
  onWrite: (write: ToyWrite) => void, // toy only
) {
  let late = false // toy only
  const keys = new Map<string, KeyLine>() // toy only
  const refuse = (code: string, said: string): Verdict => ({ result: { result: 'refused', code, said }, run: null })

  function judge(row: Row, key: string | null): Verdict {
    const item = shop.items.get(row.item)
    if (item === undefined) return refuse('item-gone', `There is no item ${row.item}.`)
    if (row.number !== undefined && item.number !== row.number) return refuse('link-moved', `Item ${row.item} carries another number now.`)
    if (item.unwritable !== null) return refuse(item.unwritable, `The number of this item is kept elsewhere (${item.unwritable}).`)
    if (row.op === 'track') return { result: { result: 'done' }, run: () => void Object.assign(item, { tracked: true }) }
    const place = shop.places.find((p) => p.ref === row.place)
    if (place === undefined || !place.active) return refuse('place-gone', `There is no place ${row.place}.`)
    if (row.op === 'activate') return { result: { result: 'done' }, run: () => void item.levels.set(place.ref, { value: item.levels.get(place.ref)?.value ?? 0, active: true }) }
    if (!item.tracked) return refuse('not-tracked', 'The shop keeps no count of this item.')
    const level = item.levels.get(place.ref)
    if (level === undefined || !level.active) return refuse('not-stocked', `The item isn't kept at ${place.name}.`)
    const before = level.value
    // toy only {
    if (row.op === 'set' && row.expected !== undefined && row.expected !== null && row.expected !== before) {
      return { result: { result: 'stale', shows: faults.take('stale-silent', 'write') === null ? before : null }, run: null }
    }
    // }
    const value = row.op === 'set' ? row.value : (before ?? 0) + (row.delta ?? Number.NaN)
    if (value === undefined || !Number.isInteger(value) || value > 1_000_000 || (row.op === 'set' && value < 0))
      return refuse('value-refused', 'The number must be a whole one from 0 to 1,000,000.')
    return { result: { result: 'done' }, run: () => execute(item, place.ref, row, before, value, key) }
  }
  function execute(item: ToyItem, place: string, row: Row, before: number | null, value: number, key: string | null): void {
    const write: ToyWrite = {
      seq: shop.writes.length + 1,
      op: row.op === 'adjust' ? 'adjust' : 'set',
      item: item.ref,
      number: item.number,
      place,
      before,
      value,
      expected: row.expected ?? null, // toy only
      key,
      late, // toy only
    }
    shop.writes.push(write)
    onWrite(write) // toy only
    hit(shop, `write.${row.op}`)
    if (faults.standing('lost-writes')) return
    item.levels.set(place, { value, active: true })
    if (shop.options.stockHooks === 'all') desk.stockChanged(item.ref)
  }
  /** Rows one after the other: each is judged on what the rows before it left. In a whole batch all must pass before anything is done. */
  function runRows(rows: Row[], key: string | null): Result[] {
    if (shop.options.batches === 'whole') {
      const verdicts = rows.map((row) => judge(row, key))
      if (verdicts.every((v) => v.run !== null)) for (const v of verdicts) v.run?.()
      else {
        hit(shop, 'write.whole-refused')
        for (const v of verdicts) if (v.run !== null) v.result = { result: 'not-sent' }
      }
      return verdicts.map((v) => v.result)
    }
    return rows.map((row) => {
      const verdict = judge(row, key)
      verdict.run?.()
      return verdict.result
    })
  }
  const alive = (line: KeyLine | undefined) => line !== undefined && shop.clock.now().getTime() - line.at < shop.options.keyMs // toy only

  /** One POST /stock. */
  function write(request: SimRequest): Exclude<SimAnswer, string> {
    const body = request.body as { key?: string; rows?: Row[] } | undefined
    const rows = body?.rows
    if (!Array.isArray(rows) || rows.length === 0 || rows.length > 100) return json(400, { error: 'rows-wrong', said: '1 to 100 rows' })
    const key = body?.key ?? null
    // toy only {
    if ((key === null) === shop.options.keys) return json(400, { error: 'key-wrong', said: shop.options.keys ? 'This shop wants a key.' : 'This shop takes no keys.' })
    if (rows.some((row) => row.op === 'adjust') && !shop.options.adjust) return json(400, { error: 'adjust-unknown', said: 'This shop has no adjust.' })
    if (rows.some((row) => row.expected !== undefined) && shop.options.compare === 'read-first') return json(400, { error: 'expected-unknown', said: "This shop can't compare." })
    const line = key === null ? undefined : keys.get(key)
    if (line !== undefined && alive(line)) {
      if (line.hash !== hashOf(request)) {
        hit(shop, 'key.mismatch')
        return json(422, { error: 'key-mismatch', said: 'The key came with other rows the first time.' })
      }
      if (late) hit(shop, 'key.late-replay') // toy only
      hit(shop, line.answer === null ? 'key.running' : 'key.replay')
      return line.answer ?? json(409, { error: 'key-running', said: 'The first request with this key is still running.' })
    }
    // }
    const results = runRows(rows, key)
    for (const r of results) hit(shop, `answer.${r.result === 'refused' ? `refused-${r.code}` : r.result === 'stale' && r.shows === null ? 'stale-silent' : r.result}`)
    const answer = json(200, { rows: results })
    if (key !== null) keys.set(key, { hash: hashOf(request), at: shop.clock.now().getTime(), answer }) // toy only
    return answer
  }
  // toy only {
  /** Its sender has already been left without an answer. */
  function lately<T>(work: () => T): T {
    late = true
    try {
      return work()
    } finally {
      late = false
    }
  }
  // }
  return {
    write,
    // toy only {
    lately,
    /** The key counts as running until `settle` or `free` is called. */
    reserve(request: SimRequest): { settle(): Exclude<SimAnswer, string>; free(): void } | null {
      const key = (request.body as { key?: string } | undefined)?.key
      if (key === undefined || alive(keys.get(key))) return null
      const line: KeyLine = { hash: hashOf(request), at: shop.clock.now().getTime(), answer: null }
      keys.set(key, line)
      const free = () => void keys.delete(key)
      return {
        settle: () => {
          free()
          return lately(() => write(request))
        },
        free,
      }
    },
    // }
    reset: () => keys.clear(), // toy only
  }
}
const hashOf = (request: SimRequest): string => createHash('sha256').update(request.raw).digest('hex') // toy only
