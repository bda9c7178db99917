/** The key to the shop: a standing token, or one that Shopify gives for a day in exchange for the app's id and secret. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { must } from '../../kit/assert.ts'
import { parseJson } from '../../kit/json.ts'
import { RemoteError, type Tools } from '../contract.ts'
import { failedToReach, failedWithStatus } from './failing.ts'
import type { ShopifySettings } from './settings.ts'

/** Shopify's own example renews a minute early; two leave room for a slow clock. */
const RENEW_BEFORE_MS = 120_000
const TIMEOUT_MS = 10_000

const granted = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() })
const kept = z.object({ of: z.string(), token: z.string(), until: z.number() })

export interface Access {
  token(): Promise<string>
  /** The shop turned this token away. True when another one may be had by asking again. */
  turnedAway(token: string): boolean
}

export function openAccess(settings: ShopifySettings, tools: Tools): Access {
  const access = settings.access
  if (access.kind === 'token') return { token: async () => access.token, turnedAway: () => false }

  // A token belongs to the credentials it was given for: new credentials never use the old one.
  const of = createHash('sha256').update(`${settings.origin}\n${access.clientId}\n${access.clientSecret}`).digest('hex').slice(0, 16)
  let asking: Promise<string> | null = null
  let refused: string | null = null

  async function current(): Promise<string> {
    const text = await tools.keep.get('token')
    const found = text === null ? null : kept.safeParse(parseJson(text)).data
    const isGood = found?.of === of && found.token !== refused && found.until - tools.clock.now().getTime() > RENEW_BEFORE_MS
    return isGood ? must(found, 'kept token').token : ask()
  }
  async function ask(): Promise<string> {
    const answer = await requestToken(settings, tools)
    await tools.keep.set('token', JSON.stringify({ of, token: answer.access_token, until: tools.clock.now().getTime() + answer.expires_in * 1000 }))
    return answer.access_token
  }
  return {
    token: () => {
      asking ??= current().finally(() => {
        asking = null
      })
      return asking
    },
    turnedAway: (token) => {
      if (refused === token) return false
      refused = token
      return true
    },
  }
}

async function requestToken(settings: ShopifySettings, tools: Tools): Promise<z.infer<typeof granted>> {
  const access = settings.access
  const form = new URLSearchParams({ grant_type: 'client_credentials', ...(access.kind === 'client' ? { client_id: access.clientId, client_secret: access.clientSecret } : {}) })
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' }
  const answer = await tools
    .http(`${settings.origin}/admin/oauth/access_token`, { method: 'POST', headers, body: form.toString(), timeoutMs: TIMEOUT_MS, label: 'AccessToken' })
    // Asking for a token changes nothing in the shop, so a lost answer is certainly no write.
    .catch((error: unknown) => Promise.reject(failedToReach(error, 'no')))
  if (answer.status === 400 || answer.status === 401) throw refusedCredentials(answer.body)
  if (answer.status !== 200) throw failedWithStatus(answer.status, answer.headers, 'no')
  const read = granted.safeParse(parsed(answer.body))
  if (!read.success) throw new RemoteError('strange', 'answer-unreadable', 'Shopify gave no token and no reason', { executed: 'no' })
  return read.data
}

/** What Shopify calls it, and what we call it: each has its own words and next action. */
const REASONS: Record<string, string> = {
  invalid_client: 'client-wrong',
  shop_not_permitted: 'shop-other-organisation',
  app_not_installed: 'app-not-installed',
  application_cannot_be_found: 'client-wrong',
}
function refusedCredentials(body: string): RemoteError {
  const said = z.object({ error: z.string() }).safeParse(parsed(body)).data?.error ?? ''
  return new RemoteError('denied', REASONS[said] ?? 'client-wrong', 'Shopify gave no token for these credentials', { executed: 'no', facts: said in REASONS ? { said } : {} })
}

function parsed(text: string): unknown {
  try {
    return parseJson(text)
  } catch {
    return null
  }
}
