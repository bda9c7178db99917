/** The sorts of document that have a page to make them on, and where that is. */
export const DOCUMENT_PLACES = {
  sale: { to: '/sale', icon: 'sale', words: 'shell.sale' },
  'goods-receipt': { to: '/receipt', icon: 'receipt', words: 'shell.receipt' },
  count: { to: '/count', icon: 'count', words: 'shell.count' },
} as const
export type ListedType = keyof typeof DOCUMENT_PLACES
export const isListedType = (value: unknown): value is ListedType => typeof value === 'string' && value in DOCUMENT_PLACES
