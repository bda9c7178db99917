/** Bulk queries: what is refused in recorded words, what is run in the shop's own time, and the lines it leaves. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, listener, stillTime, subscribe } from './asking.ts'
import { type ShopifySim, startShopify } from './shopify.ts'

const RUN =
  'mutation Run($query: String!, $group: Boolean! = false) { bulkOperationRunQuery(query: $query, groupObjects: $group) { bulkOperation { id status objectCount url completedAt } userErrors { code field message } } }'
const READ = 'query Read($id: ID!) { bulkOperation(id: $id) { id status errorCode objectCount rootObjectCount fileSize url completedAt type query } }'
const CANCEL = 'mutation Cancel($id: ID!) { bulkOperationCancel(id: $id) { bulkOperation { status } userErrors { field message } } }'
/** Products with their variants, pictures and levels: all five connections, two deep. */
const WHOLE = `{ products(query: "status:active") { edges { node { id title
  variants { edges { node { id sku inventoryItem { id inventoryLevels { edges { node { id location { id } quantities(names: ["available"]) { quantity } } } } } } } }
  media { edges { node { id alt ... on MediaImage { image { url } } } } } } } } }`

let sim: ShopifySim
beforeEach(async () => {
  sim = await startShopify({ clock: stillTime(), scopes: ['read_products', 'read_inventory', 'read_locations'], switches: { bulkMs: 2000 } })
  sim.shop.addItems([
    { sku: 'A', product: 'Genser', options: { Farge: 'Blå' }, levels: { Odenplan: 3, Göteborg: 1 } },
    { sku: 'B', product: 'Genser', options: { Farge: 'Rød' }, levels: { Odenplan: 5 } },
    { sku: 'C', title: 'Lue', levels: { Odenplan: 7 } },
  ])
})
afterEach(() => sim.close())

interface Shown {
  id: string
  status: string
  errorCode: string | null
  objectCount: string
  rootObjectCount: string
  fileSize: string | null
  url: string | null
  completedAt: string | null
}
async function run(query: string, group = false) {
  const payload = (await ask(sim, RUN, { query, group })).data?.bulkOperationRunQuery as unknown as {
    bulkOperation: Shown | null
    userErrors: { code: string; field: string[] | null; message: string }[]
  }
  return { id: payload.bulkOperation?.id ?? '', ...payload }
}
const read = async (id: string) => (await ask(sim, READ, { id })).data?.bulkOperation as unknown as Shown | null
async function lines(id: string) {
  const text = await (await fetch((await read(id))?.url ?? '')).text()
  return text
    .trim()
    .split('\n')
    .map(
      (line) =>
        JSON.parse(line) as {
          id: string
          title?: string
          sku?: string
          alt?: string | null
          __parentId?: string
          quantities?: { quantity: number }[]
          inventoryItem?: { id: string }
        },
    )
}

