/** The accounts' own pages, for a person in the demo: GET shows one, and each button is a form that does one thing and comes back. */
import type { SimAnswer, SimRequest } from '../kit.ts'
import { frontPage, hookForm, hookList, hookLog, settingsPage } from './admin-pages.ts'
import { Refused } from './errors.ts'
import type { Hooks } from './hooks.ts'
import type { Office } from './office.ts'
import { HOOK_TYPES, type HookType, type World } from './world.ts'

/** Null when the request isn't for the pages. */
export function admin(world: World, office: Office, hooks: Hooks, request: SimRequest): SimAnswer | null {
  if (request.path !== '/' && !/^\/(indstillinger|kontor)(\/|$)/.test(request.path)) return null
  if (request.method === 'GET') return show(world, request)
  if (request.method !== 'POST') return { status: 405 }
  const fields = new URLSearchParams(request.raw.toString('utf8'))
  const back = (fields.get('tilbage') ?? '/').replace(/^(?!\/)/, '/')
  try {
    const to = act(office, hooks, request.path, fields)
    return to === null ? { status: 404 } : { status: 303, headers: { location: to === '' ? back : to } }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return { status: 303, headers: { location: `${back}${back.includes('?') ? '&' : '?'}fejl=${encodeURIComponent(error.message)}` } }
  }
}

function show(world: World, request: SimRequest): SimAnswer | null {
  const said = request.query.get('fejl')
  const find = request.query.get('q') ?? ''
  const [, , , , id] = request.path.split('/')
  const webhook = world.webhooks.get(Number(id))
  switch (request.path.replace(/\/\d+(?=\/|$)/, '/*')) {
    case '/':
      return html(frontPage(world, find, said))
    case '/indstillinger':
      return html(settingsPage(world, said))
    case '/indstillinger/udvidelser/webhooks':
      return html(hookList(world, said))
    case '/indstillinger/udvidelser/webhooks/nyt':
      return html(hookForm(world, null, said))
    case '/indstillinger/udvidelser/webhooks/*':
      return webhook === undefined ? { status: 404 } : html(hookForm(world, webhook, said))
    case '/indstillinger/udvidelser/webhooks/*/log':
      return webhook === undefined ? { status: 404 } : html(hookLog(world, webhook, said))
    default:
      return { status: 404 }
  }
}

/** Where to go afterwards; '' = back, null = no such button. */
function act(office: Office, hooks: Hooks, path: string, fields: URLSearchParams): string | null {
  const field = (name: string) => fields.get(name) ?? ''
  const productNumber = field('vare')
  const quantity = Number(field('antal').replace(',', '.') || 'NaN')
  if (!Number.isFinite(quantity) && (path === '/kontor/optael' || path === '/kontor/saelg')) throw new Refused(400, 'Skriv et antal.')
  switch (path) {
    case '/kontor/optael':
      office.count({ productNumber, inStock: quantity })
      return ''
    case '/kontor/saelg':
      office.makeInvoice({ lines: [{ productNumber, quantity }] })
      return ''
    case '/kontor/opgrader':
      office.upgrade({ order: Number(field('ordre')) })
      return ''
    case '/kontor/bogfoer':
      office.book({ draft: Number(field('kladde')) })
      return ''
    case '/indstillinger/webhooks/gem': {
      const input = {
        type: field('type') as HookType,
        name: field('navn'),
        url: field('url'),
        postData: field('data'),
        contentType: field('indhold') || 'application/x-www-form-urlencoded',
      }
      if (!HOOK_TYPES.includes(input.type)) throw new Refused(400, 'Vælg en type.')
      if (field('id') === '') office.addWebhook(input)
      else office.changeWebhook({ id: Number(field('id')), ...input })
      return '/indstillinger/udvidelser/webhooks'
    }
    case '/indstillinger/webhooks/slet':
      office.removeWebhook({ id: Number(field('id')) })
      return ''
    case '/indstillinger/webhooks/taend':
      office.changeWebhook({ id: Number(field('id')), isDisabled: false })
      return ''
    case '/indstillinger/webhooks/send-igen':
      hooks.resend(Number(field('id')), Number(field('kald')))
      return ''
    default:
      return null
  }
}

const html = (body: string): SimAnswer => ({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }, body })
