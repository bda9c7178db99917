/** Structured log lines. Facts are ids, codes and counts: never a secret, never a person's name or e-mail. */
import pino from 'pino'

export interface Log {
  info(facts: Record<string, unknown>, message: string): void
  warn(facts: Record<string, unknown>, message: string): void
  error(facts: Record<string, unknown>, message: string): void
  child(facts: Record<string, unknown>): Log
}

/** Keys that are never written, wherever they stand in the facts; a second net, not the first. */
const NEVER = ['password', 'token', 'secret', 'authorization', 'cookie', 'email', 'phone', 'settings']

export function jsonLog(level = 'info'): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: { paths: NEVER.flatMap((k) => [k, `*.${k}`]), censor: '[kept out]' } })
}

export const silentLog: Log = { info() {}, warn() {}, error() {}, child: () => silentLog }
