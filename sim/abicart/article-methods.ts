/** Article, ArticleVariant and what belongs to them: read by anybody (hidden ones by staff), written by staff. */

import { adminPlace, type Context, isAdmin, placeOf } from './context.ts'
import { badParams, RpcError } from './errors.ts'
import type { Events } from './events.ts'
import { foundBy } from './filters.ts'
import { answer, errorsOf, found, type Methods, reading, schema } from './method.ts'
import { checkStock, nested, type Patch, readPatch } from './patch.ts'
import { checkQuery } from './query.ts'
import type { Place } from './shapes.ts'
import { shownTotal } from './shelf.ts'
import { type Article, catalogueOf, hit, newUid, type Stock, stampOf, type Variant } from './world.ts'

const EMPTY: Stock = { show: false, useStock: false, stock: 0, hideUnstocked: false }
const sees = (article: Article, context: Context) => isAdmin(context, 'Article') || (!article.hidden && !article.draft)

export function articleMethods(events: Events): Record<string, Methods> {
  return {
    Article: {
      ...reading('Article', 'anybody', ({ world, shop }, context) => [...catalogueOf(world, shop).articles.values()].filter((article) => sees(article, context)), sees),
      search: ([term], context) => {
        const { world, shop } = placeOf(context)
        const articles = [...catalogueOf(world, shop).articles.values()]
        return articles
          .filter((article) => sees(article, context) && foundBy(article, String(term ?? '')))
          .map((article) => (world.knobs.uidType === 'string' ? String(article.uid) : article.uid))
      },
      getSchema: schema('Article'),
      validate: ([uid, patch], context) => {
        const at = adminPlace(context, 'Article')
        const article = uid === null ? null : found<Article>(at, 'Article', uid)
        return errorsOf(() => checkArticle(at, article, readPatch('Article', patch)))
      },
      create: ([patch, query], context) => create(adminPlace(context, 'Article'), patch, query, events),
      set: ([uid, patch, query], context) => {
        const at = adminPlace(context, 'Article')
        if (uid === null) return create(at, patch, query, events)
        checkQuery('Article', query ?? true)
        const article = found<Article>(at, 'Article', uid)
        const read = readPatch('Article', patch)
        checkArticle(at, article, read)
        apply(at, article, read)
        events.articleChanged(at, article)
        return answer(at, 'Article', article, query)
      },
    },
    ArticleVariant: {
      ...reading('ArticleVariant', 'staff', ({ world, shop }) => catalogueOf(world, shop).variants.values()),
      getSchema: schema('ArticleVariant'),
      validate: ([uid, patch], context) => {
        const at = adminPlace(context, 'ArticleVariant')
        found<Variant>(at, 'ArticleVariant', uid)
        return errorsOf(() => checkStock(at, readPatch('ArticleVariant', patch).stock, '/stock'))
      },
      set: ([uid, patch, query], context) => {
        const at = adminPlace(context, 'ArticleVariant')
        if (uid === null || uid === undefined) throw new RpcError(-32602, 'A variant is made by its article')
        checkQuery('ArticleVariant', query ?? true)
        const variant = found<Variant>(at, 'ArticleVariant', uid)
        const read = readPatch('ArticleVariant', patch)
        checkStock(at, read.stock, '/stock')
        if (typeof read.stock === 'number') write(at, `variant:${variant.uid}`, variant.articleNumber, variant.stock, read.stock)
        Object.assign(variant, read)
        const article = catalogueOf(at.world, at.shop).articles.get(variant.article)
        if (article !== undefined && at.world.knobs.variantBumpsArticle) events.articleChanged(at, article)
        return answer(at, 'ArticleVariant', variant, query)
      },
    },
    ArticleChoice: { get: reading('ArticleChoice', 'anybody', () => []).get as Methods[string] },
    ArticleChoiceOption: { get: reading('ArticleChoiceOption', 'anybody', () => []).get as Methods[string] },
    Articlegroup: {
      ...reading('Articlegroup', 'anybody', ({ world, shop }) => catalogueOf(world, shop).groups.values()),
      tree: (_params, context) => {
        const { world, shop } = placeOf(context)
        const groups = [...catalogueOf(world, shop).groups.values()]
        const under = (parent: number | null): unknown[] =>
          groups.filter((each) => each.parent === parent).map((each) => ({ uid: each.uid, name: each.name, children: under(each.uid) }))
        return under(null)
      },
    },
  }
}

function create(at: Place, patch: unknown, query: unknown, events: Events): unknown {
  checkQuery('Article', query ?? true)
  const read = readPatch('Article', patch)
  checkArticle(at, null, read)
  const now = stampOf(at.world)
  const article: Article = {
    uid: newUid(at.world),
    created: now,
    changed: now,
    articleNumber: null,
    name: {},
    description: {},
    price: {},
    vatRate: 0.25,
    stock: { ...EMPTY },
    draft: false,
    hidden: false,
    isBuyable: true,
    articlegroup: null,
    weight: 0,
    ean: null,
    choices: [],
    variants: [],
  }
  apply(at, article, read)
  catalogueOf(at.world, at.shop).articles.set(article.uid, article)
  events.emit(at, 'Article/created', article.uid)
  return answer(at, 'Article', article, query)
}

/** Where the total is the sum of the variants it can't be set to anything else. */
function checkArticle(at: Place, article: Article | null, patch: Patch): void {
  const stock = patch.stock as Partial<Stock> | null | undefined
  if (stock === null) throw badParams('Expected an object', '/stock')
  checkStock(at, stock?.stock, '/stock/stock')
  if (article === null || article.variants.length === 0 || stock?.stock === undefined || at.world.knobs.parentStockOfVariants !== 'sum') return
  if (stock.stock !== shownTotal(at, article)) throw badParams("stock can't be set: it is the sum of the variants", '/stock/stock')
}

function apply(at: Place, article: Article, { stock, name, description, ...plain }: Patch): void {
  if (stock !== undefined) {
    const before = article.stock.stock
    article.stock = nested(at, article.stock, stock, EMPTY)
    if (typeof (stock as Partial<Stock>).stock === 'number' && article.variants.length === 0)
      write(at, `article:${article.uid}`, article.articleNumber, before, article.stock.stock)
  }
  if (name !== undefined) article.name = nested(at, article.name, name, {})
  if (description !== undefined) article.description = nested(at, article.description, description, {})
  Object.assign(article, plain)
}

function write(at: Place, cell: string, articleNumber: string | null, before: number, value: number): void {
  at.world.writes.push({ at: at.world.time.ms(), webshop: at.shop.webshop, cell, articleNumber, before, value })
  hit(at.world, 'stock-written')
}
