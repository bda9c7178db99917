import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { shopify } from '../../connectors/shopify/shopify.ts'
import { redactBody, redactHeaders, redactUrl } from '../../sync/redact.ts'
import { curlOf } from './curl.ts'

const TOKEN = 'shpat_canary0123456789abcdef'
const SECRET = 'shpss_canary0123456789abcdef'
/** As the journal keeps a call whose every part had a secret planted in it. */
const kept = (body: string) => ({
  method: 'POST',
  url: redactUrl(`https://min-butik.myshopify.com/admin/api/2026-10/graphql.json?access_token=${TOKEN}`, [TOKEN, SECRET]),
  headers: redactHeaders({ 'content-type': 'application/json', 'x-shopify-access-token': TOKEN, cookie: SECRET }),
  body: redactBody(body, [TOKEN, SECRET]),
})

test('T2: a call as a command line holds no secret, wherever one was planted; the key is a variable', () => {
  const text = curlOf('Whoami', kept(JSON.stringify({ query: 'x', operationName: 'Whoami', variables: { client_secret: SECRET, echo: `a${TOKEN}b` } })), shopify.byHand ?? null)
  expect(text).not.toContain('canary')
  expect(text).toContain('-H "X-Shopify-Access-Token: $SHOPIFY_TOKEN"')
  expect(text).toContain('query Whoami {')
  const form = curlOf('token', kept(`client_id=abc&client_secret=${SECRET}&grant_type=client_credentials`), shopify.byHand ?? null)
  expect(form).not.toContain('canary')
})

test('whatever stands in a body is one word for the shell', () => {
  const text = curlOf('Whoami', kept(JSON.stringify({ variables: { name: `Å's $(rm -rf /) \`x\` "y" \\ ` } })), shopify.byHand ?? null) ?? ''
  const said = execFileSync('bash', ['-c', text.replace(/^curl/, 'printf "%s\\n"')], { env: { SHOPIFY_TOKEN: 'min-nyckel', PATH: process.env.PATH ?? '' }, encoding: 'utf8' })
  expect(said).toContain('X-Shopify-Access-Token: min-nyckel')
  expect(said).toContain('Å\'s $(rm -rf /) `x` \\"y\\"')
})

test('what was not kept whole can not be repeated, and is not offered', () => {
  expect(curlOf('SetStock', kept(JSON.stringify({ variables: { rows: Array.from({ length: 60 }, (_, n) => n) } })), shopify.byHand ?? null)).toBeNull()
  expect(curlOf('SetStock', kept(JSON.stringify({ variables: 'x'.repeat(9000) })), shopify.byHand ?? null)).toBeNull()
  expect(curlOf('x', null, null)).toBeNull()
})
