/** Money as whole minor units (öre, øre, cents): never a float. */
import { assert } from './assert.ts'

/** '129', '129.5', '129,50' or '-1.00' -> 12950. Null when it isn't an amount with at most two decimals. */
export function parseMinor(text: string): number | null {
  const found = /^(-?)(\d{1,12})(?:[.,](\d{1,2}))?$/.exec(text.trim())
  if (found === null) return null
  const minor = Number(found[2]) * 100 + Number((found[3] ?? '').padEnd(2, '0'))
  return found[1] === '-' && minor !== 0 ? -minor : minor
}

/** 12950 -> '129.50'. */
export function minorText(minor: number): string {
  assert(Number.isSafeInteger(minor), 'a whole number of minor units')
  const digits = String(Math.abs(minor)).padStart(3, '0')
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
