/** The admin page in Danish, as text: products with their variants, orders with the invoice on them, webhooks and the API user. */
import { TOPICS } from './hooks.ts'
import { shownStock, type Thing } from './shelf.ts'
import type { OrderView, Storefront } from './storefront.ts'
import { STATUS, type World } from './world.ts'

const SHOWN = 100

/** `find` is what stands in the search box, `said` why the last button did nothing. */
export function adminPage(world: World, front: Storefront, { find, said }: { find: string; said: string | null }): string {
  const q = find.trim().toLowerCase()
  return `<!doctype html><html lang="da"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${text(world.solution.title)} · DanDomain til øvelse</title><style>${STYLE}</style></head><body>
<header><h1>${text(world.solution.title)}</h1><p>Webshop <b>${text(world.solution.id)}</b></p><p class="dim">DanDomain til øvelse: en webshop på denne computer, som man kan prøve med.</p></header>
<main>${said === null ? '' : `<p class="fejl" role="alert">${text(said)}</p>`}
<section><h2>Produkter</h2><form method="get" action="/"><label>Søg <input name="q" value="${text(find)}" placeholder="Varenummer eller navn"></label> <button>Søg</button></form>${products(world, q, find)}</section>
<section><h2>Ordrer</h2>${orderTable(world, front.orders(), find)}</section>
<section><h2>Webhooks</h2>${webhooks(world, find)}</section>
<section><h2>Indstillinger &gt; API &gt; SOAP</h2><p>Brugernavn <code>${text(world.users[0]?.username ?? '')}</code> · Adgangskode <code>${text(world.users[0]?.password ?? '')}</code></p></section>
</main></body></html>`
}

function products(world: World, q: string, find: string): string {
  const isFound = (thing: Thing) => q === '' || thing.itemNumber.toLowerCase().includes(q) || thing.title.toLowerCase().includes(q)
  const all = [...world.products.values()].flatMap((product) => {
    const variants = product.variants.map((id) => world.variants.get(id)).filter((variant) => variant !== undefined)
    return isFound(product) || variants.some(isFound) ? [{ product, variants }] : []
  })
  if (all.length === 0) return '<p class="dim">Ingen produkter.</p>'
  const rows = all
    .slice(0, SHOWN)
    .map(({ product, variants }) =>
      variants.length === 0
        ? goods(world, `product:${product.id}`, product, product.title, find)
        : `<tr class="parent"><td>${text(product.itemNumber || '–')}</td><td>${text(product.title)} <span class="dim">varianter</span></td><td class="n">${shownStock(world, product) ?? '–'}</td><td></td></tr>${variants.map((each) => goods(world, `variant:${each.id}`, each, `${product.title}, ${each.title}`, find, each.title)).join('')}`,
    )
  const more = all.length > SHOWN ? `<p class="dim">Viser ${SHOWN} af ${all.length}. Søg for at se andre.</p>` : ''
  return `<div class="scroll"><table><thead><tr><th>Varenummer</th><th>Produkt</th><th class="n">Lager</th><th>Prøv</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>${more}`
}

function goods(world: World, cell: string, thing: Thing, name: string, q: string, label?: string): string {
  const places = Object.entries(thing.locations)
  const shown =
    places.length === 0 ? String(shownStock(world, thing) ?? 'tælles ikke') : places.map(([id, amount]) => `<span class="dim">lokation ${id}:</span> ${amount}`).join('<br>')
  const edits = (places.length === 0 ? [null] : places.map(([id]) => id)).map((location) =>
    form(
      'lager',
      location === null ? 'Ret lager' : `Ret lokation ${location}`,
      { cell, q, ...(location === null ? {} : { lokation: location }) },
      number(
        location === null ? `Lager for ${name}` : `Lager for ${name}, lokation ${location}`,
        location === null ? (shownStock(world, thing) ?? 0) : (thing.locations[location] ?? 0),
      ),
    ),
  )
  return `<tr${label === undefined ? '' : ' class="variant"'}><td>${text(thing.itemNumber || '–')}</td><td>${text(label ?? name)}</td><td class="n">${shown}</td><td class="do">${form('koeb', 'Læg ordre', { cell, q }, number(`Antal af ${name}`, 1, 1))}${edits.join('')}</td></tr>`
}

function orderTable(world: World, orders: OrderView[], q: string): string {
  if (orders.length === 0) return '<p class="dim">Ingen ordrer endnu.</p>'
  return `<div class="scroll"><table><thead><tr><th>Ordre</th><th>Afgivet</th><th>Status</th><th>Varer</th><th>Faktura</th><th>Prøv</th></tr></thead><tbody>${orders
    .toReversed()
    .slice(0, SHOWN)
    .map((order) => orderRow(world, order, q))
    .join('')}</tbody></table></div>`
}

