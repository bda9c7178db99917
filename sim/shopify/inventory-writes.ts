/** The inventory mutations: all-or-nothing batches, compare-and-swap, and the recorded refusals. */

import type { SimTime } from '../time.ts'
import { failed } from './errors.ts'
import type { Faults } from './faults.ts'
import { dateTime, gid, numeral } from './ids.ts'
import { claimKey, fingerprintOf, KEY_WORDS, type KeyError, keepAnswer } from './keys.ts'
import { quantityOf, type Stock } from './levels.ts'
import { hit, type Item, type Level, newId, type Place, type State } from './state.ts'

export interface InventoryDesk {
  state: State
  time: SimTime
  stock: Stock
  faults: Faults
  newEvent(): string
}
export interface UserError {
  code?: string
  field: string[] | null
  message: string
}
export interface Change {
  name: string
  delta: number
  item: Item
  location: Place
}
export interface Group {
  id: string
  reason: string
  referenceDocumentUri: string | null
  createdAt: string
  changes: Change[]
}
interface Row {
  inventoryItemId: string
  locationId: string
  changeFromQuantity?: number | null
  quantity?: number
  delta?: number
}
export interface WriteInput {
  name: string
  reason: string
  referenceDocumentUri?: string | null
  quantities?: Row[]
  changes?: (Row & { ledgerDocumentUri?: string | null })[]
}
interface Payload {
  inventoryAdjustmentGroup: Group | null
  userErrors: UserError[]
}

const REASONS =
  'correction, cycle_count_available, damaged, movement_canceled, movement_created, movement_received, movement_updated, other, promotion, quality_control, received, reservation_created, reservation_deleted, reservation_updated, restock, safety_stock, shrinkage'.split(
    ', ',
  )
export const BILLION = 1_000_000_000

/** Runs a mutation once per key. `owned` = this very request registered the key already, when it was held. */
export function underKey<P extends { userErrors: UserError[] }>(
  desk: InventoryDesk,
  field: string,
  key: string | null,
  args: unknown,
  owned: ReadonlySet<string>,
  refusal: (error: UserError) => P,
  work: () => P,
): P {
  if (key === null) throw failed('BAD_REQUEST', 'The @idempotent directive is required for this mutation but was not provided.')
  const forced = forcedKeyError(desk, field)
  if (forced !== null) return refusal({ code: forced, field: null, message: KEY_WORDS[forced] })
  if (!owned.has(key)) {
    const claim = claimKey(desk.state, key, fingerprintOf([field, args]), desk.time.ms())
    if (claim.kind === 'replay') return claim.payload as P
    if (claim.kind === 'refused') return refusal({ code: claim.error, field: null, message: KEY_WORDS[claim.error] })
  }
  const payload = work()
  keepAnswer(desk.state, key, payload, payload.userErrors.length > 0)
  return payload
}
function forcedKeyError(desk: InventoryDesk, field: string): KeyError | null {
  const fault = desk.faults.take(['key-concurrent', 'key-mismatch', 'key-previous-failed'], [field])
  switch (fault?.kind) {
    case 'key-concurrent':
      return 'IDEMPOTENCY_CONCURRENT_REQUEST'
    case 'key-mismatch':
      return 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH'
    case 'key-previous-failed':
      return 'IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED'
    default:
      return null
  }
}

/** Typed as nullable, yet it must be there: null is said on purpose. */
export function requireCompare(rows: Row[], inputType: string): void {
  if (rows.some((row) => !('changeFromQuantity' in row))) throw failed('INVALID_FIELD_ARGUMENTS', `${inputType} must include the following argument: changeFromQuantity.`)
}

