/** What Shopify's answers must look like. A status or type we don't know yet is data, not a reason to fail, so such fields are plain text here. */
import { z } from 'zod'

const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() })
export const list = <T extends z.ZodType>(node: T) => z.object({ nodes: z.array(node), pageInfo })
const ref = z.object({ id: z.string() })
const place = ref.nullable()
export const userErrors = z.array(z.object({ code: z.string().nullish(), field: z.array(z.string()).nullish(), message: z.string() }))
export type UserErrors = z.infer<typeof userErrors>

export const whoami = z.object({
  shop: z.object({ id: z.string(), name: z.string(), myshopifyDomain: z.string(), currencyCode: z.string(), plan: z.object({ publicDisplayName: z.string() }).nullish() }),
  currentAppInstallation: z.object({
    app: z.object({ title: z.string(), webhookApiVersion: z.string().nullish() }).nullish(),
    accessScopes: z.array(z.object({ handle: z.string() })),
  }),
})
export const places = z.object({
  locations: list(z.object({ id: z.string(), name: z.string(), isActive: z.boolean(), isFulfillmentService: z.boolean(), fulfillsOnlineOrders: z.boolean() })),
})

const item = z.object({ id: z.string(), sku: z.string().nullish(), tracked: z.boolean() })
const quantities = z.array(z.object({ name: z.string(), quantity: z.number().int().nullable() }))
export const articles = z.object({ inventoryItems: list(item) })
export const stockOfItems = z.object({
  nodes: z.array(
    z
      .object({
        id: z.string(),
        sku: z.string().nullish(),
        tracked: z.boolean().optional(),
        inventoryLevels: z.object({ nodes: z.array(z.object({ isActive: z.boolean(), location: ref, quantities })) }).nullish(),
      })
      .nullable(),
  ),
})
export const stockAtPlace = z.object({ location: z.object({ inventoryLevels: list(z.object({ isActive: z.boolean(), item, quantities })) }).nullable() })

const written = z.object({ inventoryAdjustmentGroup: ref.nullable(), userErrors }).nullable()
export const setStock = z.object({ inventorySetQuantities: written })
export const adjustStock = z.object({ inventoryAdjustQuantities: written })
export const stockAt = z.object({ inventoryActivate: z.object({ userErrors }).nullable() })
export const track = z.object({ inventoryItemUpdate: z.object({ userErrors }).nullable() })

const customer = z.object({
  id: z.string(),
  firstName: z.string().nullish(),
  lastName: z.string().nullish(),
  defaultEmailAddress: z.object({ emailAddress: z.string() }).nullish(),
  defaultPhoneNumber: z.object({ phoneNumber: z.string() }).nullish(),
  createdAt: z.string(),
  updatedAt: z.string(),
})
export type ShopifyCustomer = z.infer<typeof customer>
export const customers = z.object({ customers: list(customer) })
export const anyCustomer = z.object({ customers: z.object({ nodes: z.array(ref) }) })
export const customersById = z.object({ nodes: z.array(z.union([customer, z.object({ id: z.string() }), z.null()])) })

export const orderHeads = z.object({ orders: list(z.object({ id: z.string(), updatedAt: z.string() })) })

const line = z.object({
  id: z.string(),
  sku: z.string().nullish(),
  name: z.string(),
  quantity: z.number().int(),
  currentQuantity: z.number().int(),
  unfulfilledQuantity: z.number().int(),
  originalUnitPriceSet: z.object({ shopMoney: z.object({ amount: z.string() }) }).nullish(),
})
const lines = list(line)
const routed = list(z.object({ id: z.string(), remainingQuantity: z.number().int(), lineItem: ref }))
const shipped = list(z.object({ quantity: z.number().int().nullable(), lineItem: ref }))
const refunded = list(z.object({ quantity: z.number().int(), restockType: z.string(), location: place.optional(), lineItem: ref }))
const routes = list(z.object({ id: z.string(), status: z.string(), assignedLocation: z.object({ location: place.optional() }).nullish(), lineItems: routed }))
const order = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
  cancelledAt: z.string().nullish(),
  displayFinancialStatus: z.string().nullish(),
  currencyCode: z.string(),
  email: z.string().nullish(),
  phone: z.string().nullish(),
  lineItems: lines,
  // Missing whole when the right to read it is missing.
  fulfillmentOrders: routes.nullish(),
  fulfillments: z.array(z.object({ id: z.string(), status: z.string(), createdAt: z.string(), location: place.optional(), fulfillmentLineItems: shipped })),
  refunds: z.array(z.object({ id: z.string(), createdAt: z.string().nullish(), refundLineItems: refunded })),
})
export type ShopifyOrder = z.infer<typeof order>
/** A key that is gone, or that names something else, is no order. */
export const orders = z.object({ nodes: z.array(z.union([order, z.object({ id: z.string() }), z.null()])) })

const more = <K extends string, T extends z.ZodType>(key: K, node: T) => z.object({ node: z.object({ [key]: node } as Record<K, T>).nullable() })
export const moreLines = more('lineItems', lines)
export const moreRoutes = more('fulfillmentOrders', routes)
export const moreRouted = more('lineItems', routed)
export const moreShipped = more('fulfillmentLineItems', shipped)
export const moreRefunded = more('refundLineItems', refunded)
export const ordersOfRoutes = z.object({ nodes: z.array(z.object({ orderId: z.string().optional() }).nullable()) })

export const subscriptions = z.object({
  webhookSubscriptions: list(
    z.object({ id: z.string(), topic: z.string(), uri: z.string(), format: z.string(), filter: z.string().nullish(), includeFields: z.array(z.string()).nullish() }),
  ),
})
export const fulfilled = z.object({ fulfillmentCreate: z.object({ userErrors }).nullable() })
export const subscribe = z.object({ webhookSubscriptionCreate: z.object({ userErrors }).nullable() })
export const resubscribe = z.object({ webhookSubscriptionUpdate: z.object({ userErrors }).nullable() })
export const unsubscribe = z.object({ webhookSubscriptionDelete: z.object({ userErrors }).nullable() })
