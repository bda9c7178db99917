import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, itemGid, placeGid, SET, set, setInput, stillTime } from './asking.ts'
import { type ShopifySim, startShopify } from './shopify.ts'

let sim: ShopifySim
beforeEach(async () => {
  sim = await startShopify({ clock: stillTime() })
  sim.shop.addItems([
    { sku: 'A-1', levels: { Odenplan: 5 } },
    { sku: 'B-1', levels: { Odenplan: 3, Göteborg: 7 } },
    { sku: 'BUNDLE', bundle: true, levels: { Odenplan: 1 } },
  ])
})
afterEach(() => sim.close())
const COLUMNS = `userErrors { code field message }`

describe('inventorySetQuantities, as recorded', () => {
  test('setting available moves on_hand by the same; quantityAfterChange is null; 13 points', async () => {
    const { group, userErrors, answer } = await set(sim, [{ sku: 'A-1', quantity: 8, from: 5 }])
    expect(userErrors).toEqual([])
    const item = { id: itemGid(sim, 'A-1') }
    const location = { id: placeGid(sim, 'Odenplan') }
    expect(group?.changes).toEqual([
      { name: 'available', delta: 3, quantityAfterChange: null, item, location },
      { name: 'on_hand', delta: 3, quantityAfterChange: null, item, location },
    ])
    expect(answer.cost).toEqual({ requestedQueryCost: 13, actualQueryCost: 13, throttleStatus: { maximumAvailable: 2000, currentlyAvailable: 1987, restoreRate: 100 } })
    expect(sim.shop.level({ sku: 'A-1', at: 'Odenplan' })).toEqual({ available: 8, committed: 0, onHand: 8, incoming: 0, active: true })
  })
  test('the number it has already: no group, no error, 10 points', async () => {
    const { group, userErrors, answer } = await set(sim, [{ sku: 'A-1', quantity: 5, from: 5 }])
    expect([group, userErrors, answer.cost.requestedQueryCost, answer.cost.actualQueryCost]).toEqual([null, [], 13, 10])
  })
  test('without the directive: BAD_REQUEST, the field null', async () => {
    const answer = await ask(sim, SET.replace('@idempotent(key: $key)', '').replace(', $key: String!', ''), { input: setInput(sim, [{ sku: 'A-1', quantity: 8, from: 5 }]) })
    expect(answer.status).toBe(200)
    expect(answer.errors[0]).toMatchObject({
      message: 'The @idempotent directive is required for this mutation but was not provided.',
      path: ['inventorySetQuantities'],
      extensions: { code: 'BAD_REQUEST' },
    })
    expect(answer.data).toEqual({ inventorySetQuantities: null })
    expect(answer.cost.actualQueryCost).toBe(10)
    expect(sim.available('A-1', 'Odenplan')).toBe(5)
  })
  test('the directive on the operation is refused', async () => {
    const answer = await ask(
      sim,
      'mutation Push($input: InventorySetQuantitiesInput!) @idempotent(key: "k") { inventorySetQuantities(input: $input) { userErrors { message } } }',
      { input: setInput(sim, [{ sku: 'A-1', quantity: 8 }]) },
    )
    expect(answer.errors[0]).toMatchObject({ message: "'@idempotent' can't be applied to mutations (allowed: fields)", extensions: { code: 'directiveCannotBeApplied' } })
  })
  test('changeFromQuantity left out', async () => {
    const input = setInput(sim, [{ sku: 'A-1', quantity: 8 }])
    for (const row of input.quantities) Reflect.deleteProperty(row, 'changeFromQuantity')
    const answer = await ask(sim, SET, { input, key: 'k1' })
    expect(answer.errors[0]).toMatchObject({
      message: 'InventoryQuantityInput must include the following argument: changeFromQuantity.',
      path: ['inventorySetQuantities'],
      extensions: { code: 'INVALID_FIELD_ARGUMENTS' },
    })
  })
  test('a field of an older version: INVALID_VARIABLE with its problems', async () => {
    const answer = await ask(sim, SET, { input: setInput(sim, [{ sku: 'A-1', quantity: 8 }], { ignoreCompareQuantity: true }), key: 'k1' })
    expect(answer.errors[0]).toMatchObject({
      message: 'Variable $input of type InventorySetQuantitiesInput! was provided invalid value for ignoreCompareQuantity (Field is not defined on InventorySetQuantitiesInput)',
      extensions: { code: 'INVALID_VARIABLE', problems: [{ path: ['ignoreCompareQuantity'], explanation: 'Field is not defined on InventorySetQuantitiesInput' }] },
    })
    expect(answer.body).not.toHaveProperty('data')
  })
  test('251 rows: the whole request is refused', async () => {
    const rows = Array.from({ length: 251 }, () => ({ sku: 'A-1', quantity: 1 }))
    const { answer } = await set(sim, rows)
    expect(answer.errors[0]).toMatchObject({
      message: 'The input array size of 251 is greater than the maximum allowed of 250.',
      path: ['inventorySetQuantities', 'input', 'quantities'],
      extensions: { code: 'MAX_INPUT_SIZE_EXCEEDED' },
    })
    expect(answer.body).not.toHaveProperty('data')
  })
  test.each([
    ['on_hand', -5, 'INVALID_QUANTITY_NEGATIVE', "The quantity can't be negative."],
    ['available', -2_000_000_000, 'INVALID_QUANTITY_TOO_LOW', "The quantity can't be lower than -1,000,000,000."],
    ['available', 1_000_000_001, 'INVALID_QUANTITY_TOO_HIGH', "The quantity can't be higher than 1,000,000,000."],
  ])('%s = %i: %s', async (name, quantity, code, message) => {
    const { userErrors, group, answer } = await set(sim, [{ sku: 'A-1', quantity }], 'k1', { name })
    expect(userErrors).toEqual([{ code, message, field: ['input', 'quantities', '0', 'quantity'] }])
    expect([group, answer.cost.actualQueryCost]).toEqual([null, 10])
  })
  test('available may be set below zero', async () => {
    expect((await set(sim, [{ sku: 'A-1', quantity: -5 }])).userErrors).toEqual([])
    expect(sim.available('A-1', 'Odenplan')).toBe(-5)
  })
  test('unknown item and place: both told, the index is text', async () => {
    const input = setInput(sim, [{ sku: 'A-1', quantity: 1 }])
    Object.assign(input.quantities[0] ?? {}, { inventoryItemId: 'gid://shopify/InventoryItem/42', locationId: 'gid://shopify/Location/999999999999' })
    const answer = await ask(sim, SET, { input, key: 'k1' })
    expect(answer.data?.inventorySetQuantities).toMatchObject({
      inventoryAdjustmentGroup: null,
      userErrors: [
        { code: 'INVALID_INVENTORY_ITEM', field: ['input', 'quantities', '0', 'inventoryItemId'], message: 'The specified inventory item could not be found.' },
        { code: 'INVALID_LOCATION', field: ['input', 'quantities', '0', 'locationId'], message: 'The specified location could not be found.' },
      ],
    })
  })
  test('names and reasons', async () => {
    expect((await set(sim, [{ sku: 'A-1', quantity: 1 }], 'k1', { name: 'damaged' })).userErrors).toEqual([
      { code: 'INVALID_NAME', field: ['input', 'name'], message: "The quantity name must be either 'available' or 'on_hand'." },
    ])
    expect((await set(sim, [{ sku: 'A-1', quantity: 1 }], 'k2', { reason: 'completely_made_up' })).userErrors[0]).toMatchObject({
      code: 'INVALID_REASON',
      field: ['input', 'reason'],
      message: expect.stringMatching(/^The specified reason is invalid\. Valid values are: correction, cycle_count_available, .*shrinkage\.$/),
    })
  })
  test('one bundle parent refuses the whole batch', async () => {
    const { userErrors } = await set(sim, [
      { sku: 'A-1', quantity: 1 },
      { sku: 'BUNDLE', quantity: 1 },
    ])
    expect(userErrors).toMatchObject([{ code: 'NON_MUTABLE_INVENTORY_ITEM', field: ['input', 'quantities', '1', 'inventoryItemId'] }])
    expect(sim.available('A-1', 'Odenplan')).toBe(5)
    expect(sim.hits()['batch-refused-whole']).toBe(1)
  })
  test('one cell twice in a batch', async () => {
    const { userErrors } = await set(sim, [
      { sku: 'A-1', quantity: 1 },
      { sku: 'A-1', quantity: 2 },
    ])
    expect(userErrors).toMatchObject([{ code: 'NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR' }])
  })
  test('stale: nothing is applied, in both readings of the field and of how many are told', async () => {
    const rows = [
      { sku: 'A-1', quantity: 1, from: 4 },
      { sku: 'B-1', quantity: 1, from: 3 },
      { sku: 'B-1', at: 'Göteborg', quantity: 1, from: 0 },
    ]
    expect((await set(sim, rows)).userErrors).toEqual([
      { code: 'CHANGE_FROM_QUANTITY_STALE', field: ['input', 'quantities', '0', 'changeFromQuantity'], message: 'The changeFromQuantity value does not match persisted value.' },
      { code: 'CHANGE_FROM_QUANTITY_STALE', field: ['input', 'quantities', '2', 'changeFromQuantity'], message: 'The changeFromQuantity value does not match persisted value.' },
    ])
    sim.switch({ staleField: 'row', staleRows: 'first' })
    expect((await set(sim, rows)).userErrors.map((error) => error.field)).toEqual([['input', 'quantities', '0']])
    sim.switch({ staleField: 'none' })
    expect((await set(sim, rows)).userErrors.map((error) => error.field)).toEqual([null])
    expect([sim.available('A-1', 'Odenplan'), sim.available('B-1', 'Odenplan')]).toEqual([5, 3])
  })
  test('where it isn’t stocked a write succeeds silently and can’t be bought', async () => {
    expect((await set(sim, [{ sku: 'A-1', at: 'Göteborg', quantity: 9, from: 0 }])).userErrors).toEqual([])
    expect(sim.shop.level({ sku: 'A-1', at: 'Göteborg' })).toMatchObject({ available: 9, active: false })
    expect(sim.shop.sellable({ sku: 'A-1' })).toBe(5)
    expect(() => sim.shop.placeOrder({ lines: [{ sku: 'A-1', quantity: 6 }] })).toThrow('sold out: A-1')
  })
  test('250 rows in under 3 ms', async () => {
    const rows = Array.from({ length: 250 }, (_, index) => ({ sku: `S-${index}`, quantity: 1, from: 0 }))
    sim.shop.addItems(rows.map(({ sku }) => ({ sku, levels: { Odenplan: 0 } })))
    sim.switch({ costs: 'counted' })
    const document = SET.replace(/changes \{.*\}/, '')
    for (let turn = 0; turn < 60; turn += 1)
      await ask(sim, document, {
        input: setInput(
          sim,
          rows.map((row) => ({ ...row, quantity: turn + 1, from: turn })),
        ),
        key: `k${turn}`,
      })
    // The quickest one: a busy machine stretches the others.
    expect(Math.min(...sim.calls().map((call) => call.ms))).toBeLessThan(3)
  })
})

