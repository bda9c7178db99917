/** One call in full: who may, what is sent, an example to run, what comes back, what it can be refused with. */
import type { z } from 'zod'
import { quoted } from '../api/curl.ts'
import { aboutOf } from '../contract/about/groups.ts'
import { byStatus, keepsAnswers, refusalsOf } from '../contract/about/refusals.ts'
import { exampleOf } from '../contract/fields.ts'
import type { Route } from '../contract/route.ts'
import { type RouteId, routeOf } from '../contract/routes.ts'
import { bytes } from '../contract/shared.ts'
import { exampleFor, jsonOf } from './example.ts'
import { fieldList } from './fields.ts'
import { type Html, html, words } from './html.ts'

export function callShown(id: RouteId): Html {
  const route = routeOf(id)
  const { summary, text, deprecated } = aboutOf(id)
  return html`<section class="call" aria-labelledby="${id}">
<h2 id="${id}"><a href="#${id}">${summary}</a></h2>
<p class="address"><span class="method">${route.method}</span> <code>${route.path}</code></p>
${deprecated === undefined ? null : html`<p class="old">Deprecated since ${deprecated.since}; it answers until ${deprecated.sunset}. Call <code>${deprecated.instead}</code> instead.</p>`}
${text === undefined ? null : html`<p>${words(text)}</p>`}
<p class="who">${words(whoMay(route))}${keepsAnswers(id) ? words(' Takes an `Idempotency-Key`.') : null}</p>
${part('In the address', route.params)}
${part('Query', route.query)}
${part('Body', route.body)}
${route.auth === 'session-or-key' || route.auth === 'view' ? html`<h3>Example</h3><pre><code>${curlOfCall(id)}</code></pre>` : null}
<details><summary>Answer ${route.status}${route.status === 201 ? html`, or 200 for what was done before` : null}</summary>
${route.answer === bytes ? html`<p>The bytes of the file, with their type.</p>` : answerShown(route.answer)}</details>
<details><summary>What it can be refused with</summary>${refusals(id)}</details>
</section>`
}

const answerShown = (answer: z.ZodType): Html => html`${fieldList(jsonOf(answer), false)}
<pre><code>${JSON.stringify(exampleFor(jsonOf(answer), '', 'whole'), null, 2)}</code></pre>`

function whoMay({ auth, scope, own }: Route): string {
  const ownKey = own === true ? ', or the view’s own key' : ''
  switch (auth) {
    case 'none':
      return 'Anybody.'
    case 'session':
      return 'A signed-in person; no key.'
    case 'view':
      return scope === null ? 'The view’s own key only.' : `The view’s own key only, with \`${scope}\`.`
    case 'session-or-key':
      return `A key with \`${scope}\`${ownKey}, or a signed-in person.`
  }
}

function part(title: string, schema: z.ZodType | undefined): Html | null {
  if (schema === undefined) return null
  const json = jsonOf(schema)
  return Object.keys(json.properties ?? {}).length === 0 ? null : html`<h3>${title}</h3>${fieldList(json, true)}`
}

/** Null = it takes none, or an empty one. */
export function exampleBody(id: RouteId): unknown {
  const { body } = routeOf(id)
  return body === undefined || body === bytes ? null : (aboutOf(id).example ?? exampleFor(jsonOf(body), '', 'least'))
}

function curlOfCall(id: RouteId): string {
  const { method, path, auth } = routeOf(id)
  const address = path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(exampleOf(name) ?? 1)))
  const body = exampleBody(id)
  return [
    `curl ${method === 'GET' ? '' : `-X ${method} `}"$LAGERBRO_ADDRESS${address}"`,
    `-H "Authorization: Bearer $${auth === 'view' ? 'VIEW' : 'LAGERBRO'}_KEY"`,
    ...(routeOf(id).body === bytes ? ["-H 'Content-Type: image/jpeg'", '--data-binary @picture.jpg'] : []),
    ...(body === null ? [] : ["-H 'Content-Type: application/json'", `--data ${quoted(JSON.stringify(body))}`]),
  ].join(' \\\n  ')
}

const refusals = (id: RouteId): Html =>
  html`<ul class="refusals">${byStatus(refusalsOf(id)).map(
    ([status, codes]) => html`<li>${status}: ${codes.map((code, n) => html`${n === 0 ? '' : ', '}<a href="/docs/errors#${code}"><code>${code}</code></a>`)}</li>`,
  )}</ul>`
