/** @idempotent: one key, one effect, for 24 hours. */
import { hit, type Kept, type State } from './state.ts'

const KEPT_MS = 24 * 3_600_000
export type KeyError = 'IDEMPOTENCY_CONCURRENT_REQUEST' | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH' | 'IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED'
export const KEY_WORDS: Record<KeyError, string> = {
  IDEMPOTENCY_CONCURRENT_REQUEST: 'This request is currently in progress, please try again.',
  IDEMPOTENCY_KEY_PARAMETER_MISMATCH: 'The same idempotency key cannot be used with different operation parameters.',
  IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED: 'A previous request with this idempotency key failed. Retry with a new idempotency key.',
}

export type Claim = { kind: 'new' } | { kind: 'replay'; payload: unknown } | { kind: 'refused'; error: KeyError }

/** Registers the key before anything is done, so that a second request meanwhile is told to wait. */
export function claimKey(state: State, key: string, fingerprint: string, now: number): Claim {
  const kept = state.kept.get(key)
  if (kept === undefined || now - kept.at >= KEPT_MS || !state.switches.keysWork) {
    state.kept.set(key, { fingerprint, at: now, running: true, failed: false, payload: null })
    return { kind: 'new' }
  }
  if (kept.running) return refused(state, 'IDEMPOTENCY_CONCURRENT_REQUEST')
  if (kept.fingerprint !== fingerprint) return refused(state, 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH')
  if (kept.failed && state.switches.failedKey === 'previous-failed') return refused(state, 'IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED')
  hit(state, 'key-replayed')
  return { kind: 'replay', payload: kept.payload }
}
function refused(state: State, error: KeyError): Claim {
  hit(state, error)
  return { kind: 'refused', error }
}

export function keepAnswer(state: State, key: string, payload: unknown, attemptFailed: boolean): void {
  const kept: Kept | undefined = state.kept.get(key)
  if (kept !== undefined) Object.assign(kept, { running: false, failed: attemptFailed, payload })
}
/** The request died before it did anything: the key is free. */
export const freeKey = (state: State, key: string): void => {
  if (state.kept.get(key)?.running) state.kept.delete(key)
}

/** Equal parameters give equal text, whatever the order of their fields. */
export function fingerprintOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(fingerprintOf).join(',')}]`
  if (typeof value === 'object' && value !== null)
    return `{${Object.keys(value)
      .sort()
      .map((key) => `${key}:${fingerprintOf((value as Record<string, unknown>)[key])}`)
      .join(',')}}`
  return JSON.stringify(value) ?? 'undefined'
}
