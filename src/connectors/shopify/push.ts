/** Writing stock: one mutation for up to 250 rows, under the batch's own key, with what we believe the shop shows. Shopify takes all of it or nothing. */
import { unreachable } from '../../kit/assert.ts'
import { type Batch, type Change, type Outcome, type Priority, type RefusedCode, RemoteError } from '../contract.ts'
import type { UserErrors } from './answers.ts'
import type { Client } from './client.ts'
import { ADJUST_STOCK, SET_STOCK, STOCK_AT, STOCK_OF_ITEMS, TRACK } from './documents.ts'
import { isGid } from './ids.ts'
import type { Place } from './places.ts'
import type { ShopifySettings } from './settings.ts'

type Of<K extends Change['kind']> = Extract<Change, { kind: K }>

export async function push(client: Client, settings: ShopifySettings, places: Place[], batch: Batch, priority: Priority): Promise<Outcome[]> {
  const barred = batch.rows.map((row) => barredOf(row, places))
  // Nothing is left out and the rest sent: the same key must always travel with the same rows.
  if (barred.some((outcome) => outcome !== null)) return barred.map((outcome) => outcome ?? { kind: 'not-sent' })

  const outcomes: Outcome[] = batch.rows.map(() => ({ kind: 'not-sent' }))
  let began = false
  for (const { rows, send } of parts(client, settings, batch, priority)) {
    try {
      const answers = await send()
      for (const [i, at] of rows.entries()) outcomes[at] = answers[i] ?? { kind: 'unknown' }
    } catch (error) {
      // The first part speaks for the whole; after that, what is done is done and must be said.
      if (!began || !(error instanceof RemoteError)) throw error
      for (const at of rows) outcomes[at] = { kind: error.executed === 'no' ? 'not-sent' : 'unknown' }
      break
    }
    began = true
  }
  return outcomes
}

/** What can be known to be refused without asking. */
function barredOf(row: Change, places: Place[]): Outcome | null {
  if (!isGid('InventoryItem', row.itemRef)) return { kind: 'refused', code: 'item-gone', said: 'not an inventory item' }
  if (!isGid('Location', row.placeRef)) return { kind: 'refused', code: 'place-gone', said: 'not a location' }
  const place = places.find((p) => p.ref === row.placeRef)
  return place?.unusable === 'fulfilment-service' ? { kind: 'refused', code: 'fulfilment-service', said: place.name } : null
}

interface Part {
  /** Where its rows stand in the batch. */
  rows: number[]
  send(): Promise<Outcome[]>
}
function parts(client: Client, settings: ShopifySettings, batch: Batch, priority: Priority): Part[] {
  const stock: { at: number; row: Of<'stock'> }[] = []
  const adjust: { at: number; row: Of<'stock-adjust'> }[] = []
  const stocking: Part[] = []
  for (const [at, row] of batch.rows.entries()) {
    switch (row.kind) {
      case 'stock':
        stock.push({ at, row })
        break
      case 'stock-adjust':
        adjust.push({ at, row })
        break
      case 'stocking':
        stocking.push({ rows: [at], send: async () => [await stockAt(client, row, `${batch.key}-${at}`, priority)] })
        break
      default:
        unreachable(row)
    }
  }
  const found: Part[] = [...stocking]
  if (stock.length > 0)
    found.push({
      rows: stock.map((s) => s.at),
      send: () =>
        setStock(
          client,
          settings,
          batch.key,
          stock.map((s) => s.row),
          priority,
        ),
    })
  // A batch of one kind, as they all are, uses its key as it is.
  if (adjust.length > 0)
    found.push({
      rows: adjust.map((a) => a.at),
      send: () =>
        adjustStock(
          client,
          stock.length > 0 ? `${batch.key}-adjust` : batch.key,
          adjust.map((a) => a.row),
          priority,
        ),
    })
  return found
}

/** Shown with each change in the history of the item in Shopify's admin. */
const documentUri = (key: string): string => `gid://lagerbro/StockPush/${encodeURIComponent(key)}`

async function setStock(client: Client, settings: ShopifySettings, key: string, rows: Of<'stock'>[], priority: Priority): Promise<Outcome[]> {
  const quantities = rows.map((row) => ({ inventoryItemId: row.itemRef, locationId: row.placeRef, quantity: row.value, changeFromQuantity: row.expected }))
  const input = { name: settings.quantityName, reason: 'correction', referenceDocumentUri: documentUri(key), quantities }
  const errors = (await client.ask(SET_STOCK, { input, key }, priority)).inventorySetQuantities?.userErrors
  const outcomes = outcomesOf(rows.length, errors)
  const isStaleSomewhere = errors?.some((error) => isStale(error) && rowOf(error.field) === null) && outcomes.every((o) => o.kind === 'not-sent')
  return isStaleSomewhere ? staleOnes(client, settings, rows, priority) : outcomes
}

/** Shopify said that a number moved but not which: a look tells. Nothing was done, so a look that fails leaves all to be sent again. */
async function staleOnes(client: Client, settings: ShopifySettings, rows: Of<'stock'>[], priority: Priority): Promise<Outcome[]> {
  try {
    const ids = [...new Set(rows.map((row) => row.itemRef))]
    const { nodes } = await client.ask(STOCK_OF_ITEMS, { ids, names: [settings.quantityName] }, priority)
    const shown = new Map(
      nodes.flatMap((node) =>
        (node?.inventoryLevels?.nodes ?? []).map((level) => [`${node?.id} ${level.location.id}`, level.quantities.find((q) => q.name === settings.quantityName)?.quantity ?? null]),
      ),
    )
    return rows.map((row) => {
      const shows = shown.get(`${row.itemRef} ${row.placeRef}`) ?? null
      return shows === null || shows === row.expected ? { kind: 'not-sent' } : { kind: 'stale', shows }
    })
  } catch (error) {
    if (error instanceof RemoteError) return rows.map(() => ({ kind: 'not-sent' }))
    throw error
  }
}

