/** Passwords: argon2id, 19 MiB, two passes (OWASP's first choice); 41-68 ms on the machines it was measured on. */
import { hash, verify } from '@node-rs/argon2'
import { Refusal } from '../refusal.ts'

const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
export const SHORTEST_PASSWORD = 10

/** Length is what makes a password hard to guess; nothing else is asked of it. */
export async function hashPassword(plain: string): Promise<string> {
  if ([...plain].length < SHORTEST_PASSWORD) throw new Refusal('password-weak', { field: 'password', least: SHORTEST_PASSWORD })
  return await hash(plain, COST)
}

let decoy: Promise<string> | null = null

/** With no hash (nobody of that address, or locked out) a decoy is checked, so that the time tells nothing. */
export async function passwordIs(plain: string, hashed: string | null): Promise<boolean> {
  decoy ??= hash('nobody has this password', COST)
  const right = await verify(hashed ?? (await decoy), plain)
  return right && hashed !== null
}
