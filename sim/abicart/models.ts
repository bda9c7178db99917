/** Every class with its properties, and how a thing is found by its uid. */
import { type ClassModel, type ClassName, type Place, type Property, type Shape, stockShape, words } from './shapes.ts'
import { quantityOf, shownTotal, variantsOf } from './shelf.ts'
import {
  type Article,
  type Choice,
  catalogueOf,
  type Group,
  type Item,
  type Key,
  type Listener,
  type Option,
  type Order,
  type Shop,
  sellersOf,
  timeText,
  type Variant,
  type World,
} from './world.ts'

const is = <E>(shape: Shape, read: Property<E>['read'], writable?: 'writable'): Property<E> => ({ shape, read, ...(writable === undefined ? {} : { writable: true }) })
const time = (ms: number | null) => (ms === null ? undefined : timeText(ms))
/** An optional property that isn't there is missing, not null. */
const given = <T>(value: T | null) => value ?? undefined
const money: Shape = { map: 'number' }
const cost: Shape = { fields: { currency: 'string', exVat: 'number', incVat: 'number', vat: 'number', vatRate: 'number' } }
const costOf = (incVat: number, currency: string) => ({ currency, exVat: incVat * 0.8, incVat, vat: incVat * 0.2, vatRate: 0.25 })

const article: ClassModel<Article> = {
  name: 'Article',
  sorts: ['uid', 'created', 'changed', 'name'],
  properties: {
    uid: is('uid', (a) => a.uid),
    created: is('time', (a) => timeText(a.created)),
    changed: is('time', (a) => timeText(a.changed)),
    articleNumber: is('string', (a) => given(a.articleNumber), 'writable'),
    name: is(words, (a) => a.name, 'writable'),
    description: is(words, (a) => a.description, 'writable'),
    price: is({ fields: { current: money, regular: money } }, (a) => ({ current: a.price, regular: a.price })),
    vatRate: is('number', (a) => a.vatRate),
    stock: is(stockShape, (a, at) => ({ ...a.stock, stock: shownTotal(at, a) }), 'writable'),
    draft: is('boolean', (a) => a.draft, 'writable'),
    hidden: is('boolean', (a) => a.hidden, 'writable'),
    isBuyable: is('boolean', (a) => a.isBuyable, 'writable'),
    url: is(words, (a) => Object.fromEntries(Object.keys(a.name).map((language) => [language, `https://shop.example/${language}/article/${a.uid}`]))),
    weight: is('number', (a) => a.weight, 'writable'),
    ean: is('string', (a) => given(a.ean), 'writable'),
    articlegroup: is({ to: 'Articlegroup' }, (a) => a.articlegroup, 'writable'),
    showInArticlegroups: is({ list: { to: 'Articlegroup' } }, (a) => (a.articlegroup === null ? [] : [a.articlegroup])),
    hasChoices: is('boolean', (a) => a.choices.length > 0),
    choices: is({ list: { to: 'ArticleChoice' } }, (a) => a.choices),
    variants: is({ list: { fields: { uid: 'uid', definedBy: { map: 'string' }, overrides: { fields: { stock: 'number', articleNumber: 'string' } } } } }, (a, at) =>
      a.variants.length === 0
        ? undefined
        : variantsOf(at, a).map((v) => ({
            uid: v.uid,
            definedBy: v.definedBy,
            overrides: { stock: v.stock, ...(v.articleNumber === null ? {} : { articleNumber: v.articleNumber }) },
          })),
    ),
  },
}
const variant: ClassModel<Variant> = {
  name: 'ArticleVariant',
  sorts: ['uid'],
  properties: {
    uid: is('uid', (v) => v.uid),
    stock: is('number', (v) => v.stock, 'writable'),
    articleNumber: is('string', (v) => v.articleNumber, 'writable'),
    article: is({ to: 'Article' }, (v) => v.article),
    image: is('string', (v) => given(v.image)),
  },
}
const choice: ClassModel<Choice> = {
  name: 'ArticleChoice',
  sorts: ['uid'],
  properties: {
    uid: is('uid', (c) => c.uid),
    type: is('string', (c) => c.type),
    name: is(words, (c) => c.name),
    mandatory: is('boolean', (c) => c.mandatory),
    options: is({ list: { to: 'ArticleChoiceOption' } }, (c) => c.options),
  },
}
const option: ClassModel<Option> = {
  name: 'ArticleChoiceOption',
  sorts: ['uid'],
  properties: { uid: is('uid', (o) => o.uid), name: is(words, (o) => o.name) },
}
const group: ClassModel<Group> = {
  name: 'Articlegroup',
  sorts: ['uid', 'name'],
  properties: { uid: is('uid', (g) => g.uid), name: is(words, (g) => g.name), parent: is({ to: 'Articlegroup' }, (g) => g.parent) },
}
const order: ClassModel<Order> = {
  name: 'Order',
  sorts: ['uid'],
  properties: {
    uid: is('uid', (o) => o.uid),
    orderNumber: is('string', (o) => given(o.orderNumber)),
    ordered: is('time', (o) => time(o.ordered)),
    changed: is('time', (o) => timeText(o.changed)),
    currency: is('string', (o) => o.currency, 'writable'),
    language: is('string', (o) => o.language, 'writable'),
    customer: is({ fields: { info: { map: 'string' }, address: { map: 'string' } } }, (o) => o.customer, 'writable'),
    items: is({ list: { to: 'OrderItem' } }, (o) => o.items),
    costs: is({ fields: { cart: cost, total: cost } }, (o, at) => costsOf(o, at)),
    note: is('string', (o) => o.note, 'writable'),
    tags: is({ list: 'string' }, (o) => o.tags, 'writable'),
    externalOrderNumber: is('string', (o) => given(o.externalOrderNumber), 'writable'),
    discarded: is('boolean', (o) => o.discarded, 'writable'),
    paymentStatus: is('string', (o) => o.paymentStatus),
    deliveryStatus: is('string', (o) => o.deliveryStatus, 'writable'),
    hasVat: is('boolean', () => true),
    payments: is({ list: 'uid' }, () => []),
  },
}
const item: ClassModel<Item> = {
  name: 'OrderItem',
  sorts: ['uid'],
  properties: {
    uid: is('uid', (i) => i.uid),
    order: is({ to: 'Order' }, (i) => i.order),
    article: is({ to: 'Article' }, (i) => i.article),
    articleNumber: is('string', (i) => given(i.articleNumber)),
    articleName: is(words, (i) => i.articleName),
    choices: is({ map: 'string' }, (i) => i.choices),
    costs: is({ fields: { unit: cost, total: cost } }, (i) => ({ unit: costOf(i.priceWithVat, 'SEK'), total: costOf(i.priceWithVat * quantityOf(i), 'SEK') })),
  },
}
const listener: ClassModel<Listener> = {
  name: 'EventListener',
  sorts: ['uid'],
  properties: {
    uid: is('uid', (l) => l.uid),
    created: is('time', (l) => timeText(l.created)),
    changed: is('time', (l) => timeText(l.changed)),
    status: is({ fields: { active: 'boolean', inactiveSince: 'string' } }, (l) => ({
      active: l.active,
      ...(l.inactiveSince === null ? {} : { inactiveSince: localText(l.inactiveSince) }),
    })),
    eventName: is('string', (l) => l.eventName, 'writable'),
    url: is('string', (l) => l.url, 'writable'),
    authToken: is('string', (l) => l.authToken, 'writable'),
  },
}
const key: ClassModel<Key> = {
  name: 'AuthToken',
  sorts: ['uid'],
  properties: {
    uid: is('string', (k) => k.uid),
    name: is('string', (k) => k.name, 'writable'),
    description: is('string', (k) => k.description, 'writable'),
    active: is('boolean', (k) => k.active, 'writable'),
    created: is('time', (k) => timeText(k.created)),
    lastUsed: is('time', (k) => time(k.lastUsed)),
  },
}
const webshop: ClassModel<Shop> = {
  name: 'Webshop',
  sorts: ['uid'],
  properties: {
    uid: is('uid', (s) => s.webshop),
    type: is('string', (s) => s.type),
    edition: is('string', (s) => s.edition),
    is_demo: is('boolean', () => false),
    name: is(words, (s) => s.name),
    url: is(words, (s) => Object.fromEntries(s.languages.map((language) => [language, `https://${s.webshop}.shop.example/${language}/`]))),
    baseCurrency: is('string', (s) => s.currency),
    activeCurrencies: is({ list: 'string' }, (s) => [s.currency]),
    defaultLanguage: is('string', (s) => s.languages[0]),
    defaultDeliveryCountry: is('string', () => 'SE'),
    isShopSystem: is('boolean', (s, { world }) => s.parent !== null || childrenOf(world, s).length > 0),
    parent: is('uid', (s, { world }) => (s.parent === null ? undefined : world.knobs.webshopParent === 'true' ? true : s.parent)),
    children: is({ list: 'uid' }, (s, { world }) => childrenOf(world, s)),
  },
}
const delivery: ClassModel<{ uid: number; name: Record<string, string> }> = {
  name: 'DeliveryMethod',
  sorts: ['uid', 'name'],
  properties: { uid: is('uid', (d) => d.uid), name: is(words, (d) => d.name) },
}

