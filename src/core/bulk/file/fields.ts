/** What a column of a file of articles can be. Null = it isn't read. */

export const FIELDS = [
  'number',
  'name',
  'price',
  'vat',
  'barcode',
  'tracked',
  'active',
  'archived',
  'stock',
  'product',
  'option1-name',
  'option1-value',
  'option2-name',
  'option2-value',
  'option3-name',
  'option3-value',
] as const
/** `webshop:7` = the Webshop box of connection 7. */
export type Field = (typeof FIELDS)[number] | `webshop:${number}`

/** More than one column may say a barcode; of everything else there is one. */
export const twiceChosen = (columns: (Field | null)[]): Field | null => columns.find((field, at) => field !== null && field !== 'barcode' && columns.indexOf(field) < at) ?? null

/** The connection whose box a column says; null = it says something else. */
export const webshopOf = (field: Field | null): number | null => (field?.startsWith('webshop:') ? Number(field.slice('webshop:'.length)) : null)
