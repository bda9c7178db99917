/** Variants of a product: each names one value of every option, and no two the same. */

export interface Option {
  name: string
  values: string[]
}

/** May `values` stand beside `others` in a product with these options? A product without options holds any number of plain articles. */
export function isVariant(options: Option[], values: Record<string, string>, others: Record<string, string>[]): boolean {
  if (Object.keys(values).length !== options.length || !options.every((option) => option.values.includes(values[option.name] ?? ''))) return false
  return options.length === 0 || !others.some((other) => options.every((option) => other[option.name] === values[option.name]))
}