/** Read without knowing what kind of thing it is; whoever asks by class name gives a thing of that class. */
const loose = <E>(model: ClassModel<E>): ClassModel<unknown> => model as ClassModel<unknown>
export const MODELS: Record<ClassName, ClassModel<unknown>> = {
  Article: loose(article),
  ArticleVariant: loose(variant),
  ArticleChoice: loose(choice),
  ArticleChoiceOption: loose(option),
  Articlegroup: loose(group),
  Order: loose(order),
  OrderItem: loose(item),
  EventListener: loose(listener),
  AuthToken: loose(key),
  Webshop: loose(webshop),
  DeliveryMethod: loose(delivery),
}

/** The thing with this uid in this shop; undefined when there is none. Articles belong to the top-level shop. */
export function find(world: World, shop: Shop, name: ClassName, uid: number): unknown {
  const catalogue = catalogueOf(world, shop)
  switch (name) {
    case 'Article':
      return catalogue.articles.get(uid)
    case 'ArticleVariant':
      return catalogue.variants.get(uid)
    case 'ArticleChoice':
      return catalogue.choices.get(uid)
    case 'ArticleChoiceOption':
      return catalogue.options.get(uid)
    case 'Articlegroup':
      return catalogue.groups.get(uid)
    case 'Order':
      return sellersOf(world, shop)
        .find((each) => each.orders.has(uid))
        ?.orders.get(uid)
    case 'OrderItem':
      return sellersOf(world, shop)
        .find((each) => each.items.has(uid))
        ?.items.get(uid)
    case 'EventListener':
      return shop.listeners.get(uid)
    default:
      return undefined
  }
}

const childrenOf = (world: World, shop: Shop): number[] => [...world.shops.values()].filter((each) => each.parent === shop.webshop).map((each) => each.webshop)

function costsOf(o: Order, at: Place) {
  const items = o.items.map((uid) => at.shop.items.get(uid)).filter((i) => i !== undefined)
  const sum = items.reduce((total, i) => total + i.priceWithVat * quantityOf(i), 0)
  return { cart: costOf(sum, o.currency), total: costOf(sum, o.currency) }
}

/** As the documentation's example prints it, which isn't ISO: `2015-01-01 00:00T+01:00`. */
function localText(ms: number): string {
  const local = new Date(ms + 3_600_000).toISOString()
  return `${local.slice(0, 10)} ${local.slice(11, 16)}T+01:00`
}