function orderRow(world: World, order: OrderView, q: string): string {
  const named = { order: String(order.id), q }
  const lines = order.lines.map(
    (line) =>
      `<div class="do"><span>${text(line.itemNumber || '–')} ${text(line.title)}</span>${order.origin === '' ? form('ret', 'Ret', { ...named, cell: line.cell }, number(`Antal af ${line.itemNumber || line.title} på ordre ${order.id}`, line.amount, 0)) : `<span>${line.amount} stk.</span>`}</div>`,
  )
  const invoices = order.uploads.map(
    (upload, n) => `<a href="/admin/faktura/${order.id}/${n}.pdf">Faktura ${text(upload.invoiceNumber)}</a> <span class="dim">${upload.bytes} byte</span>`,
  )
  const options = world.statuses
    .filter(({ id }) => id !== STATUS.draft && id !== STATUS.creditNote)
    .map(({ id, title }) => `<option value="${id}"${id === order.status ? ' selected' : ''}>${text(title)}</option>`)
  const buttons =
    order.origin === ''
      ? `${form('status', 'Skift status', named, `<select name="status" aria-label="Status for ordre ${order.id}">${options.join('')}</select>`)}${form('kreditnota', 'Opret kreditnota', named)}`
      : `<span class="dim">kreditnota til ordre ${text(order.origin)}</span>`
  return `<tr${order.status === STATUS.cancelled ? ' class="gone"' : ''}><td>${order.id}</td><td class="at">${text(order.created.slice(0, 16))}</td><td>${text(order.statusTitle)}</td><td>${lines.join('') || '<span class="dim">Ingen varer</span>'}</td><td>${invoices.join('<br>') || '<span class="dim">Ingen faktura</span>'}</td><td class="do">${buttons}</td></tr>`
}

function webhooks(world: World, q: string): string {
  const rows = world.webhooks.map(
    (each) => `<tr><td>${text(each.topic)}</td><td><code>${text(each.url)}</code></td><td class="do">${form('slet-webhook', 'Slet', { id: String(each.id), q })}</td></tr>`,
  )
  const topics = TOPICS.map((topic) => `<option>${topic}</option>`).join('')
  const table =
    rows.length === 0
      ? '<p class="dim">Ingen lytter til butikken.</p>'
      : `<div class="scroll"><table><thead><tr><th>Emne</th><th>URL</th><td></td></tr></thead><tbody>${rows.join('')}</tbody></table></div>`
  return `${table}<p>${form('webhook', 'Opret webhook', { q }, `<label>Emne <select name="emne">${topics}</select></label> <label>URL <input name="url" size="40" placeholder="https://"></label>`)}</p><p>${form('noegle', 'Gem nøgle', { q }, `<label>Webhook-nøgle <input name="noegle" value="${text(world.solution.hookSecret)}"></label>`)}</p>`
}

/** A button that does one thing; `fields` may hold inputs. */
const form = (what: string, words: string, values: Record<string, string>, fields = ''): string =>
  `<form method="post" action="/admin/${what}">${Object.entries(values)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${text(value)}">`)
    .join('')}${fields}<button>${words}</button></form>`
const number = (label: string, value: number, min?: number): string =>
  `<input type="number" name="antal" value="${value}"${min === undefined ? '' : ` min="${min}"`} aria-label="${text(label)}">`
const text = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const STYLE = `
:root { color-scheme: light; font: 15px/1.45 system-ui, sans-serif; color: #1f2430; background: #f4f5f7 }
body { margin: 0 } header { background: #7a1f3d; color: #fff; padding: 12px max(16px, calc(50vw - 620px)) } header p { margin: 2px 0 } header .dim { color: #f1dbe3 }
h1 { font-size: 1.35rem; margin: 0 } h2 { font-size: 1.05rem; margin: 0 0 8px }
main { max-width: 1240px; margin: 0 auto; padding: 16px; display: grid; gap: 16px; grid-template-columns: minmax(0, 1fr) }
section { background: #fff; border: 1px solid #dfe3ea; border-radius: 8px; padding: 14px 16px }
.scroll { overflow-x: auto; margin-top: 8px } table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: 6px 10px 6px 0; border-bottom: 1px solid #eceff3; vertical-align: middle }
th { font-weight: 600; color: #4a5264; font-size: .85rem } td:first-child, .at { white-space: nowrap } .n { text-align: right; padding-right: 18px; white-space: nowrap }
.parent td { background: #f8f9fb } .variant td:first-child, .variant td:nth-child(2) { padding-left: 18px } .gone td { color: #626a7a }
.dim { color: #5d6576 } .fejl { background: #fdecea; border: 1px solid #e7a9a3; border-radius: 8px; padding: 10px 14px; margin: 0 }
form { max-width: 100%; display: inline-flex; gap: 4px; margin: 2px 8px 2px 0; align-items: center; flex-wrap: wrap } div.do { display: flex; gap: 10px; align-items: center; flex-wrap: wrap }
label { max-width: 100%; min-width: 0 } input, select { box-sizing: border-box; font: inherit; padding: 4px 6px; border: 1px solid #8b93a3; border-radius: 5px; max-width: 100% } input[type=number] { width: 4.6em }
button { font: inherit; padding: 4px 10px; border: 1px solid #7a1f3d; border-radius: 5px; background: #fff; color: #7a1f3d; cursor: pointer } button:hover { background: #faf0f3 }
code { font-size: .85rem; word-break: break-all }
@media (max-width: 640px) { thead { position: absolute; clip-path: inset(50%) } tr { display: flex; flex-wrap: wrap; gap: 0 12px; padding: 6px 0; border-bottom: 1px solid #eceff3 } td, .parent td { border: 0; padding: 3px 0; background: none } td.n { margin-left: auto; padding: 3px 0 } td.do { flex-basis: 100% } }`
