/** /products: read, listed, made, replaced and taken away. Stock can't be set here: it moves by sales, purchases and counts. */
import { json, type SimAnswer, type SimRequest } from '../kit.ts'
import { collection, type Listed } from './collections.ts'
import { notFound, Refused } from './errors.ts'
import type { Hooks } from './hooks.ts'
import { escaped } from './paths.ts'
import { inventoryOf } from './stock.ts'
import { type Product, stampOf, type World } from './world.ts'
import { reading } from './writing.ts'

export function productView(world: World, base: string, product: Product, inList = false): unknown {
  const group = world.groups.get(product.group)
  const inventory = inventoryOf(world, product)
  return {
    productNumber: product.productNumber,
    ...(product.description === '' ? {} : { description: product.description }),
    name: product.name,
    ...(product.barCode === '' ? {} : { barCode: product.barCode }),
    costPrice: product.costPrice / 100,
    recommendedPrice: product.salesPrice / 100,
    salesPrice: product.salesPrice / 100,
    // May be left out when it is false.
    ...(product.barred ? { barred: true } : {}),
    lastUpdated: stampOf(world, product.lastUpdated),
    productGroup: {
      productGroupNumber: product.group,
      name: group?.name ?? '',
      ...(group?.inventoryEnabled ? { inventoryEnabled: true } : world.knobs.inventoryOff === 'false' ? { inventoryEnabled: false } : {}),
      self: `${base}/product-groups/${product.group}`,
    },
    ...(inventory === undefined ? {} : { inventory: { ...inventory, ...(inList ? { inventoryLastUpdated: stampOf(world, product.stockUpdated) } : {}) } }),
    self: `${base}/products/${escaped(product.productNumber)}`,
  }
}

/** What can be asked about; `inventory.*` can't, whatever the schema says. */
const listed = (world: World, base: string): Listed<Product> => ({
  rows: [...world.products.values()].sort((a, b) => (a.productNumber < b.productNumber ? -1 : 1)),
  fields: {
    productNumber: (row) => row.productNumber,
    name: (row) => row.name,
    description: (row) => row.description,
    barCode: (row) => (row.barCode === '' ? undefined : row.barCode),
    barred: (row) => row.barred,
    lastUpdated: (row) => stampOf(world, row.lastUpdated),
    salesPrice: (row) => row.salesPrice / 100,
    'productGroup.productGroupNumber': (row) => row.group,
  },
  breaks: ['barred$ne', 'departmentalDistribution.'],
  view: (row) => productView(world, base, row, true),
})

export function products(world: World, hooks: Hooks, base: string, request: SimRequest, productNumber: string | null): SimAnswer {
  if (productNumber === null) {
    if (request.method === 'GET') return json(200, collection(world, request, base, listed(world, base)))
    if (request.method !== 'POST') throw new Refused(405, 'The method is not allowed here.')
    return made(world, base, write(world, hooks, request.body, null), 201)
  }
  const product = world.products.get(productNumber)
  if (request.method === 'PUT') return made(world, base, write(world, hooks, request.body, productNumber), product === undefined ? 201 : 200)
  if (product === undefined) throw notFound(`Product '${productNumber}'`)
  if (request.method === 'GET') return json(200, productView(world, base, product))
  if (request.method !== 'DELETE') throw new Refused(405, 'The method is not allowed here.')
  world.products.delete(productNumber)
  hooks.emit('Produkt opdateret', { OLDNUMBER: productNumber, NEWNUMBER: '' })
  return { status: 204 }
}

const made = (world: World, base: string, product: Product, status: number): SimAnswer =>
  json(status, productView(world, base, product), status === 201 ? { location: `${base}/products/${escaped(product.productNumber)}` } : {})

/** Replaces all that may be written: what is left out is empty afterwards. */
function write(world: World, hooks: Hooks, body: unknown, existing: string | null): Product {
  const read = reading(world, body)
  const productNumber = existing ?? read.text(['productNumber'], 25, true)
  const name = read.text(['name'], 300, true)
  const group = read.ref(['productGroup'], 'productGroupNumber', (number) => world.groups.has(number), true)
  const old = productNumber === null ? undefined : world.products.get(productNumber)
  if (existing === null && old !== undefined) read.wrong(['productNumber'], null, `Product '${productNumber}' exists already.`, productNumber)
  const product: Product = {
    productNumber: productNumber ?? '',
    name: name ?? '',
    description: read.text(['description'], 500) ?? '',
    barCode: read.text(['barCode'], 50) ?? '',
    salesPrice: read.amount(['salesPrice']) ?? 0,
    costPrice: read.amount(['costPrice']) ?? 0,
    group: group ?? 1,
    barred: read.yes(['barred']) ?? false,
    lastUpdated: world.time.ms(),
    stockUpdated: old?.stockUpdated ?? world.time.ms(),
    inStock: old?.inStock ?? 0,
    orderedByCustomers: old?.orderedByCustomers ?? 0,
    orderedFromSuppliers: old?.orderedFromSuppliers ?? 0,
  }
  read.done()
  world.products.set(product.productNumber, product)
  hooks.emit('Produkt opdateret', { OLDNUMBER: product.productNumber, NEWNUMBER: product.productNumber })
  return product
}
