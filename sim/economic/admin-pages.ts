/** The pages themselves, in Danish: goods, orders and invoices; and Indstillinger > Udvidelser > Webhooks with the fields the guide names. */
import { documentState, productState } from './office.ts'
import { HOOK_TYPES, type Stage, type Webhook, type World } from './world.ts'

const SHOWN_PRODUCTS = 100
const SHOWN_DOCUMENTS = 50
const HOOKS = '/indstillinger/udvidelser/webhooks'
/** Content types, as people call them. */
const FORMATS = { 'application/x-www-form-urlencoded': 'Formular', 'application/json': 'JSON' }

export function frontPage(world: World, find: string, said: string | null): string {
  const term = find.trim().toLowerCase()
  const hits = [...world.products.values()].filter((each) => term === '' || each.productNumber.toLowerCase().includes(term) || each.name.toLowerCase().includes(term))
  const back = find === '' ? '/' : `/?q=${encodeURIComponent(find)}`
  const goods = hits.slice(0, SHOWN_PRODUCTS).map((each) => {
    const { productNumber, name, inStock, available, barred } = productState(world, each)
    const shown = (amount: number | null) => (amount === null ? '<span class="dim">–</span>' : amount.toLocaleString('da-DK'))
    const forms =
      button('/kontor/saelg', 'Lav faktura', back, { vare: productNumber }, amount(`Antal af ${productNumber} på fakturaen`, '1')) +
      (inStock === null ? '' : button('/kontor/optael', 'Optæl', back, { vare: productNumber }, amount(`Optalt af ${productNumber}`, String(inStock).replace('.', ','))))
    return `<tr><td>${text(productNumber)}</td><td>${text(name)}${barred ? ' <span class="dim">spærret</span>' : ''}</td><td class="n">${shown(inStock)}</td><td class="n">${shown(available)}</td><td class="do">${forms}</td></tr>`
  })
  const more = hits.length > SHOWN_PRODUCTS ? `<p class="dim">Viser ${SHOWN_PRODUCTS} af ${hits.length}. Søg for at se andre.</p>` : ''
  return page(world, 'Overblik', said, [
    [
      'Varer',
      `<form method="get" action="/"><label>Søg <input name="q" value="${text(find)}" placeholder="Varenummer eller navn"></label> <button>Søg</button></form>${table(['Varenr.', 'Navn', '#På lager', '#Tilgængelig', 'Prøv'], goods, 'Ingen varer.')}${more}`,
    ],
    ['Ordrer', documentTable(world, ['draft-order', 'sent-order'], back)],
    ['Igangværende fakturaer', documentTable(world, ['draft-invoice'], back)],
    ['Bogførte fakturaer', documentTable(world, ['booked'], back)],
  ])
}

function documentTable(world: World, stages: Stage[], back: string): string {
  const rows = stages
    .flatMap((stage) => [...world.documents[stage].values()])
    .map((document) => documentState(world, document))
    .toReversed()
    .slice(0, SHOWN_DOCUMENTS)
    .map((each) => {
      const lines = each.lines.map((line) => `${line.quantity.toLocaleString('da-DK')} × ${text(line.productNumber ?? line.description)}`).join('<br>')
      const act =
        each.stage === 'draft-invoice'
          ? button('/kontor/bogfoer', 'Bogfør', back, { kladde: String(each.number) }, '', `Bogfør faktura ${each.number}`)
          : each.stage === 'booked'
            ? ''
            : button('/kontor/opgrader', 'Opgrader til faktura', back, { ordre: String(each.number) }, '', `Opgrader til faktura: ordre ${each.number}`)
      return `<tr><td>${each.number}</td><td>${each.date}</td><td>${text(each.name)}</td><td>${text(each.other ?? '')}</td><td>${lines}</td><td class="n">${each.gross.toLocaleString('da-DK', { minimumFractionDigits: 2 })} ${each.currency}</td><td class="do">${act}</td></tr>`
    })
  return table(['Nr.', 'Dato', 'Kunde', 'Øvrig ref.', 'Linjer', '#Total', ''], rows, 'Ingen endnu.')
}