describe('keys', () => {
  const rows = [{ sku: 'A-1', quantity: 8, from: 5 }]
  test('the same key and parameters: the same answer, no second effect', async () => {
    const first = await set(sim, rows, 'k1')
    sim.shop.placeOrder({ lines: [{ sku: 'A-1', quantity: 1 }] })
    const second = await set(sim, rows, 'k1')
    expect(second.group?.id).toBe(first.group?.id)
    expect(sim.available('A-1', 'Odenplan')).toBe(7)
  })
  test('the same key with other parameters', async () => {
    await set(sim, rows, 'k1')
    expect((await set(sim, [{ sku: 'A-1', quantity: 9, from: 8 }], 'k1')).userErrors).toEqual([
      { code: 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH', field: null, message: 'The same idempotency key cannot be used with different operation parameters.' },
    ])
  })
  test('a key is forgotten after 24 hours', async () => {
    await set(sim, rows, 'k1')
    sim.advance(24 * 3_600_000)
    expect((await set(sim, rows, 'k1')).userErrors).toMatchObject([{ code: 'CHANGE_FROM_QUANTITY_STALE' }])
  })
  test('a failed attempt is replayed, or its key is burnt, by switch', async () => {
    const stale = [{ sku: 'A-1', quantity: 8, from: 4 }]
    await set(sim, stale, 'k1')
    sim.shop.handEdit({ sku: 'A-1', at: 'Odenplan', available: 4 })
    expect((await set(sim, stale, 'k1')).userErrors).toMatchObject([{ code: 'CHANGE_FROM_QUANTITY_STALE' }])
    sim.switch({ failedKey: 'previous-failed' })
    expect((await set(sim, stale, 'k1')).userErrors).toMatchObject([{ code: 'IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED' }])
  })
  test('a second request while the first is held is concurrent; the first lands when let go', async () => {
    sim.fault({ arm: { kind: 'hold', field: 'inventorySetQuantities' } })
    const first = set(sim, rows, 'k1')
    while (sim.state().requestsHeld === 0) await ask(sim, '{ shop { id } }')
    expect((await set(sim, rows, 'k1')).userErrors).toMatchObject([{ code: 'IDEMPOTENCY_CONCURRENT_REQUEST', message: 'This request is currently in progress, please try again.' }])
    sim.release()
    expect((await first).userErrors).toEqual([])
    expect(sim.available('A-1', 'Odenplan')).toBe(8)
  })
})

describe('stocking', () => {
  const ACTIVATE =
    'mutation A($i: ID!, $l: ID!, $available: Int, $onHand: Int, $key: String!) { inventoryActivate(inventoryItemId: $i, locationId: $l, available: $available, onHand: $onHand) @idempotent(key: $key) { inventoryLevel { id isActive quantities(names: ["available", "on_hand"]) { name quantity updatedAt } } userErrors { field message } } }'
  const activate = async (more: Record<string, unknown>) =>
    (await ask(sim, ACTIVATE, { i: itemGid(sim, 'A-1'), l: placeGid(sim, 'Göteborg'), key: crypto.randomUUID(), ...more })).data?.inventoryActivate
  test('inventoryActivate keeps the number an inactive level holds', async () => {
    await set(sim, [{ sku: 'A-1', at: 'Göteborg', quantity: 9, from: 0 }])
    expect(await activate({})).toMatchObject({
      inventoryLevel: {
        isActive: true,
        quantities: [
          { name: 'available', quantity: 9 },
          { name: 'on_hand', quantity: 9, updatedAt: null },
        ],
      },
      userErrors: [],
    })
    expect(sim.shop.sellable({ sku: 'A-1' })).toBe(14)
  })
  test('recorded refusals', async () => {
    const both = "The product couldn't be stocked at Göteborg because not allowed to set available and on_hand quantities at the same time."
    expect(await activate({ available: 10, onHand: 20 })).toMatchObject({
      inventoryLevel: null,
      userErrors: [
        { field: ['available'], message: both },
        { field: ['onHand'], message: both },
      ],
    })
    expect(await activate({ onHand: 1_000_000_001 })).toMatchObject({
      userErrors: [{ field: ['onHand'], message: "The product couldn't be stocked at Göteborg because the quantity needs to be between -1 billion and 1 billion." }],
    })
    expect(await activate({ onHand: 50 })).toMatchObject({ inventoryLevel: { isActive: true }, userErrors: [] })
    expect(await activate({ onHand: 5 })).toMatchObject({
      userErrors: [{ field: ['onHand'], message: 'Not allowed to set an on_hand quantity when the item is already active at the location.' }],
    })
    expect(await activate({ available: 5 })).toMatchObject({ userErrors: [{ message: 'Not allowed to set available quantity when the item is already active at the location.' }] })
  })
  test('inventoryBulkToggleActivation: committed stock holds the level', async () => {
    sim.shop.placeOrder({ lines: [{ sku: 'B-1', quantity: 1, at: 'Göteborg' }] })
    const answer = await ask(
      sim,
      `mutation T($i: ID!, $u: [InventoryBulkToggleActivationInput!]!) { inventoryBulkToggleActivation(inventoryItemId: $i, inventoryItemUpdates: $u) { inventoryLevels { isActive } ${COLUMNS} } }`,
      {
        i: itemGid(sim, 'B-1'),
        u: [{ locationId: placeGid(sim, 'Göteborg'), activate: false }],
      },
    )
    expect(answer.data?.inventoryBulkToggleActivation).toMatchObject({ inventoryLevels: null, userErrors: [{ code: 'COMMITTED_INVENTORY_AT_LOCATION' }] })
  })
  test('inventoryItemUpdate turns counting on', async () => {
    sim.shop.setTracked({ sku: 'A-1', tracked: false })
    const answer = await ask(sim, 'mutation U($id: ID!) { inventoryItemUpdate(id: $id, input: { tracked: true }) { inventoryItem { tracked } userErrors { message } } }', {
      id: itemGid(sim, 'A-1'),
    })
    expect(answer.data?.inventoryItemUpdate).toEqual({ inventoryItem: { tracked: true }, userErrors: [] })
  })
  test('inventoryAdjustQuantities: a delta, and all zeros change nothing', async () => {
    const ADJUST = `mutation D($input: InventoryAdjustQuantitiesInput!, $key: String!) { inventoryAdjustQuantities(input: $input) @idempotent(key: $key) { inventoryAdjustmentGroup { id } ${COLUMNS} } }`
    const input = (delta: number, from: number) => ({
      name: 'available',
      reason: 'correction',
      changes: [{ inventoryItemId: itemGid(sim, 'A-1'), locationId: placeGid(sim, 'Odenplan'), delta, changeFromQuantity: from }],
    })
    expect((await ask(sim, ADJUST, { input: input(-2, 5), key: 'a' })).data?.inventoryAdjustQuantities).toMatchObject({ userErrors: [] })
    expect(sim.available('A-1', 'Odenplan')).toBe(3)
    expect((await ask(sim, ADJUST, { input: input(0, 3), key: 'b' })).data?.inventoryAdjustQuantities).toEqual({ inventoryAdjustmentGroup: null, userErrors: [] })
    expect((await ask(sim, ADJUST, { input: input(1, 5), key: 'c' })).data?.inventoryAdjustQuantities).toMatchObject({
      userErrors: [{ code: 'CHANGE_FROM_QUANTITY_STALE', message: 'The changeFromQuantity argument no longer matches the persisted quantity.' }],
    })
  })
})
