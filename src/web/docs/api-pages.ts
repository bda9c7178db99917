/** /docs/api: every call by noun, and a search; /docs/api/GROUP: the calls of a noun in full. */
import { aboutOf, type Group, groupOf, groups, routesOf } from '../contract/about/groups.ts'
import { type RouteId, routeIds, routeOf } from '../contract/routes.ts'
import { callShown } from './call.ts'
import { jsonOf } from './example.ts'
import { type Html, html } from './html.ts'

const MOST_SEARCHED = 100

export function callsPage(asked: string): Html {
  const q = asked.trim().slice(0, MOST_SEARCHED)
  const found = q === '' ? routeIds : routeIds.filter((id) => isAbout(id, q))
  return html`<h1>The API, call by call</h1>
<p>Send an API key (<em>Settings · API › API keys</em>) with every request. <a href="/docs/how">How to call</a> says how pages, repeats, limits and versions work.</p>
<pre><code>curl "$LAGERBRO_ADDRESS/v1/articles?limit=10" -H "Authorization: Bearer $LAGERBRO_KEY"</code></pre>
<form role="search" action="/docs/api"><label for="q">Find a call</label> <span class="ask"><input id="q" name="q" type="search" value="${q}" maxlength="${MOST_SEARCHED}"> <button>Find</button></span></form>
${q === '' ? null : html`<p role="status">${found.length === 0 ? 'No call' : found.length === 1 ? 'One call' : `${found.length} calls`} with “${q}”. <a href="/docs/api">Show all</a></p>`}
${groups.map((group) => listed(group, found))}`
}

/** Every word asked for stands in its address, its words, or the names of its fields. */
function isAbout(id: RouteId, q: string): boolean {
  const all = searched.get(id) ?? everythingOf(id)
  searched.set(id, all)
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word))
}
const searched = new Map<RouteId, string>()

function everythingOf(id: RouteId): string {
  const { method, path, params, query, body } = routeOf(id)
  const { summary, text = '' } = aboutOf(id)
  const fields = [params, query, body].flatMap((schema) => (schema === undefined ? [] : [JSON.stringify(jsonOf(schema).properties ?? {})]))
  return [id, method, path, summary, text, groupOf(id)?.title ?? '', ...fields].join(' ').toLowerCase()
}

function listed(group: Group, found: readonly RouteId[]): Html | null {
  const calls = routesOf(group).filter((id) => found.includes(id))
  if (calls.length === 0) return null
  const row = (id: RouteId) =>
    html`<li><a href="/docs/api/${group.code}#${id}">${aboutOf(id).summary}</a> <span class="address"><span class="method">${routeOf(id).method}</span> <code>${routeOf(id).path}</code></span></li>`
  return html`<section aria-labelledby="${group.code}"><h2 id="${group.code}"><a href="/docs/api/${group.code}">${group.title}</a></h2><p>${group.text}</p><ul class="calls">${calls.map(row)}</ul></section>`
}

interface GroupPage {
  title: string
  main: Html
}
const pages = new Map<Group, GroupPage>()

/** Null = there is no such group. It never changes, so it is made once. */
export function groupPage(code: string): GroupPage | null {
  const group = groups.find((each) => each.code === code)
  if (group === undefined) return null
  const page = pages.get(group) ?? made(group)
  pages.set(group, page)
  return page
}

function made(group: Group): GroupPage {
  const calls = routesOf(group)
  return {
    title: group.title,
    main: html`<p><a href="/docs/api">All calls</a></p><h1>${group.title}</h1><p>${group.text}</p>
<ul class="calls">${calls.map((id) => html`<li><a href="#${id}">${aboutOf(id).summary}</a></li>`)}</ul>${calls.map(callShown)}`,
  }
}