export function setQuantities(desk: InventoryDesk, input: WriteInput): Payload {
  const rows = input.quantities ?? []
  const errors = headErrors(
    input,
    input.name === 'available' || input.name === 'on_hand'
      ? null
      : { code: 'INVALID_NAME', field: ['input', 'name'], message: "The quantity name must be either 'available' or 'on_hand'." },
  )
  const cells = errors.length > 0 ? [] : findCells(desk, rows, 'quantities', errors)
  for (const [index, row] of rows.entries()) {
    const quantity = row.quantity ?? 0
    const field = ['input', 'quantities', String(index), 'quantity']
    if (quantity > BILLION) errors.push({ code: 'INVALID_QUANTITY_TOO_HIGH', field, message: "The quantity can't be higher than 1,000,000,000." })
    else if (quantity < -BILLION) errors.push({ code: 'INVALID_QUANTITY_TOO_LOW', field, message: "The quantity can't be lower than -1,000,000,000." })
    else if (quantity < 0 && input.name === 'on_hand') errors.push({ code: 'INVALID_QUANTITY_NEGATIVE', field, message: "The quantity can't be negative." })
  }
  const target = (row: Row, level: Level | null) => (row.quantity ?? 0) - (level === null ? 0 : (quantityOf(level, input.name) ?? 0))
  return apply(desk, input, 'inventorySetQuantities', rows, cells, errors, 'quantities', 'The changeFromQuantity value does not match persisted value.', target)
}

export function adjustQuantities(desk: InventoryDesk, input: WriteInput): Payload {
  const rows = input.changes ?? []
  const known = ['available', 'damaged', 'incoming', 'on_hand', 'quality_control', 'reserved', 'safety_stock'].includes(input.name)
  const errors = headErrors(input, known ? null : { code: 'INVALID_QUANTITY_NAME', field: ['input', 'name'], message: 'The specified quantity name is invalid.' })
  const cells = errors.length > 0 ? [] : findCells(desk, rows, 'changes', errors)
  for (const [index, row] of rows.entries()) {
    const at = (name: string) => ['input', 'changes', String(index), name]
    const document = input.changes?.[index]?.ledgerDocumentUri ?? null
    if ((row.delta ?? 0) > 2 * BILLION) errors.push({ code: 'INVALID_QUANTITY_TOO_HIGH', field: at('delta'), message: "The quantity can't be higher than 2,000,000,000." })
    if ((row.delta ?? 0) < -2 * BILLION) errors.push({ code: 'INVALID_QUANTITY_TOO_LOW', field: at('delta'), message: "The quantity can't be lower than -2,000,000,000." })
    if (input.name === 'available' && document !== null)
      errors.push({ code: 'INVALID_AVAILABLE_DOCUMENT', field: at('ledgerDocumentUri'), message: 'A ledger document URI is not allowed when adjusting available.' })
    if (input.name !== 'available' && document === null)
      errors.push({ code: 'INVALID_QUANTITY_DOCUMENT', field: at('ledgerDocumentUri'), message: 'A ledger document URI is required except when adjusting available.' })
  }
  return apply(
    desk,
    input,
    'inventoryAdjustQuantities',
    rows,
    cells,
    errors,
    'changes',
    'The changeFromQuantity argument no longer matches the persisted quantity.',
    (row) => row.delta ?? 0,
  )
}

interface Cell {
  row: Row
  item: Item
  place: Place
  level: Level | null
}

function headErrors(input: WriteInput, name: UserError | null): UserError[] {
  const errors: UserError[] = name === null ? [] : [name]
  if (!REASONS.includes(input.reason))
    errors.push({ code: 'INVALID_REASON', field: ['input', 'reason'], message: `The specified reason is invalid. Valid values are: ${REASONS.join(', ')}.` })
  const document = input.referenceDocumentUri ?? null
  if (document !== null && !/^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(document))
    errors.push({ code: 'INVALID_REFERENCE_DOCUMENT', field: ['input', 'referenceDocumentUri'], message: 'The specified reference document is invalid.' })
  return errors
}

function findCells(desk: InventoryDesk, rows: Row[], list: string, errors: UserError[]): Cell[] {
  const cells: Cell[] = []
  const pairs = new Set<string>()
  for (const [index, row] of rows.entries()) {
    const at = (name: string) => ['input', list, String(index), name]
    const item = desk.state.items.get(numeral('InventoryItem', row.inventoryItemId) ?? '')
    const place = desk.state.places.get(numeral('Location', row.locationId) ?? '')
    if (item === undefined) errors.push({ code: 'INVALID_INVENTORY_ITEM', field: at('inventoryItemId'), message: 'The specified inventory item could not be found.' })
    if (place === undefined || !place.active) errors.push({ code: 'INVALID_LOCATION', field: at('locationId'), message: 'The specified location could not be found.' })
    if (item?.bundle)
      errors.push({
        code: 'NON_MUTABLE_INVENTORY_ITEM',
        field: at('inventoryItemId'),
        message: 'The specified inventory item is not allowed to be adjusted via API. Example: if the inventory item is a parent bundle.',
      })
    const pair = `${row.inventoryItemId} ${row.locationId}`
    if (pairs.has(pair))
      errors.push({
        code: 'NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR',
        field: at('inventoryItemId'),
        message: 'The combination of inventoryItemId and locationId must be unique.',
      })
    pairs.add(pair)
    if (item !== undefined && place !== undefined) cells.push({ row, item, place, level: item.levels.get(place.id) ?? null })
  }
  return cells
}

