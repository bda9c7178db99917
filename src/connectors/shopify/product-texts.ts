/** Our texts as Shopify takes them: a description as safe HTML, money as decimals, and the address a new product is made under. Pure. */
import { minorText, parseMinor } from '../../kit/money.ts'

/** Paragraphs as typed. Nothing that was typed is ever markup there. */
export const descriptionHtml = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) => `<p>${escaped(paragraph).replace(/\n/g, '<br>')}</p>`)
    .join('')

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign)

/** Null stays null: Shopify takes it for no price at all. */
export const money = (minor: number | null): string | null => (minor === null ? null : minorText(minor))
/** Whether Shopify's decimals ('599.0', '599.00') say the same amount. */
export const isAmount = (shown: string | null | undefined, minor: number | null): boolean => (shown == null ? null : parseMinor(shown)) === minor

/**
 * The last part of the product's address in the shop. It follows from the product alone, so that a product whose making was never answered is known
 * at once by it, while the search by article number still lags.
 */
export const handleOf = (name: string, articleNumber: string): string => [name, articleNumber].map(slug).filter(Boolean).join('-').slice(0, 255)

const LETTERS: Record<string, string> = { å: 'a', ä: 'a', æ: 'ae', ö: 'o', ø: 'o', ß: 'ss', þ: 'th', ð: 'd' }
export const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[åäæöøßþð]/g, (letter) => LETTERS[letter] ?? '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
