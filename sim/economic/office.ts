/** What people in the accounts do, by product, order and invoice number. Every verb takes one object, so it is the same over HTTP (POST /_sim/office/<verb>). */
import { totalsOf, type Written } from './document-body.ts'
import type { Documents } from './documents.ts'
import { Refused } from './errors.ts'
import type { Hooks } from './hooks.ts'
import { availableOf, isCounted, move } from './stock.ts'
import { type Customer, type Document, dayOf, HOOK_TYPES, type HookType, type Product, type Stage, type World } from './world.ts'

/** Amounts and pieces as people write them, with at most two decimals. */
export interface ProductInput {
  productNumber: string
  name?: string
  inStock?: number
  orderedByCustomers?: number
  salesPrice?: number
  group?: number
  barred?: boolean
  barCode?: string
}
export interface ProductState {
  productNumber: string
  name: string
  /** Null where no stock is kept. */
  inStock: number | null
  available: number | null
  salesPrice: number
  group: number
  barred: boolean
}
export interface LineInput {
  productNumber: string
  quantity: number
  unitNetPrice?: number
}
export interface DocumentInput {
  lines: LineInput[]
  customer?: number
  /** "Øvrig ref." */
  other?: string
  heading?: string
  textLine1?: string
}
export interface DocumentState {
  number: number
  stage: Stage
  date: string
  currency: string
  customer: number
  name: string
  other: string | null
  fromOrder: number | null
  fromDraft: number | null
  net: number
  gross: number
  lines: { productNumber: string | null; description: string; quantity: number; unitNetPrice: number }[]
}
export interface HookInput {
  type: HookType
  name?: string
  url: string
  postData: string
  contentType?: string
}

export interface Office {
  addProducts(input: ProductInput[] | { products: ProductInput[] }): ProductState[]
  product(input: { productNumber: string }): ProductState
  /** Counts the shelf. */
  count(input: { productNumber: string; inStock: number }): ProductState
  /** What customers have ordered elsewhere. */
  order(input: { productNumber: string; orderedByCustomers: number }): ProductState
  change(input: { productNumber: string; to: Partial<Pick<Product, 'productNumber' | 'name' | 'barred' | 'group'>> }): ProductState
  remove(input: { productNumber: string }): void
  addCustomer(input: Partial<Customer> & { name: string }): number
  makeOrder(input: DocumentInput): DocumentState
  send(input: { order: number }): DocumentState
  /** Makes a draft invoice of an order. */
  upgrade(input: { order: number }): DocumentState
  makeInvoice(input: DocumentInput): DocumentState
  /** Deletes a draft invoice. */
  discard(input: { draft: number }): void
  book(input: { draft: number }): DocumentState
  /** Books an invoice for what is given back: a credit note. */
  credit(input: DocumentInput): DocumentState
  document(input: { stage: Stage; number: number }): DocumentState
  documents(input: { stage: Stage }): DocumentState[]
  addWebhook(input: HookInput): number
  changeWebhook(input: { id: number } & Partial<HookInput & { isDisabled: boolean }>): void
  removeWebhook(input: { id: number }): void
  /** Switches modules on and off: the names that stand. */
  modules(input: { names: string[] }): void
  revoke(input: { revoked: boolean }): void
}

export function office(world: World, hooks: Hooks, desk: Documents): Office {
  const product = (productNumber: string): Product => {
    const found = world.products.get(productNumber)
    if (found === undefined) throw new Refused(404, `Vare ${productNumber} findes ikke`)
    return found
  }
  const orderOf = (number: number): Document => world.documents['draft-order'].get(number) ?? desk.get('sent-order', number)
  const webhook = (id: number) => {
    const found = world.webhooks.get(id)
    if (found === undefined) throw new Refused(404, `Webhook ${id} findes ikke`)
    return found
  }
  const state = (document: Document) => documentState(world, document)
  const touched = (found: Product): ProductState => {
    found.lastUpdated = world.time.ms()
    hooks.emit('Produkt opdateret', { OLDNUMBER: found.productNumber, NEWNUMBER: found.productNumber })
    return productState(world, found)
  }

  return {
    addProducts: (input) =>
      (Array.isArray(input) ? input : input.products).map((each) => {
        const now = world.time.ms()
        const added: Product = {
          productNumber: each.productNumber,
          name: each.name ?? each.productNumber,
          description: '',
          barCode: each.barCode ?? '',
          salesPrice: hundredths(each.salesPrice ?? 100),
          costPrice: hundredths((each.salesPrice ?? 100) / 2),
          group: each.group ?? 1,
          barred: each.barred ?? false,
          lastUpdated: now,
          stockUpdated: now,
          inStock: hundredths(each.inStock ?? 0),
          orderedByCustomers: hundredths(each.orderedByCustomers ?? 0),
          orderedFromSuppliers: 0,
        }
        world.products.set(added.productNumber, added)
        return productState(world, added)
      }),
    product: ({ productNumber }) => productState(world, product(productNumber)),
    count: ({ productNumber, inStock }) => {
      const found = product(productNumber)
      move(world, hooks, found, { inStock: hundredths(inStock) - found.inStock }, 'count')
      return productState(world, found)
    },
    order: ({ productNumber, orderedByCustomers }) => {
      const found = product(productNumber)
      move(world, hooks, found, { orderedByCustomers: hundredths(orderedByCustomers) - found.orderedByCustomers }, 'document')
      return productState(world, found)
    },
    change: ({ productNumber, to }) => {
      const found = product(productNumber)
      world.products.delete(productNumber)
      Object.assign(found, to)
      world.products.set(found.productNumber, found)
      return touched(found)
    },
    remove: ({ productNumber }) => {
      world.products.delete(product(productNumber).productNumber)
      hooks.emit('Produkt opdateret', { OLDNUMBER: productNumber, NEWNUMBER: '' })
    },
    addCustomer: (input) => addCustomer(world, input),
    makeOrder: (input) => state(desk.create('draft-order', written(world, input))),
    send: ({ order }) => state(desk.pass(desk.get('draft-order', order), 'sent-order')),
    upgrade: ({ order }) => {
      const from = orderOf(order)
      const draft = desk.create('draft-invoice', { ...from }, from.number)
      desk.upgraded(from)
      return state(draft)
    },
    makeInvoice: (input) => state(desk.create('draft-invoice', written(world, input))),
    discard: ({ draft }) => desk.remove(desk.get('draft-invoice', draft)),
    book: ({ draft }) => state(desk.book(desk.get('draft-invoice', draft))),
    credit: (input) => {
      const lines = input.lines.map((line) => ({ ...line, quantity: -Math.abs(line.quantity) }))
      return state(desk.book(desk.create('draft-invoice', written(world, { ...input, lines }))))
    },
    document: ({ stage, number }) => state(desk.get(stage, number)),
    documents: ({ stage }) => [...world.documents[stage].values()].map(state),
    addWebhook: ({ type, name, url, postData, contentType }) => {
      checkHook(type, url)
      const id = ++world.last.hook
      world.webhooks.set(id, {
        id,
        type,
        name: name ?? type,
        url,
        postData,
        contentType: contentType ?? 'application/x-www-form-urlencoded',
        isDisabled: false,
        failures: 0,
        log: [],
      })
      return id
    },
    changeWebhook: ({ id, ...to }) => {
      const found = webhook(id)
      checkHook(to.type ?? found.type, to.url ?? found.url)
      Object.assign(found, to)
    },
    removeWebhook: ({ id }) => void world.webhooks.delete(webhook(id).id),
    modules: ({ names }) => {
      world.modules = names
    },
    revoke: ({ revoked }) => {
      world.tokens.revoked = revoked
    },
  }
}

