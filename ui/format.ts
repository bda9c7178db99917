/** Numbers, money and moments as the reader writes them. */
import { LOCALE_TAGS } from './locale.ts'
import { currentLocale } from './words.ts'

/** One formatter per language and shape: making them is what costs. */
const kept = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat>()
function keep<F extends Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat>(name: string, make: (tag: string) => F): F {
  const tag = LOCALE_TAGS[currentLocale()]
  const key = `${tag} ${name}`
  const known = kept.get(key)
  if (known) return known as F
  const made = make(tag)
  kept.set(key, made)
  return made
}

export function pieces(value: number): string {
  return keep('pieces', (tag) => new Intl.NumberFormat(tag)).format(value)
}

/** With its sign, for changes: +3, −2. */
export function change(value: number): string {
  return keep('change', (tag) => new Intl.NumberFormat(tag, { signDisplay: 'exceptZero' })).format(value)
}

export function money(minor: number, currency: string): string {
  return keep(`money ${currency}`, (tag) => new Intl.NumberFormat(tag, { style: 'currency', currency })).format(minor / 100)
}

/** Basis points as per cent: 2500 = 25 %. */
export function percent(bp: number): string {
  return keep('percent', (tag) => new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 2 })).format(bp / 10_000)
}

export function moment(iso: string, timeZone?: string): string {
  return keep(`moment ${timeZone}`, (tag) => new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short', ...(timeZone ? { timeZone } : {}) })).format(new Date(iso))
}

/** A date of its own (2026-11-02), whatever the time zone. */
export function day(date: string): string {
  return keep('day', (tag) => new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', timeZone: 'UTC' })).format(new Date(date))
}

export function momentExact(iso: string, timeZone?: string): string {
  return keep(`exact ${timeZone}`, (tag) => new Intl.DateTimeFormat(tag, { dateStyle: 'short', timeStyle: 'medium', ...(timeZone ? { timeZone } : {}) })).format(new Date(iso))
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
]

/** "3 minuter sedan". Older than a week: the date says more. */
export function ago(iso: string, now: number): string {
  // The browser's clock may lag behind the server's: nothing was done in the future.
  const past = Math.min(0, new Date(iso).getTime() - now)
  if (Math.abs(past) > 7 * 86_400_000) return moment(iso)
  const [unit, ms] = STEPS.find(([, size]) => Math.abs(past) >= size) ?? ['second', 1000]
  return keep('ago', (tag) => new Intl.RelativeTimeFormat(tag, { numeric: 'auto' })).format(Math.round(past / ms), unit)
}

/** "12 s", "3 min" for progress. */
export function span(ms: number): string {
  const [unit, size] = ms >= 3_600_000 ? (['hour', 3_600_000] as const) : ms >= 60_000 ? (['minute', 60_000] as const) : (['second', 1000] as const)
  return keep(`span ${unit}`, (tag) => new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'short' })).format(Math.max(1, Math.round(ms / size)))
}

/** "0,4 s", "12 s", "3 min": what was measured, with a decimal while it is short. */
export function seconds(ms: number): string {
  if (ms >= 59_500) return span(ms)
  return keep('seconds', (tag) => new Intl.NumberFormat(tag, { style: 'unit', unit: 'second', unitDisplay: 'short', maximumFractionDigits: 1 })).format(
    Math.max(0.1, ms < 9_950 ? Math.round(ms / 100) / 10 : Math.round(ms / 1000)),
  )
}

/** What a person types as a price ("129,90") in minor units; null when it isn't one. */
export function minorFrom(text: string): number | null {
  const found = /^\s*(\d{1,9})(?:[.,](\d{1,2}))?\s*$/.exec(text.replaceAll(' ', '').replaceAll('\u00a0', ''))
  return found ? Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0')) : null
}

/** What a person types as a plain number of at most two decimals ("12,5"); null when it isn't one. */
export function decimalFrom(text: string): number | null {
  const minor = minorFrom(text)
  return minor === null ? null : minor / 100
}