async function adjustStock(client: Client, key: string, rows: Of<'stock-adjust'>[], priority: Priority): Promise<Outcome[]> {
  const changes = rows.map((row) => ({ inventoryItemId: row.itemRef, locationId: row.placeRef, delta: row.delta, changeFromQuantity: null }))
  const input = { name: 'available', reason: 'correction', referenceDocumentUri: documentUri(key), changes }
  const answer = (await client.ask(ADJUST_STOCK, { input, key }, priority)).inventoryAdjustQuantities
  return outcomesOf(rows.length, answer?.userErrors)
}

/** Any error at all means that nothing of the batch was done. */
export function outcomesOf(count: number, errors: UserErrors | undefined): Outcome[] {
  if (errors === undefined) throw new RemoteError('strange', 'answer-unreadable', 'no word on whether it was done', { executed: 'unknown' })
  if (errors.length === 0) return Array.from({ length: count }, () => ({ kind: 'done' }))
  const codes = new Set(errors.map((error) => error.code ?? ''))
  // The first request under this key is still running: only the same key may be sent again.
  if (codes.has('IDEMPOTENCY_CONCURRENT_REQUEST')) throw new RemoteError('busy', 'key-in-use', 'the same request is still running', { executed: 'unknown', retryAfterMs: 1000 })
  if (codes.has('SERVICE_UNAVAILABLE')) throw new RemoteError('busy', 'remote-error', 'Shopify asks us to try again', { executed: 'no' })
  const outcomes: Outcome[] = Array.from({ length: count }, () => ({ kind: 'not-sent' }))
  // A key that ended in failure or belongs to other rows did nothing now: all go again under new keys.
  if (codes.has('IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED') || codes.has('IDEMPOTENCY_KEY_PARAMETER_MISMATCH')) return outcomes
  for (const error of errors) {
    const said = rowOf(error.field)
    // Which row isn't always said: alone it is that one, else smaller batches will tell.
    const at = said ?? (count === 1 ? 0 : null)
    if (at !== null && at < count) outcomes[at] = outcomeOf(error)
  }
  const whole = errors.find((error) => WHOLE.has(error.code ?? ''))
  if (whole !== undefined) throw new RemoteError('refused', 'request-refused', `Shopify refused the request: ${whole.code}`, { executed: 'no', facts: { said: whole.code ?? '' } })
  return outcomes
}

/** About the request itself: no other split of the rows would help. */
const WHOLE = new Set(['INVALID_NAME', 'INVALID_QUANTITY_NAME', 'INVALID_REASON', 'INVALID_REFERENCE_DOCUMENT', 'INVALID_AVAILABLE_DOCUMENT', 'INVALID_QUANTITY_DOCUMENT'])

/** ["input", "quantities", "3", "locationId"]: the number is a text. */
function rowOf(field: string[] | null | undefined): number | null {
  const index = field?.find((part) => /^\d+$/.test(part))
  return index === undefined ? null : Number(index)
}

const REFUSED: Record<string, RefusedCode> = {
  NON_MUTABLE_INVENTORY_ITEM: 'bundle',
  INVALID_INVENTORY_ITEM: 'item-gone',
  INVALID_LOCATION: 'place-gone',
  ITEM_NOT_STOCKED_AT_LOCATION: 'not-stocked',
  INVALID_QUANTITY_NEGATIVE: 'value-refused',
  INVALID_QUANTITY_TOO_HIGH: 'value-refused',
  INVALID_QUANTITY_TOO_LOW: 'value-refused',
}
function outcomeOf(error: UserErrors[number]): Outcome {
  return isStale(error) ? { kind: 'stale', shows: null } : { kind: 'refused', code: REFUSED[error.code ?? ''] ?? 'remote-strange', said: error.message }
}
const isStale = (error: UserErrors[number]): boolean => error.code === 'CHANGE_FROM_QUANTITY_STALE' || error.code === 'COMPARE_QUANTITY_STALE'

/** Makes an item be counted, and kept at a place. Both may be repeated; numbers that stand are left as they are. */
async function stockAt(client: Client, row: Of<'stocking'>, key: string, priority: Priority): Promise<Outcome> {
  if (row.tracked) {
    const refused = stockingRefused((await client.ask(TRACK, { item: row.itemRef }, priority)).inventoryItemUpdate?.userErrors)
    if (refused !== null) return refused
  }
  if (row.active) {
    const refused = stockingRefused((await client.ask(STOCK_AT, { item: row.itemRef, place: row.placeRef, key }, priority)).inventoryActivate?.userErrors)
    if (refused !== null) return refused
  }
  return { kind: 'done' }
}

/** These errors carry no code, only a field. */
function stockingRefused(errors: UserErrors | undefined): Outcome | null {
  const [error] = errors ?? []
  if (error === undefined) return null
  const field = error.field?.at(-1) ?? ''
  const code = field === 'inventoryItemId' || field === 'id' ? 'item-gone' : field === 'locationId' ? 'place-gone' : 'remote-strange'
  return { kind: 'refused', code, said: error.message }
}
