/** Where an item is stocked and whether it is counted: activation, toggling, and the item itself. */
import { invalidId } from './errors.ts'
import { numeral } from './ids.ts'
import { BILLION, type InventoryDesk, type UserError } from './inventory-writes.ts'
import { hit, type Level, onHand, type Place } from './state.ts'

export interface ActivateArgs {
  inventoryItemId: string
  locationId: string
  available?: number | null
  onHand?: number | null
}
export function activate(desk: InventoryDesk, args: ActivateArgs): { inventoryLevel: Level | null; userErrors: UserError[] } {
  const item = desk.state.items.get(numeral('InventoryItem', args.inventoryItemId) ?? '')
  const place = desk.state.places.get(numeral('Location', args.locationId) ?? '')
  const refuse = (field: string, message: string, level: Level | null = null) => ({ inventoryLevel: level, userErrors: [{ field: [field], message }] })
  if (item === undefined) return refuse('inventoryItemId', "The product couldn't be stocked because it doesn't exist.")
  if (place === undefined || !place.active) return refuse('locationId', "The product couldn't be stocked because the location wasn't found.")
  const because = `The product couldn't be stocked at ${place.name} because`
  if (place.fulfilmentService !== null) return refuse('locationId', `${because} it is managed by a third-party fulfillment service.`)
  const level = item.levels.get(place.id) ?? null
  const given = args.onHand ?? args.available ?? null
  if (args.available != null && args.onHand != null) {
    const message = `${because} not allowed to set available and on_hand quantities at the same time.`
    return {
      inventoryLevel: null,
      userErrors: [
        { field: ['available'], message },
        { field: ['onHand'], message },
      ],
    }
  }
  if (level?.active && given !== null) {
    if (args.onHand != null) return refuse('onHand', 'Not allowed to set an on_hand quantity when the item is already active at the location.', level)
    return refuse('available', 'Not allowed to set available quantity when the item is already active at the location.', level)
  }
  if (given !== null && Math.abs(given) > BILLION)
    return refuse(args.onHand != null ? 'onHand' : 'available', `${because} the quantity needs to be between -1 billion and 1 billion.`)
  const eventId = desk.newEvent()
  const stocked = desk.stock.levelAt(item, place)
  desk.stock.setActive(stocked, true, eventId)
  if (given !== null) desk.stock.move(stocked, { available: args.onHand != null ? given - onHand(stocked) : given - stocked.available }, eventId)
  hit(desk.state, 'inventoryActivate')
  return { inventoryLevel: stocked, userErrors: [] }
}

export function toggle(desk: InventoryDesk, itemId: string, updates: { locationId: string; activate: boolean }[]) {
  const item = desk.state.items.get(numeral('InventoryItem', itemId) ?? '')
  const errors: UserError[] = []
  if (item === undefined)
    return {
      inventoryItem: null,
      inventoryLevels: null,
      userErrors: [{ code: 'INVENTORY_ITEM_NOT_FOUND', field: ['inventoryItemId'], message: 'The inventory item was not found.' }],
    }
  for (const [index, update] of updates.entries()) {
    const place = desk.state.places.get(numeral('Location', update.locationId) ?? '')
    const level = place === undefined ? undefined : item.levels.get(place.id)
    const refuse = (code: string, message: string) => errors.push({ code, field: ['inventoryItemUpdates', String(index), 'locationId'], message })
    if (place === undefined || !place.active) refuse('LOCATION_NOT_FOUND', 'The location was not found.')
    else if (update.activate && place.fulfilmentService !== null)
      refuse('INVENTORY_MANAGED_BY_3RD_PARTY', 'Cannot stock this inventory item at this location because it is managed by a third-party fulfillment service.')
    else if (!update.activate && (level?.committed ?? 0) !== 0)
      refuse('COMMITTED_INVENTORY_AT_LOCATION', 'Cannot unstock this inventory item from this location because it has committed quantities.')
    else if (!update.activate && (level?.incoming ?? 0) !== 0)
      refuse('INCOMING_INVENTORY_AT_LOCATION', 'Cannot unstock this inventory item from this location because it has incoming quantities.')
    else if (!update.activate && [...item.levels.values()].filter((each) => each.active).length <= 1)
      refuse('CANNOT_DEACTIVATE_FROM_ONLY_LOCATION', 'Cannot unstock an inventory item from the only location at which it is stocked.')
  }
  if (errors.length > 0) return { inventoryItem: null, inventoryLevels: null, userErrors: errors }
  const eventId = desk.newEvent()
  const levels = updates.map((update) => {
    const level = desk.stock.levelAt(item, desk.state.places.get(numeral('Location', update.locationId) ?? '') as Place)
    desk.stock.setActive(level, update.activate, eventId)
    return level
  })
  hit(desk.state, 'inventoryBulkToggleActivation')
  return { inventoryItem: item, inventoryLevels: levels, userErrors: [] }
}

export function updateItem(desk: InventoryDesk, id: string, input: { tracked?: boolean | null; sku?: string | null; requiresShipping?: boolean | null }) {
  const number = numeral('InventoryItem', id)
  if (number === null) throw invalidId(id)
  const item = desk.state.items.get(number)
  if (item === undefined) return { inventoryItem: null, userErrors: [{ field: ['id'], message: "The product couldn't be updated because it does not exist." }] }
  if (typeof input.requiresShipping === 'boolean') item.requiresShipping = input.requiresShipping
  if (typeof input.tracked === 'boolean') desk.stock.setTracked(item, input.tracked)
  if (input.sku !== undefined) desk.stock.rename(item, input.sku)
  hit(desk.state, 'inventoryItemUpdate')
  return { inventoryItem: item, userErrors: [] }
}