export const settingsPage = (world: World, said: string | null): string =>
  page(world, 'Alle indstillinger', said, [
    ['Udvidelser', `<ul><li><a href="${HOOKS}">Webhooks</a></li></ul>`],
    [
      'Apps',
      `<p>Lagerbro har adgang til aftalen.</p><dl><dt>X-AppSecretToken</dt><dd><code>${text(world.tokens.appSecret)}</code></dd><dt>X-AgreementGrantToken</dt><dd><code>${text(world.tokens.grant)}</code></dd></dl>`,
    ],
    ['Moduler', world.modules.length === 0 ? '<p class="dim">Ingen moduler.</p>' : `<ul>${world.modules.map((name) => `<li>${text(name)}</li>`).join('')}</ul>`],
  ])

export function hookList(world: World, said: string | null): string {
  const rows = [...world.webhooks.values()].map((each) => {
    const id = String(each.id)
    const state = each.isDisabled ? `Slået fra ${button('/indstillinger/webhooks/taend', 'Slå til', HOOKS, { id })}` : 'Aktiv'
    return `<tr><td><a href="${HOOKS}/${id}">${text(each.name)}</a></td><td>${text(each.type)}</td><td class="url">${text(each.url)}</td><td>${state}</td><td class="do"><a class="ikon" href="${HOOKS}/${id}/log" aria-label="Log for ${text(each.name)}" title="Log">☰</a>${button('/indstillinger/webhooks/slet', 'Slet', HOOKS, { id }, '', `Slet ${each.name}`)}</td></tr>`
  })
  return page(world, 'Webhooks', said, [
    ['Webhooks', `<p><a class="knap" href="${HOOKS}/nyt">Nyt webhook</a></p>${table(['Navn', 'Type', 'Url', 'Tilstand', ''], rows, 'Ingen webhooks endnu.')}`],
  ])
}

export function hookForm(world: World, webhook: Webhook | null, said: string | null): string {
  const options = HOOK_TYPES.map((type) => `<option${webhook?.type === type ? ' selected' : ''}>${type}</option>`).join('')
  const kinds = Object.entries(FORMATS)
    .map(([kind, words]) => `<option value="${kind}"${webhook?.contentType === kind ? ' selected' : ''}>${words}</option>`)
    .join('')
  const back = webhook === null ? `${HOOKS}/nyt` : `${HOOKS}/${webhook.id}`
  return page(world, webhook === null ? 'Nyt webhook' : 'Ret webhook', said, [
    [
      webhook === null ? 'Nyt webhook' : 'Ret webhook',
      `<form class="felter" method="post" action="/indstillinger/webhooks/gem"><input type="hidden" name="tilbage" value="${back}"><input type="hidden" name="id" value="${webhook?.id ?? ''}">
<label>Type<select name="type">${options}</select></label>
<label>Navn<input name="navn" value="${text(webhook?.name ?? '')}"></label>
<label>Url<input name="url" value="${text(webhook?.url ?? '')}" required></label>
<label>Sendte data<textarea name="data" rows="3">${text(webhook?.postData ?? '')}</textarea></label>
<label>Format<select name="indhold">${kinds}</select></label>
<p><button>Gem</button> <a href="${HOOKS}">Annuller</a></p></form>`,
    ],
  ])
}

export function hookLog(world: World, webhook: Webhook, said: string | null): string {
  const back = `${HOOKS}/${webhook.id}/log`
  const rows = webhook.log
    .toReversed()
    .map(
      (each) =>
        `<tr><td class="tid">${new Date(each.at).toISOString().replace('T', ' ').slice(0, 19)}</td><td class="url">${each.method} ${text(each.address)}</td><td class="url">${text(each.body)}</td><td>${text(each.outcome)} <span class="dim">${text(each.answer.slice(0, 80))}</span></td><td class="n">${each.tries}</td><td class="do">${button('/indstillinger/webhooks/send-igen', 'Send igen', back, { id: String(webhook.id), kald: String(each.id) }, '', `Send igen: kald ${each.id}`)}</td></tr>`,
    )
  return page(world, `Log: ${webhook.name}`, said, [
    [`Log: ${text(webhook.name)}`, `${table(['Tid', 'Kald', 'Sendte data', 'Svar', '#Forsøg', ''], rows, 'Ingen kald endnu.')}<p><a href="${HOOKS}">Tilbage til webhooks</a></p>`],
  ])
}

