/** The page of the shop's own admin, in Swedish: articles with their variants under them, orders with their buttons, keys and webhooks. */
import { type ArticleState, type ShopState, shopState } from './control.ts'
import type { OrderView } from './storefront.ts'
import type { Shop, World } from './world.ts'

const SHOWN_ARTICLES = 100
const SHOWN_ORDERS = 50

/** `find` is what stands in the search box, `said` why the last button did nothing. */
export function adminPage(world: World, shop: Shop, { find, said }: { find: string; said: string | null }): string {
  const state = shopState(world, shop)
  const hits = state.articles.filter((article) => isFound(article, find.trim().toLowerCase()))
  const hidden = { butik: String(shop.webshop), q: find }
  return `<!doctype html><html lang="sv"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${text(state.name)} · låtsas-Abicart</title><style>${STYLE}</style></head><body>
<header><h1>${text(state.name)}</h1><p>Butiks-id <b>${shop.webshop}</b></p><p class="dim">Låtsas-Abicart: en webshop på den här datorn att prova med.</p>${shopLinks(world, shop)}</header>
<main>${said === null ? '' : `<p class="fel" role="alert">${text(said)}</p>`}
<section><h2>Artiklar</h2>${searchForm(hidden)}${articleTable(hits, hidden)}</section>
<section><h2>Ordrar</h2>${orderTable(state, hidden)}</section>
<section><h2>Webhooks</h2>${listenerTable(state)}</section>
<section><h2>Inställningar &gt; Externa kopplingar &gt; API-nycklar</h2>${keyTable(shop)}</section>
</main></body></html>`
}

const isFound = (article: ArticleState, term: string): boolean =>
  term === '' || [article.articleNumber, article.name, ...article.variants.map((variant) => variant.articleNumber)].some((each) => each?.toLowerCase().includes(term))

const shopLinks = (world: World, shop: Shop): string =>
  world.shops.size < 2
    ? ''
    : `<nav aria-label="Butiker">${[...world.shops.values()].map((each) => (each === shop ? `<b>${text(each.name.sv ?? '')}</b>` : `<a href="/?butik=${each.webshop}">${text(each.name.sv ?? '')}</a>`)).join(' · ')}</nav>`

const searchForm = ({ butik, q }: Hidden): string =>
  `<form method="get" action="/"><input type="hidden" name="butik" value="${butik}"><label>Sök <input name="q" value="${text(q)}" placeholder="Produktnummer eller namn"></label> <button>Sök</button></form>`

