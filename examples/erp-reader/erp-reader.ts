/**
 * An outside system in small: mirrors a Lagerbro's catalogue, prices and stock into JSON files, and hands in an order.
 * Needs nothing but LAGERBRO_ADDRESS and LAGERBRO_KEY (an API key that may make views, and only until it has made one).
 */
import { call, openReader, type ReaderEvent } from '../../client/index.ts'
import { openMirror } from './mirror.ts'
import { askForAll, connect } from './view.ts'

const HELP = `erp-reader connect FOLDER                            makes a view, once; its key is kept in FOLDER/view.json
erp-reader mirror FOLDER                             the same, asks for all products, then follows every change until Ctrl-C
erp-reader order FOLDER ID NUMBER PIECES LOCATION    hands in an order that has been shipped`

const say = (words: string) => void process.stdout.write(`${words}\n`)

function tell(event: ReaderEvent): void {
  if (event.kind === 'waiting') say(`. ${event.why}; again in ${Math.ceil(event.ms / 1000)} s`)
  else if (event.kind === 'from-start') say(`. reading from the oldest that is not acknowledged (${event.code})`)
  else {
    for (const { item, error } of event.rejected) say(`! ${item.entity} ${item.id}: ${error}`)
    say(`= ${event.applied} taken, ${event.old} known already`)
  }
}

async function mirror(folder: string): Promise<number> {
  const { access, viewId } = await connect(process.env, folder, say)
  await askForAll(access, viewId, folder, say)
  const reader = openReader({ ...access, viewId, state: openMirror(folder, say), tell })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void reader.stop())
  const ended = await reader.ended
  if (ended.why === 'stopped') return 0
  say(`! ${ended.code}: ${ended.words}`)
  return 1
}

/** Sent again with the same id it is the same order, and only what differs is posted. */
async function order(folder: string, id: string, articleNumber: string, quantity: number, locationId: number): Promise<number> {
  const { access, viewId } = await connect(process.env, folder, say)
  const now = new Date().toISOString()
  const { unknownNumbers } = await call<{ unknownNumbers: string[] }>(access, 'PUT', `/v1/sync-views/${viewId}/orders/${encodeURIComponent(id)}`, {
    body: {
      placedAt: now,
      paid: true,
      locationId,
      lines: [{ line: '1', articleNumber, quantity }],
      shipments: [{ ref: `${id}-1`, at: now, lines: [{ line: '1', quantity }] }],
    },
  })
  say(unknownNumbers.length === 0 ? `order ${id} is handed in` : `order ${id} is handed in; nobody there knows ${unknownNumbers.join(', ')}`)
  return 0
}

const [command, folder, ...rest] = process.argv.slice(2)
try {
  if (folder === undefined) throw new Error(HELP)
  if (command === 'connect') await connect(process.env, folder, say)
  else if (command === 'mirror') process.exitCode = await mirror(folder)
  else if (command === 'order' && rest.length === 4) process.exitCode = await order(folder, String(rest[0]), String(rest[1]), Number(rest[2]), Number(rest[3]))
  else throw new Error(HELP)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
