/** What check() tells: which shop this is, whether the key may do what is needed, and what the shop's own answers taught us. */
import { z } from 'zod'
import { type Health, RemoteError } from '../contract.ts'
import { inWords } from './answers.ts'
import { type Call, type Client, type Reply, readReply } from './client.ts'
import type { Doctor, Facts } from './doctor.ts'
import { asked, PLACE, uid } from './refs.ts'
import type { AbicartSettings } from './settings.ts'

const words = z.record(z.string(), z.string().nullish()).nullish()
const shopShape = z.object({ uid, name: words, url: words, baseCurrency: z.string().nullish(), type: z.string().nullish(), edition: z.string().nullish() })
const systemShape = z.object({ parent: z.union([uid, z.boolean()]).nullish() })

/** A key is allowed everything but the keys themselves, or the shop hasn't opened its API; a class that is closed all the same is said by name. Articles are for anybody. */
const RIGHTS: readonly { feature: string; scope: string; anybody?: true }[] = [
  { feature: 'articles', scope: 'Article', anybody: true },
  { feature: 'variants', scope: 'ArticleVariant' },
  { feature: 'orders', scope: 'Order' },
  { feature: 'order-hooks', scope: 'EventListener' },
]

export async function check(client: Client, doctor: Doctor, settings: AbicartSettings): Promise<Health> {
  const shop = await askShop(client, settings)
  const rights = await askRights(client)
  const facts = rights.every((right) => right.granted) ? await doctor.ask() : await doctor.known()
  const name = inWords(shop.name) ?? settings.shopId
  return {
    account: { ref: shop.uid, name, address: inWords(shop.url) ?? settings.origin, currency: shop.baseCurrency ?? null },
    places: [{ ref: PLACE, name, active: true, unusable: null }],
    rights,
    version: { asked: '1', answered: null, deprecated: null },
    learned: { ...learnedFrom(facts), ...(shop.type ? { plan: shop.type } : {}) },
  }
}

/** A shop under another one sells the other's articles: its stock is kept there. */
async function askShop(client: Client, settings: AbicartSettings): Promise<z.infer<typeof shopShape>> {
  const get = (query: unknown): Call => ({ method: 'Webshop.get', params: [asked(settings.shopId), query] })
  const calls = [get(['uid', 'name', 'url', 'baseCurrency', 'type', 'edition']), get(['parent'])]
  const [shop, system] = await client.askAll(calls, 'live')
  const found = readReply(shopShape, calls[0] as Call, shop as Reply)
  if (found.uid !== settings.shopId) throw new RemoteError('denied', 'shop-id-wrong', 'another shop answered', { executed: 'no' })
  // Only some editions tell whether they belong to another.
  const parent = system?.kind === 'result' ? systemShape.safeParse(system.value).data?.parent : undefined
  if (parent !== undefined && parent !== null && parent !== false && parent !== '0')
    throw new RemoteError('denied', 'sub-shop', 'this shop belongs to another one', { executed: 'no', facts: { parent: parent === true ? '' : parent } })
  return found
}

async function askRights(client: Client): Promise<Health['rights']> {
  const calls = RIGHTS.map(({ scope }): Call => ({ method: `${scope}.list`, params: [['uid'], { sort: 'uid', limit: 1 }] }))
  const replies = await client.askAll(calls, 'live')
  const rights = RIGHTS.map(({ feature, scope }, n) => ({ feature, scope, needed: true, granted: isAllowed(replies[n] as Reply) }))
  if (RIGHTS.every((right, n) => right.anybody || !rights[n]?.granted)) throw new RemoteError('denied', 'api-closed', 'nothing is open to the key', { executed: 'no' })
  return rights
}

function isAllowed(reply: Reply): boolean {
  if (reply.kind === 'result') return true
  if (reply.error.code === 'api-closed') return false
  throw reply.error
}

function learnedFrom(facts: Facts): Record<string, string> {
  const yesNo = (value: boolean) => (value ? 'yes' : 'no')
  return {
    ...(facts.articles === null ? {} : { articles: String(facts.articles) }),
    ...(facts.variants === null ? {} : { variants: String(facts.variants) }),
    'orders-by-change': yesNo(facts.changedFilter),
    'variants-by-number': yesNo(facts.variantNumberFilter),
    'pages-by-uid': yesNo(facts.uidKeyset),
    ...(facts.pageCap === null ? {} : { 'page-cap': String(facts.pageCap) }),
    ...(facts.uidForm === null ? {} : { 'uid-form': facts.uidForm }),
    'event-list': facts.events === null ? 'not-told' : facts.events.join(', ').slice(0, 200),
  }
}
