/** What Shopify takes of one product, known before anything is asked. Pure. */
import { type OutgoingProduct, RemoteError } from '../contract.ts'

/** It won't go as it is. Thrown, so that what refuses may stand anywhere; putProduct says it as the contract does. */
export const refused = (code: string, said: string): RemoteError => new RemoteError('refused', code, said, { executed: 'no' })

/** As Shopify documents them. A shop that allows fewer says so itself. */
export const MOST_VARIANTS = 2048
const MOST_OPTIONS = 3
const LONGEST_TEXT = 255
/** Shopify's own name for the only choice of a product that has none; ours may not be called so. */
export const NO_OPTION = 'Title'
export const NO_CHOICE = 'Default Title'

/** Throws what it is refused with. */
export function mustFit(product: OutgoingProduct): void {
  const { name, vendor, options, variants } = product
  if (variants.length > MOST_VARIANTS) throw refused('too-many-variants', String(variants.length))
  if (options.length > MOST_OPTIONS) throw refused('too-many-options', options.join(', '))
  const texts = [name, vendor ?? '', ...options, ...variants.flatMap((variant) => [variant.articleNumber, variant.barcode ?? '', ...variant.optionValues])]
  const tooLong = texts.find((text) => text.length > LONGEST_TEXT)
  if (tooLong !== undefined) throw refused('text-too-long', tooLong.slice(0, 40))
  if (options.length === 0 && variants.length > 1) throw refused('options-missing', String(variants.length))
  const unchosen = variants.find(({ optionValues }) => options.some((_, n) => (optionValues[n] ?? '').trim() === ''))
  if (unchosen !== undefined) throw refused('option-value-missing', unchosen.articleNumber)
  const alike = twin(variants.map(({ optionValues }) => choicesOf(optionValues)))
  if (alike !== null) throw refused('variants-alike', variants[alike]?.articleNumber ?? '')
}

/** Shopify tells choices apart by their letters, whatever their case. */
export const choicesOf = (values: string[]): string => JSON.stringify(values.map((value) => value.trim().toLowerCase()))

function twin(texts: string[]): number | null {
  const seen = new Set<string>()
  for (const [n, text] of texts.entries()) {
    if (seen.has(text)) return n
    seen.add(text)
  }
  return null
}
