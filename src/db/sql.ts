/** SQL with its values beside it: sql`select ${id}` becomes `select $1`. Nothing is ever glued into the text. */

export interface Sql {
  readonly text: string
  readonly values: readonly unknown[]
}

export function sql(parts: TemplateStringsArray, ...values: readonly unknown[]): Sql {
  return { text: parts.reduce((text, part, n) => `${text}$${n}${part}`), values }
}
