/**
 * Seals secrets at rest with AES-256-GCM. A box is `version(1) | keyId(4) | nonce(12) | tag(16) | text`;
 * the key id tells a wrong key from a broken box, and `context` (whose secret it is) is authenticated so boxes can't be swapped.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { assert } from './assert.ts'

export interface SecretBox {
  /** First 8 hex digits of the key's fingerprint; safe to show. */
  readonly keyId: string
  seal(plain: string, context: string): Buffer
  /** Throws WrongKey when the box was sealed with another key. */
  open(box: Uint8Array, context: string): string
}
export class WrongKey extends Error {
  override readonly name = 'WrongKey'
}

/** `key` is 32 random bytes. */
export function secretBox(key: Uint8Array): SecretBox {
  assert(key.length === 32, 'a key of 32 bytes')
  const id = createHash('sha256').update('lagerbro key id').update(key).digest().subarray(0, 4)
  return {
    keyId: id.toString('hex'),
    seal(plain, context) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context))
      const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.of(1), id, nonce, cipher.getAuthTag(), text])
    },
    open(box, context) {
      const b = Buffer.from(box)
      if (b[0] !== 1 || !b.subarray(1, 5).equals(id)) throw new WrongKey(`sealed with key ${b.subarray(1, 5).toString('hex')}, this is ${id.toString('hex')}`)
      const decipher = createDecipheriv('aes-256-gcm', key, b.subarray(5, 17)).setAAD(Buffer.from(context)).setAuthTag(b.subarray(17, 33))
      return Buffer.concat([decipher.update(b.subarray(33)), decipher.final()]).toString('utf8')
    },
  }
}
