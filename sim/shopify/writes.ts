/** The mutations as fields of the schema. */
import type { FieldNode } from 'graphql'
import { createFulfilment, type FulfilmentInput } from './fulfilment-writes.ts'
import { type ActivateArgs, activate, toggle, updateItem } from './inventory-stocking.ts'
import { adjustQuantities, type InventoryDesk, requireCompare, setQuantities, type UserError, underKey, type WriteInput } from './inventory-writes.ts'
import type { SetDesk } from './product-set.ts'
import type { Asked, Resolvers } from './reading.ts'
import type { Shipments } from './shipments.ts'
import { createSubscription, deleteSubscription, type SubscriptionInput, updateSubscription } from './subscriptions.ts'
import { productMutations } from './writes-products.ts'

export function writes(desk: InventoryDesk & SetDesk, shipments: Pick<Shipments, 'ship'>): Resolvers {
  const noGroup = (error: UserError) => ({ inventoryAdjustmentGroup: null, userErrors: [error] })
  const noLevel = (error: UserError) => ({ inventoryLevel: null, userErrors: [error] })
  const asking = (asked: Asked) => ({ state: asked.state, scopes: asked.scopes, apiVersion: asked.apiVersion, now: asked.now })
  return {
    Mutation: {
      ...productMutations(desk),
      inventorySetQuantities: (_, args: { input: WriteInput }, asked: Asked, field: FieldNode) => {
        requireCompare(args.input.quantities ?? [], 'InventoryQuantityInput')
        return underKey(desk, 'inventorySetQuantities', asked.keyOf(field), args, asked.owned, noGroup, () => setQuantities(desk, args.input))
      },
      inventoryAdjustQuantities: (_, args: { input: WriteInput }, asked: Asked, field: FieldNode) => {
        requireCompare(args.input.changes ?? [], 'InventoryChangeInput')
        return underKey(desk, 'inventoryAdjustQuantities', asked.keyOf(field), args, asked.owned, noGroup, () => adjustQuantities(desk, args.input))
      },
      inventoryActivate: (_, args: ActivateArgs, asked: Asked, field: FieldNode) =>
        underKey(desk, 'inventoryActivate', asked.keyOf(field), args, asked.owned, noLevel, () => activate(desk, args)),
      inventoryBulkToggleActivation: (_, args: { inventoryItemId: string; inventoryItemUpdates: { locationId: string; activate: boolean }[] }) =>
        toggle(desk, args.inventoryItemId, args.inventoryItemUpdates),
      inventoryItemUpdate: (_, args: { id: string; input: { tracked?: boolean | null; sku?: string | null } }) => updateItem(desk, args.id, args.input),
      fulfillmentCreate: (_, args: { fulfillment: FulfilmentInput }) => createFulfilment(desk.state, shipments, args.fulfillment),
      webhookSubscriptionCreate: (_, args: { topic: string; webhookSubscription: SubscriptionInput }, asked: Asked) =>
        createSubscription(asking(asked), args.topic, args.webhookSubscription),
      webhookSubscriptionUpdate: (_, args: { id: string; webhookSubscription: SubscriptionInput }, asked: Asked) =>
        updateSubscription(asking(asked), args.id, args.webhookSubscription),
      webhookSubscriptionDelete: (_, args: { id: string }, asked: Asked) => deleteSubscription(asked.state, args.id),
    },
  }
}
