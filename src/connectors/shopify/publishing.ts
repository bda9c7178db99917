/** Where in the shop a product is shown. Without the right to it products are made all the same, and the merchant shows them. */
import { z } from 'zod'
import { parseJson } from '../../kit/json.ts'
import type { Health, OutgoingProduct, Priority, Tools } from '../contract.ts'
import type { Client } from './client.ts'
import { ifAllowed } from './failing.ts'
import { all } from './paging.ts'
import { PUBLICATIONS, PUBLISH, PUBLISHED_ON } from './product-documents.ts'

type Channel = NonNullable<Health['channels']>[number]
const keptShape = z.array(z.object({ ref: z.string(), name: z.string() }))

/** As a merchant knows them. Null = we may not see them. */
export async function askChannels(client: Client, tools: Tools, priority: Priority): Promise<Channel[] | null> {
  const found = await ifAllowed(async () => all(async (after) => (await client.ask(PUBLICATIONS, { after }, priority)).publications))
  const channels = found?.map(({ id, catalog, channels: shown }) => ({ ref: id, name: shown?.nodes[0]?.name ?? catalog?.title ?? id })) ?? null
  await tools.keep.set('channels', JSON.stringify(channels ?? []))
  return channels
}

/** As the last check saw them. */
async function keptChannels(client: Client, tools: Tools, priority: Priority): Promise<string[]> {
  const text = await tools.keep.get('channels')
  const kept = text === null ? undefined : keptShape.safeParse(parseJson(text)).data
  return (kept ?? (await askChannels(client, tools, priority)) ?? []).map((channel) => channel.ref)
}

/** Shows what isn't shown yet; what a person shows elsewhere as well is left. Answers whether it is shown where it should be. */
export async function publish(client: Client, tools: Tools, productRef: string, channels: OutgoingProduct['channels'], isNew: boolean, priority: Priority): Promise<boolean> {
  const wanted = channels ?? (await keptChannels(client, tools, priority))
  if (wanted.length === 0) return channels !== null
  const shown = isNew
    ? []
    : await ifAllowed(
        async () => (await client.ask(PUBLISHED_ON, { id: productRef }, priority)).product?.resourcePublicationsV2.nodes.map(({ publication }) => publication.id) ?? [],
      )
  if (shown === null) return false
  const input = wanted.filter((ref) => !shown.includes(ref)).map((publicationId) => ({ publicationId }))
  if (input.length === 0) return true
  const said = await ifAllowed(() => client.ask(PUBLISH, { id: productRef, input }, priority))
  // A channel that is gone since the last check is no reason to refuse the product.
  return said?.publishablePublish?.userErrors.length === 0
}