function apply(
  desk: InventoryDesk,
  input: WriteInput,
  field: string,
  rows: Row[],
  cells: Cell[],
  errors: UserError[],
  list: string,
  staleWords: string,
  deltaOf: (row: Row, level: Level | null) => number,
): Payload {
  if (errors.length === 0) errors.push(...staleErrors(desk, field, input.name, cells, list, staleWords))
  if (errors.length > 0) {
    for (const error of errors) hit(desk.state, `refused:${error.code}`)
    if (rows.length > 1) hit(desk.state, 'batch-refused-whole')
    return { inventoryAdjustmentGroup: null, userErrors: errors }
  }
  const eventId = desk.newEvent()
  const changes: Change[] = []
  for (const cell of cells) {
    const delta = deltaOf(cell.row, cell.level)
    if (delta === 0) continue
    changes.push({ name: input.name, delta, item: cell.item, location: cell.place })
    // on_hand is the sum of its parts: one moves the other.
    if (input.name === 'available' || input.name === 'on_hand')
      changes.push({ name: input.name === 'available' ? 'on_hand' : 'available', delta, item: cell.item, location: cell.place })
    write(desk, cell, input.name, delta, eventId)
  }
  hit(desk.state, field)
  if (changes.length === 0) return { inventoryAdjustmentGroup: null, userErrors: [] }
  const group: Group = {
    id: gid('InventoryAdjustmentGroup', newId(desk.state)),
    reason: input.reason,
    referenceDocumentUri: input.referenceDocumentUri ?? null,
    createdAt: dateTime(desk.time.ms()),
    changes,
  }
  return { inventoryAdjustmentGroup: group, userErrors: [] }
}

function write(desk: InventoryDesk, cell: Cell, name: string, delta: number, eventId: string): void {
  if (desk.state.switches.lostWrites) {
    hit(desk.state, 'write-lost')
    return
  }
  const level = desk.stock.levelAt(cell.item, cell.place)
  if (!level.active) hit(desk.state, 'written-where-not-stocked')
  if (!cell.item.tracked) hit(desk.state, 'written-untracked')
  switch (name) {
    case 'reserved':
      level.reserved += delta
      break
    case 'damaged':
      level.damaged += delta
      break
    case 'safety_stock':
      level.safetyStock += delta
      break
    case 'quality_control':
      level.qualityControl += delta
      break
    case 'incoming':
      level.incoming += delta
      break
    default:
      desk.stock.move(level, { available: delta }, eventId)
  }
}

function staleErrors(desk: InventoryDesk, field: string, name: string, cells: Cell[], list: string, words: string): UserError[] {
  const errors: UserError[] = []
  const forced = desk.faults.take(['stale'], [field], (fault) => fault.sku === undefined || cells.some((cell) => cell.item.sku === fault.sku))
  for (const [index, cell] of cells.entries()) {
    const shown = cell.level === null ? 0 : (quantityOf(cell.level, name) ?? 0)
    const expected = cell.row.changeFromQuantity ?? null
    const isForced = forced !== null && (forced.sku === undefined ? index === 0 : cell.item.sku === forced.sku)
    if (!isForced && (expected === null || expected === shown)) continue
    if (desk.state.switches.staleRows === 'first' && errors.length > 0) break
    const row = ['input', list, String(index)]
    errors.push({
      code: 'CHANGE_FROM_QUANTITY_STALE',
      field: desk.state.switches.staleField === 'none' ? null : desk.state.switches.staleField === 'row' ? row : [...row, 'changeFromQuantity'],
      message: words,
    })
  }
  return errors
}