interface Hidden {
  butik: string
  q: string
}
/** A button that does one thing; `fields` may hold inputs. */
const form = (what: string, words: string, hidden: Hidden, values: Record<string, string>, fields = ''): string =>
  `<form method="post" action="/admin/${what}?butik=${hidden.butik}">${Object.entries({ ...values, q: hidden.q })
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${text(value)}">`)
    .join('')}${fields}<button>${words}</button></form>`
const number = (label: string, value: number, min?: number): string =>
  `<input type="number" name="antal" value="${value}"${min === undefined ? '' : ` min="${min}"`} aria-label="${text(label)}">`

function articleTable(articles: ArticleState[], hidden: Hidden): string {
  if (articles.length === 0) return '<p class="dim">Inga artiklar.</p>'
  const rows = articles.slice(0, SHOWN_ARTICLES).map((article) =>
    article.variants.length === 0
      ? goodsRow(hidden, {
          cell: `article:${article.uid}`,
          articleNumber: article.articleNumber,
          name: article.name,
          stock: article.stock,
          counted: article.useStock,
          note: article.hidden ? 'dold' : '',
        })
      : `<tr class="parent"><td>${text(article.articleNumber ?? '–')}</td><td>${text(article.name)} <span class="dim">kundens val</span></td><td class="n">${article.stock}</td><td></td></tr>` +
        article.variants
          .map((each) =>
            goodsRow(hidden, {
              cell: `variant:${each.uid}`,
              articleNumber: each.articleNumber,
              name: `${article.name}, ${each.options}`,
              label: each.options,
              stock: each.stock,
              counted: article.useStock,
              note: '',
            }),
          )
          .join(''),
  )
  const more = articles.length > SHOWN_ARTICLES ? `<p class="dim">Visar ${SHOWN_ARTICLES} av ${articles.length}. Sök för att se andra.</p>` : ''
  return `<div class="scroll"><table><thead><tr><th>Produktnummer</th><th>Artikel</th><th class="n">Lager</th><th>Prova</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>${more}`
}

interface Goods {
  cell: string
  articleNumber: string | null
  name: string
  /** What stands in the row where the article's name stands above it. */
  label?: string
  stock: number
  counted: boolean
  note: string
}
const goodsRow = (hidden: Hidden, goods: Goods): string =>
  `<tr${goods.label === undefined ? '' : ' class="variant"'}><td>${text(goods.articleNumber ?? '–')}</td><td>${text(goods.label ?? goods.name)} <span class="dim">${goods.note}</span></td><td class="n">${goods.counted ? goods.stock : '<span class="dim">räknas inte</span>'}</td><td class="do">${form('kop', 'Lägg order', hidden, { cell: goods.cell }, number(`Antal av ${goods.name}`, 1, 1))}${form('lager', 'Ändra lager', hidden, { cell: goods.cell }, number(`Lager för ${goods.name}`, goods.stock))}</td></tr>`

function orderTable({ orders }: ShopState, hidden: Hidden): string {
  const placed = orders.filter((order) => order.ordered !== null).toReversed()
  if (placed.length === 0) return '<p class="dim">Inga ordrar än.</p>'
  return `<div class="scroll"><table><thead><tr><th>Order</th><th>Lagd</th><th>Läge</th><th>Varor</th><th>Prova</th></tr></thead><tbody>${placed
    .slice(0, SHOWN_ORDERS)
    .map((order) => orderRow(order, hidden))
    .join('')}</tbody></table></div>`
}

function orderRow(order: OrderView, hidden: Hidden): string {
  const which = { order: String(order.uid) }
  const name = order.orderNumber ?? String(order.uid)
  const items = order.items.map(
    (item) =>
      `<div class="do"><span>${text(item.articleNumber ?? '–')} ${text(item.name)}</span>${form('andra', 'Ändra', hidden, { ...which, cell: item.cell }, number(`Antal av ${item.articleNumber ?? item.name} på order ${name}`, item.quantity, 0))}</div>`,
  )
  const buttons = [
    order.paymentStatus === 'paid' || order.discarded ? '' : form('betald', 'Markera betald', hidden, which),
    order.deliveryStatus === 'sent' || order.discarded ? '' : form('skickad', 'Markera skickad', hidden, which),
    order.discarded ? form('angra', 'Ångra makulering', hidden, which) : form('makulera', 'Makulera', hidden, which),
  ]
  const status = order.discarded ? 'Makulerad' : [order.paymentStatus === 'paid' ? 'Betald' : 'Obetald', order.deliveryStatus === 'sent' ? 'skickad' : 'ej skickad'].join(', ')
  return `<tr${order.discarded ? ' class="gone"' : ''}><td>${name}</td><td class="at">${text((order.ordered ?? '').replace('T', ' ').slice(0, 16))}</td><td>${status}</td><td>${items.join('') || '<span class="dim">Inga varor</span>'}</td><td class="do">${buttons.join('')}</td></tr>`
}

const listenerTable = ({ listeners }: ShopState): string =>
  listeners.length === 0
    ? '<p class="dim">Ingen lyssnar på butikens händelser.</p>'
    : `<div class="scroll"><table><thead><tr><th>Händelse</th><th>Läge</th><th class="n">Misslyckade i rad</th></tr></thead><tbody>${listeners.map((each) => `<tr><td>${text(each.eventName)}</td><td>${each.active ? 'Aktiv' : 'Avstängd'}</td><td class="n">${each.failures}</td></tr>`).join('')}</tbody></table></div>`

const keyTable = (shop: Shop): string =>
  `<div class="scroll"><table><thead><tr><th>Namn</th><th>Nyckel</th><th>Läge</th></tr></thead><tbody>${[...shop.keys.values()].map((key) => `<tr><td>${text(key.name)}</td><td><code>${text(key.uid)}</code></td><td>${key.active ? 'Aktiv' : 'Avstängd'}</td></tr>`).join('')}</tbody></table></div>`

const text = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const STYLE = `
:root { color-scheme: light; font: 15px/1.45 system-ui, sans-serif; color: #1f2430; background: #f4f5f7 }
body { margin: 0 } header { background: #233a5c; color: #fff; padding: 12px max(16px, calc(50vw - 560px)) } header p { margin: 2px 0 } header .dim, header a { color: #d5deec }
h1 { font-size: 1.35rem; margin: 0 } h2 { font-size: 1.05rem; margin: 0 0 8px }
main { max-width: 1120px; margin: 0 auto; padding: 16px; display: grid; gap: 16px; grid-template-columns: minmax(0, 1fr) }
section { background: #fff; border: 1px solid #dfe3ea; border-radius: 8px; padding: 14px 16px }
.scroll { overflow-x: auto; margin-top: 8px } table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: 6px 10px 6px 0; border-bottom: 1px solid #eceff3; vertical-align: middle }
th { font-weight: 600; color: #4a5264; font-size: .85rem } td:first-child { white-space: nowrap } .n { text-align: right; padding-right: 18px; white-space: nowrap }
.parent td { background: #f8f9fb } .variant td:first-child, .variant td:nth-child(2) { padding-left: 18px } .gone td { color: #626a7a }
.dim { color: #5d6576 } .fel { background: #fdecea; border: 1px solid #e7a9a3; border-radius: 8px; padding: 10px 14px; margin: 0 }
form { display: inline-flex; gap: 4px; margin: 2px 8px 2px 0; align-items: center } td.do { white-space: nowrap } div.do { display: flex; gap: 10px; align-items: center; flex-wrap: wrap }
input { font: inherit; padding: 4px 6px; border: 1px solid #8b93a3; border-radius: 5px } input[type=number] { width: 4.6em }
button { font: inherit; padding: 4px 10px; border: 1px solid #35557f; border-radius: 5px; background: #fff; color: #233a5c; cursor: pointer } button:hover { background: #eaf0f8 }
.at { white-space: nowrap } code { font-size: .85rem; word-break: break-all }
@media (max-width: 640px) { thead { position: absolute; clip-path: inset(50%) } tr { display: flex; flex-wrap: wrap; gap: 0 12px; padding: 6px 0; border-bottom: 1px solid #eceff3 } td, .parent td { border: 0; padding: 3px 0; background: none } td.n { margin-left: auto; padding: 3px 0 } td.do { flex-basis: 100%; white-space: normal } }`
