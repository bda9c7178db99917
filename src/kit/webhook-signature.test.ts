/** A reader verifies with a library of its own, so our signature must be the published one. */
import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { signedHeaders, webhookSecret } from './webhook-signature.ts'

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', at: new Date(1_614_265_330_000), body: '{"test": 2432232314}' }

test('V20: the signature is the published one of Standard Webhooks', () => {
  expect(signedHeaders([SECRET], message)).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  })
})

test('V20: while a secret is replaced both sign, and a new one has 32 bytes', () => {
  const fresh = webhookSecret()
  const key = Buffer.from(fresh.replace('whsec_', ''), 'base64')
  expect(key).toHaveLength(32)
  const [first, second] = String(signedHeaders([fresh, SECRET], message)['webhook-signature']).split(' ')
  expect(first).toBe(`v1,${createHmac('sha256', key).update(`${message.id}.1614265330.${message.body}`).digest('base64')}`)
  expect(second).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
})

test('V20: the check that the page shows takes our signature, and nothing that was changed or is old', async () => {
  const page = readFileSync(new URL('../../docs/sync-views.md', import.meta.url), 'utf8')
  const shown = /```js\n([\s\S]*?)```/.exec(page)?.[1] ?? ''
  const { isFromLagerbro } = (await import(`data:text/javascript,${encodeURIComponent(shown)}`)) as {
    isFromLagerbro: (secret: string, headers: Record<string, string>, body: string, now: number) => boolean
  }
  const headers = signedHeaders([webhookSecret(), SECRET], message)
  const now = message.at.getTime() + 1_000
  expect(isFromLagerbro(SECRET, headers, message.body, now)).toBe(true)
  expect(isFromLagerbro(SECRET, headers, `${message.body} `, now)).toBe(false)
  expect(isFromLagerbro(webhookSecret(), headers, message.body, now)).toBe(false)
  expect(isFromLagerbro(SECRET, { ...headers, 'webhook-id': 'msg_other' }, message.body, now)).toBe(false)
  expect(isFromLagerbro(SECRET, headers, message.body, now + 301_000)).toBe(false)
})
