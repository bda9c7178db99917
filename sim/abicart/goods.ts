/** Articles as staff enter them, with customer's choices ("kundens val") where they have any, and how they are found again. */
import type { Place } from './shapes.ts'
import { type Article, catalogueOf, newUid, type Shop, stampOf, type Variant, type World } from './world.ts'

export interface ArticleInput {
  articleNumber: string | null
  name?: string
  /** With VAT, in the shop's currency. */
  price?: number
  ean?: string | null
  stock?: number
  useStock?: boolean
  hidden?: boolean
  draft?: boolean
  /** Name of its group; made when there is none. */
  group?: string
  /** Choices by name, each with its options: `{ Storlek: ['S', 'M'] }`. */
  choices?: Record<string, string[]>
  /** Combinations of them, options in the order of the choices. */
  variants?: { options: string[]; articleNumber: string | null; stock?: number }[]
}
export interface ArticleView {
  uid: number
  articleNumber: string | null
  variants: { uid: number; articleNumber: string | null }[]
}
/** By number (the first article, then the first variant that carries it), or by `article:<uid>` or `variant:<uid>`. */
export interface Which {
  articleNumber?: string
  cell?: string
}

export function addArticle(at: Place, input: ArticleInput): ArticleView {
  const { world } = at
  const shop = catalogueOf(world, at.shop)
  const now = stampOf(world)
  const article: Article = {
    uid: newUid(world),
    created: now,
    changed: now,
    articleNumber: input.articleNumber,
    name: { sv: input.name ?? `Artikel ${input.articleNumber ?? ''}`.trim() },
    description: {},
    price: { [shop.currency]: input.price ?? 100 },
    vatRate: 0.25,
    stock: { show: true, useStock: input.useStock ?? true, stock: input.stock ?? 0, hideUnstocked: false },
    draft: input.draft ?? false,
    hidden: input.hidden ?? false,
    isBuyable: true,
    articlegroup: input.group === undefined ? null : groupNamed(world, shop, input.group),
    weight: 0,
    ean: input.ean ?? null,
    choices: [],
    variants: [],
  }
  shop.articles.set(article.uid, article)
  const options = Object.entries(input.choices ?? {}).map(([name, names]) => addChoice(world, shop, article, name, names))
  for (const each of input.variants ?? []) addVariant(world, shop, article, options, each)
  return {
    uid: article.uid,
    articleNumber: article.articleNumber,
    variants: article.variants.map((uid) => ({ uid, articleNumber: shop.variants.get(uid)?.articleNumber ?? null })),
  }
}

function groupNamed(world: World, shop: Shop, name: string): number {
  for (const group of shop.groups.values()) if (group.name.sv === name) return group.uid
  const uid = newUid(world)
  shop.groups.set(uid, { uid, name: { sv: name }, parent: null })
  return uid
}

interface MadeChoice {
  choice: number
  byName: Map<string, number>
}
function addChoice(world: World, shop: Shop, article: Article, name: string, names: string[]): MadeChoice {
  const byName = new Map<string, number>()
  for (const option of names) {
    const uid = newUid(world)
    shop.options.set(uid, { uid, name: { sv: option } })
    byName.set(option, uid)
  }
  const uid = newUid(world)
  shop.choices.set(uid, { uid, type: 'enum', name: { sv: name }, mandatory: true, options: [...byName.values()] })
  article.choices.push(uid)
  return { choice: uid, byName }
}

function addVariant(world: World, shop: Shop, article: Article, choices: MadeChoice[], input: { options: string[]; articleNumber: string | null; stock?: number }): void {
  const definedBy = choices.map(({ choice, byName }, n) => {
    const option = byName.get(input.options[n] ?? '')
    if (option === undefined) throw new Error(`no option ${input.options[n]}`)
    return [String(choice), String(option)]
  })
  const variant: Variant = {
    uid: newUid(world),
    article: article.uid,
    articleNumber: input.articleNumber,
    stock: input.stock ?? 0,
    image: null,
    definedBy: Object.fromEntries(definedBy),
  }
  shop.variants.set(variant.uid, variant)
  article.variants.push(variant.uid)
}

/** What makes a variant itself, as `S / Röd`. */
export const optionsText = (shop: Shop, { definedBy }: Variant): string =>
  Object.values(definedBy)
    .map((uid) => shop.options.get(Number(uid))?.name.sv ?? uid)
    .join(' / ')

export function which(at: Place, { articleNumber, cell }: Which): { article: Article; variant: Variant | null } {
  const shop = catalogueOf(at.world, at.shop)
  for (const article of shop.articles.values())
    if (cell === undefined ? article.articleNumber === articleNumber : cell === `article:${article.uid}`) return { article, variant: null }
  for (const variant of shop.variants.values()) {
    const article = shop.articles.get(variant.article)
    if (article !== undefined && (cell === undefined ? variant.articleNumber === articleNumber : cell === `variant:${variant.uid}`)) return { article, variant }
  }
  throw new Error(`nothing is ${cell ?? articleNumber}`)
}