describe('an export', () => {
  test('is made, runs and is there; it holds everything, however many, and every child names its parent', async () => {
    sim.shop.addItems(Array.from({ length: 300 }, (_, n) => ({ sku: `V${n}` })))
    sim.shop.addImage({ sku: 'A', alt: 'Forfra' })
    const made = await run(WHOLE)
    expect(made).toMatchObject({ bulkOperation: { status: 'CREATED', objectCount: '0', url: null, completedAt: null }, userErrors: [] })
    sim.advance(1000)
    expect(await read(made.id)).toMatchObject({ status: 'RUNNING', url: null })
    sim.advance(1000)
    const done = await read(made.id)
    expect(done).toMatchObject({ status: 'COMPLETED', errorCode: null, rootObjectCount: '302', completedAt: '2026-11-02T08:00:02Z', type: 'QUERY', query: WHOLE })
    const all = await lines(made.id)
    expect([String(all.length), done?.fileSize]).toEqual([done?.objectCount, String(Buffer.byteLength(all.map((line) => `${JSON.stringify(line)}\n`).join('')))])
    const seen = new Set<string>()
    for (const line of all) {
      expect(line.__parentId === undefined || seen.has(line.__parentId)).toBe(true)
      seen.add(line.id)
    }
    const blue = all.find((line) => line.sku === 'A')
    expect(all.filter((line) => line.__parentId === blue?.id).map((line) => line.quantities?.[0]?.quantity)).toEqual(expect.arrayContaining([3, 1]))
    expect(all.find((line) => line.alt === 'Forfra')?.__parentId).toBe(all.find((line) => line.title === 'Genser')?.id)
  })
  test('grouped, a child comes right behind its parent; else whenever after it', async () => {
    const query = '{ products { edges { node { id variants { edges { node { id } } } } } } }'
    const parents = async (grouped: boolean) => {
      const { id } = await run(query, grouped)
      sim.advance(2000)
      return (await lines(id)).map((line) => (line.__parentId === undefined ? 'product' : 'variant'))
    }
    expect(await parents(true)).toEqual(['product', 'variant', 'variant', 'product', 'variant'])
    expect(await parents(false)).toEqual(['product', 'product', 'variant', 'variant', 'variant'])
  })
  test('its file lies there for a week, and an empty one isn’t made', async () => {
    const { id } = await run(WHOLE)
    const { id: none } = await run('{ products(query: "title:Finnes-ikke") { edges { node { id } } } }')
    sim.advance(2000)
    expect(await read(none)).toMatchObject({ status: 'COMPLETED', objectCount: '0', url: null })
    const url = (await read(id))?.url ?? ''
    expect((await fetch(url)).headers.get('content-type')).toBe('application/jsonl')
    sim.advance(7 * 24 * 3_600_000)
    expect(await read(id)).toMatchObject({ status: 'EXPIRED', url: null })
    expect((await fetch(url)).status).toBe(403)
  })
  test('five at once, and the sixth is told which', async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, async () => (await run(WHOLE)).id))
    const sixth = await run(WHOLE)
    expect(sixth.userErrors).toMatchObject([{ code: 'OPERATION_IN_PROGRESS', field: null }])
    for (const id of ids) expect(sixth.userErrors[0]?.message).toContain(id)
    sim.advance(2000)
    expect((await run(WHOLE)).userErrors).toEqual([])
  })
  test('it can be called off while it runs, and not after', async () => {
    const { id } = await run(WHOLE)
    expect((await ask(sim, CANCEL, { id })).data?.bulkOperationCancel).toEqual({ bulkOperation: { status: 'CANCELING' }, userErrors: [] })
    sim.advance(1000)
    expect(await read(id)).toMatchObject({ status: 'CANCELED' })
    sim.advance(5000)
    expect(await read(id)).toMatchObject({ status: 'CANCELED' })
    expect((await ask(sim, CANCEL, { id })).data?.bulkOperationCancel).toEqual({
      bulkOperation: { status: 'CANCELED' },
      userErrors: [{ field: null, message: 'A bulk operation cannot be canceled when it is canceled' }],
    })
    expect((await ask(sim, CANCEL, { id: 'gid://shopify/BulkOperation/0' })).data?.bulkOperationCancel).toEqual({
      bulkOperation: null,
      userErrors: [{ field: ['id'], message: 'Bulk operation does not exist' }],
    })
  })
  test('without a right it fails when it runs; a hook says that it is over, either way', async () => {
    const ears = await listener()
    await subscribe(sim, 'BULK_OPERATIONS_FINISH', ears.uri)
    const { id } = await run(WHOLE)
    sim.advance(2000)
    sim.setScopes(['read_inventory'])
    const { id: denied } = await run(WHOLE)
    sim.advance(2000)
    expect(await read(denied)).toMatchObject({ status: 'FAILED', errorCode: 'ACCESS_DENIED', url: null })
    await sim.hooks.quiet()
    expect(ears.heard.map((each) => JSON.parse(each.body))).toMatchObject([
      { admin_graphql_api_id: id, status: 'completed', error_code: null, type: 'query' },
      { admin_graphql_api_id: denied, status: 'failed', error_code: 'access_denied' },
    ])
    await ears.close()
  })
  test('it costs ten points to begin and one to look, whatever it reads', async () => {
    const { id } = await run(WHOLE)
    await read(id)
    expect(sim.calls().map((call) => call.actualCost)).toEqual([10, 1])
  })
})

test('what can’t be run in bulk is refused in recorded words', async () => {
  const said = async (query: string) => (await run(query)).userErrors.map((error) => error.message)
  expect(await said('')).toEqual(['Invalid bulk query: syntax error, unexpected end of file'])
  expect(await said('{ shop { id } }')).toEqual(['Bulk queries must contain at least one connection.'])
  expect(await said('{ node(id: "gid://shopify/Product/0") { id } }')).toEqual([
    'Bulk queries cannot contain a top level `node` field.',
    'Bulk queries must contain at least one connection.',
  ])
  expect(await said('mutation { fileDelete(fileIds: []) { deletedFileIds } }')).toEqual(['Invalid operation type. Only `query` operations are supported.'])
  expect(await said('{ products { nodes { id } } }')).toEqual([
    "All connection fields in a bulk query must select their contents using 'edges' > 'node', e.g: 'products { edges { node {'. Selecting via 'nodes' is not supported. Invalid connection fields: 'products'.",
  ])
  expect(await said('{ products { edges { node { title variants { edges { node { id } } } } } } }')).toEqual([
    "The parent 'node' field for a nested connection must select the 'id' field without an alias and must be of 'ID' return type. Connection fields without 'id': products.",
  ])
  const level = 'inventoryLevels { edges { node { id location { id inventoryLevels { edges { node { id } } } } } } }'
  expect(await said(`{ products { edges { node { id variants { edges { node { id inventoryItem { id ${level} } } } } } } } }`)).toEqual([
    'Bulk queries cannot contain connections with a nesting depth greater than 2.',
  ])
  const media = Array.from({ length: 5 }, (_, n) => `m${n}: media { edges { node { id } } }`).join(' ')
  expect(await said(`{ products { edges { node { id ${media} } } } }`)).toEqual(['Bulk queries cannot contain more than 5 connections.'])
  expect(await said('{ orders { edges { node { id fulfillments { fulfillmentLineItems { edges { node { id } } } } } } } }')).toEqual([
    'Queries that contain a connection field within a list field are not currently supported.',
  ])
  expect((await run('')).userErrors[0]).toMatchObject({ code: 'INVALID', field: ['query'] })
})
