/** Random names nobody can guess. */
import { createHash, randomBytes } from 'node:crypto'

/** URL-safe text with `bytes` of randomness (default 24 = 192 bits). */
export const secretText = (bytes = 24): string => randomBytes(bytes).toString('base64url')

/** SHA-256 of a secret, for storing what must be looked up but never read back. */
export const fingerprint = (secret: string | Uint8Array): Buffer => createHash('sha256').update(secret).digest()
