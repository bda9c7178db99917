/** How Shopify says no to a product: what will never be as it is, and what may be in a moment. */
import { RemoteError } from '../contract.ts'
import type { UserErrors } from './answers.ts'
import { refused } from './product-limits.ts'

/** Its codes, where it gives one. */
const CODES: Record<string, string> = {
  VARIANTS_OVER_LIMIT: 'too-many-variants',
  CANNOT_CREATE_VARIANTS_ABOVE_LIMIT: 'too-many-variants',
  TOO_MANY_VARIANTS_CREATED: 'too-many-variants',
  OPTIONS_OVER_LIMIT: 'too-many-options',
  OPTION_VALUES_OVER_LIMIT: 'too-many-options',
  OPTION_NAME_TOO_LONG: 'text-too-long',
  OPTION_VALUE_NAME_TOO_LONG: 'text-too-long',
  TOO_LONG: 'text-too-long',
  VARIANT_ALREADY_EXISTS: 'variant-there',
  VARIANT_ALREADY_EXISTS_CHANGE_OPTION_VALUE: 'variant-there',
  PRODUCT_SUSPENDED: 'product-suspended',
  GREATER_THAN_OR_EQUAL_TO: 'price-refused',
  NEGATIVE_PRICE_VALUE: 'price-refused',
}
/** Something moved between our look and our write: the next look sees it. */
const MOVED = new Set(['PRODUCT_DOES_NOT_EXIST', 'PRODUCT_VARIANT_DOES_NOT_EXIST', 'HANDLE_NOT_UNIQUE', 'OPTION_ALREADY_EXISTS', 'OPTION_DOES_NOT_EXIST', 'NOT_FOUND'])

/** Passes when it was done. `undefined` = Shopify said neither. */
export function mustBeDone(errors: UserErrors | undefined): void {
  if (errors === undefined) throw new RemoteError('strange', 'answer-unreadable', 'no word on whether it was done', { executed: 'unknown' })
  const [error] = errors
  if (error === undefined) return
  const code = error.code ?? ''
  if (MOVED.has(code)) throw new RemoteError('busy', 'moved-meanwhile', 'the product changed while it was written', { executed: 'no' })
  // Most of these errors carry no code, only the field that Shopify didn't take.
  const field = error.field?.at(-1) ?? ''
  throw refused(CODES[code] ?? (field === 'price' || field === 'compareAtPrice' ? 'price-refused' : 'product-refused'), error.message)
}
