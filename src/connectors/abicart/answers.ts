/** The shapes Abicart answers in, as far as we read them; anything more is let through and left alone. */
import { z } from 'zod'
import { uid } from './refs.ts'

/** Text by language; a language may be missing. */
const words = z.record(z.string(), z.string().nullish())
/** Empty means none, and matches nothing. */
const number = z
  .string()
  .nullish()
  .transform((text) => (text === undefined || text === null || text === '' ? null : text))

/** Everything in it is kept: it is written back whole. */
const stock = z.looseObject({ useStock: z.boolean().nullish(), stock: z.number().nullish() })
export type Stock = z.infer<typeof stock>

const inArticle = z.object({
  uid: uid.nullish(),
  definedBy: z.record(z.string(), z.union([z.string(), z.number().transform(String)])).catch({}),
  overrides: z.object({ articleNumber: number }).nullish(),
})
export const article = z.object({ uid, articleNumber: number, name: words.nullish(), stock: stock.nullish(), variants: z.array(inArticle).nullish() })
export type Article = z.infer<typeof article>

/** Its article is shown whole where that was asked for and it is still there. */
export const variant = z.object({
  uid,
  articleNumber: number,
  stock: z.number().nullish(),
  article: z.union([z.object({ uid, name: words.nullish(), stock: stock.nullish() }), uid.transform((id) => ({ uid: id, name: null, stock: null }))]).nullish(),
})
export type Variant = z.infer<typeof variant>

const cost = z.object({ incVat: z.number().nullish() }).nullish()
const item = z.object({
  uid,
  article: uid.nullish(),
  articleNumber: number,
  articleName: z.union([words, z.string()]).nullish(),
  choices: z.record(z.string(), z.unknown()).nullish(),
  costs: z.object({ unit: cost }).nullish(),
})
export type Item = z.infer<typeof item>

const text = z.string().nullish().catch(null)
/** Statuses are open lists: an unknown word is neither paid nor sent. Nothing personal is required. */
const address = z.object({ firstName: text, lastName: text, phoneMobile: text, country: text })
export const order = z.object({
  uid,
  orderNumber: z.union([z.string(), z.number().transform(String)]).nullish(),
  ordered: z.string().nullish(),
  changed: z.string(),
  discarded: z.boolean().nullish(),
  paymentStatus: text,
  deliveryStatus: text,
  currency: text,
  customer: z
    .object({ info: z.object({ email: text }).nullish(), address: address.nullish(), deliveryAddress: address.nullish() })
    .nullish()
    .catch(null),
  items: z.array(item),
})
export type Order = z.infer<typeof order>

export const listener = z.object({ uid, eventName: z.string(), url: z.string(), authToken: z.string().nullish(), status: z.object({ active: z.boolean().nullish() }).nullish() })
export type Listener = z.infer<typeof listener>

/** A person's language first, whatever the shop has second. */
export const inWords = (value: Record<string, string | null | undefined> | string | null | undefined): string | null =>
  typeof value === 'string' ? value : (value?.sv ?? Object.values(value ?? {}).find((each) => typeof each === 'string' && each !== '') ?? null)