/** A heading that begins with # stands above numbers. */
const table = (heads: string[], rows: string[], none: string): string =>
  rows.length === 0
    ? `<p class="dim">${none}</p>`
    : `<div class="rul" tabindex="0" role="group" aria-label="Tabel"><table><thead><tr>${heads.map((head) => (head === '' ? '<td></td>' : head.startsWith('#') ? `<th class="n">${head.slice(1)}</th>` : `<th>${head}</th>`)).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`

const button = (to: string, words: string, back: string, values: Record<string, string>, fields = '', label = words): string =>
  `<form method="post" action="${to}">${Object.entries({ ...values, tilbage: back })
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${text(value)}">`)
    .join('')}${fields}<button${label === words ? '' : ` aria-label="${text(label)}"`}>${words}</button></form>`
const amount = (label: string, value: string): string => `<input name="antal" inputmode="decimal" value="${text(value)}" aria-label="${text(label)}">`

const text = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const page = (world: World, title: string, said: string | null, sections: [title: string, body: string][]): string =>
  `<!doctype html><html lang="da"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${text(title)} · e-conomic at prøve med</title><style>${STYLE}</style></head><body>
<header><div><a class="navn" href="/">${text(world.company.name)}</a><p class="dim">Et e-conomic på denne computer at prøve med. Aftale ${world.company.agreementNumber}.</p></div><nav aria-label="Top"><a href="/">Overblik</a> <a href="/indstillinger" aria-label="Indstillinger"><span aria-hidden="true">⚙</span> Indstillinger</a></nav></header>
<main><h1>${text(title)}</h1>${said === null ? '' : `<p class="fejl" role="alert">${text(said)}</p>`}${sections.map(([head, body]) => `<section${head === title ? ` aria-label="${text(head)}"` : ''}>${head === title ? '' : `<h2>${head}</h2>`}${body}</section>`).join('')}</main></body></html>`

const STYLE = `
:root { color-scheme: light; font: 15px/1.45 system-ui, sans-serif; color: #1c2733; background: #f3f5f6 }
body { margin: 0 } header { background: #17454f; color: #fff; padding: 12px max(16px, calc(50vw - 560px)); display: flex; gap: 16px; justify-content: space-between; align-items: center; flex-wrap: wrap }
header p { margin: 2px 0 } header a { color: #fff } header .dim { color: #d0e0e4 } .navn { font-size: 1.2rem; font-weight: 600; text-decoration: none } nav a { margin-left: 14px }
h1 { font-size: 1.3rem; margin: 4px 0 } h2 { font-size: 1.05rem; margin: 0 0 8px } main { max-width: 1120px; margin: 0 auto; padding: 16px; display: grid; gap: 16px; grid-template-columns: minmax(0, 1fr) }
section { background: #fff; border: 1px solid #dbe2e5; border-radius: 8px; padding: 14px 16px } .rul { overflow-x: auto; margin-top: 8px }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: 6px 12px 6px 0; border-bottom: 1px solid #e8edef; vertical-align: middle } th { font-weight: 600; color: #46545e; font-size: .85rem }
td:first-child, .tid { white-space: nowrap } .n { text-align: right; white-space: nowrap } .url { word-break: break-all; min-width: 12em } .dim { color: #56646e } .ikon { margin-right: 10px; text-decoration: none; font-size: 1.2rem }
.fejl { background: #fdecea; border: 1px solid #e7a9a3; border-radius: 8px; padding: 10px 14px; margin: 0 } dt { font-weight: 600 } dd { margin: 0 0 8px } code { word-break: break-all }
form { display: inline-flex; gap: 4px; margin: 2px 8px 2px 0; align-items: center } td.do { white-space: nowrap } .felter { display: grid; gap: 10px; max-width: 640px } .felter label { display: grid; gap: 2px; font-weight: 600 }
input, select, textarea { font: inherit; padding: 5px 7px; border: 1px solid #84929b; border-radius: 5px } td input { width: 4.6em }
button, .knap { font: inherit; padding: 5px 12px; border: 1px solid #17454f; border-radius: 5px; background: #fff; color: #17454f; cursor: pointer; text-decoration: none; display: inline-block } button:hover, .knap:hover { background: #e6f0f2 }
@media (max-width: 640px) { nav a { margin: 0 14px 0 0 } }`
