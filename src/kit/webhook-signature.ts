/** Signs a message as Standard Webhooks says (standardwebhooks.com): HMAC-SHA256 over `id.timestamp.body`, one signature per secret that still counts. */
import { createHmac, randomBytes } from 'node:crypto'

const PREFIX = 'whsec_'

/** 32 random bytes, as readers' libraries take them. */
export const webhookSecret = (): string => PREFIX + randomBytes(32).toString('base64')

/** The three headers. `at` = this attempt; `secrets` in any order, each as `whsec_...`. */
export function signedHeaders(secrets: string[], message: { id: string; at: Date; body: string }): Record<string, string> {
  const timestamp = String(Math.floor(message.at.getTime() / 1000))
  const sign = (secret: string) =>
    createHmac('sha256', Buffer.from(secret.slice(PREFIX.length), 'base64'))
      .update(`${message.id}.${timestamp}.${message.body}`)
      .digest('base64')
  return { 'webhook-id': message.id, 'webhook-timestamp': timestamp, 'webhook-signature': secrets.map((secret) => `v1,${sign(secret)}`).join(' ') }
}