function checkHook(type: HookType, url: string): void {
  if (!HOOK_TYPES.includes(type)) throw new Refused(400, `Der findes ingen webhook af typen ${type}`)
  if (!URL.canParse(url) || url.length > 1000) throw new Refused(400, 'Url skal være en hel adresse, for eksempel https://…')
}

function addCustomer(world: World, input: Partial<Customer> & { name: string }): number {
  const customerNumber = input.customerNumber ?? Math.max(0, ...world.customers.keys()) + 1
  const empty = { email: '', address: '', zip: '', city: '', country: '', corporateIdentificationNumber: '', telephoneAndFaxNumber: '', ean: '' }
  world.customers.set(customerNumber, { ...empty, currency: 'DKK', group: 1, terms: 1, vatZone: 1, barred: false, ...input, customerNumber, lastUpdated: world.time.ms() })
  return customerNumber
}

/** As somebody types it into the accounts. */
function written(world: World, { lines, customer, other, heading, textLine1 }: DocumentInput): Written {
  const number = customer ?? [...world.customers.keys()][0] ?? addCustomer(world, { name: 'Kontantkunde' })
  const found = world.customers.get(number)
  const empty = { address: '', zip: '', city: '', country: '' }
  return {
    date: dayOf(world.time.ms()),
    dueDate: dayOf(world.time.ms()),
    currency: found?.currency ?? 'DKK',
    layout: 14,
    terms: found?.terms ?? 1,
    customer: number,
    recipient: { ...empty, name: found?.name ?? '', vatZone: found?.vatZone ?? 1 },
    references: { other: other ?? null },
    notes: { heading: heading ?? null, textLine1: textLine1 ?? null, textLine2: null },
    externalId: null,
    lines: lines.map(({ productNumber, quantity, unitNetPrice }, n) => {
      const sold = world.products.get(productNumber)
      if (sold === undefined) throw new Refused(404, `Vare ${productNumber} findes ikke`)
      return {
        lineNumber: n + 1,
        sortKey: n + 1,
        productNumber,
        description: sold.name,
        quantity: hundredths(quantity),
        unitNetPrice: unitNetPrice === undefined ? sold.salesPrice : hundredths(unitNetPrice),
        discount: 0,
      }
    }),
  }
}

const hundredths = (amount: number): number => Math.round(amount * 100)

export function productState(world: World, product: Product): ProductState {
  const counted = isCounted(world, product)
  return {
    productNumber: product.productNumber,
    name: product.name,
    inStock: counted ? product.inStock / 100 : null,
    available: counted ? availableOf(product) / 100 : null,
    salesPrice: product.salesPrice / 100,
    group: product.group,
    barred: product.barred,
  }
}

export function documentState(world: World, document: Document): DocumentState {
  const { net, gross } = totalsOf(world, document)
  return {
    number: document.number,
    stage: document.stage,
    date: document.date,
    currency: document.currency,
    customer: document.customer,
    name: document.recipient.name,
    other: document.references.other,
    fromOrder: document.fromOrder,
    fromDraft: document.fromDraft,
    net: net / 100,
    gross: gross / 100,
    lines: document.lines.map(({ productNumber, description, quantity, unitNetPrice }) => ({
      productNumber,
      description,
      quantity: quantity / 100,
      unitNetPrice: unitNetPrice / 100,
    })),
  }
}
