/** A sync view and its own key, which may read what the view hears of and write what it was made with. */
import type { By } from '../../core/by.ts'
import { makeApiKey } from '../../core/people/api-key.ts'
import { makeView, type NewView } from '../../core/views/make-view.ts'
import type { Entity, ViewRow } from '../../core/views/view.ts'
import type { Tx } from '../../db/open.ts'
import type { SecretBox } from '../../kit/secret-box.ts'
import type { Scope } from '../contract/people.ts'

/** What a key for these entities reads. */
export const READS: Record<Entity, Scope> = {
  product: 'articles:read',
  article: 'articles:read',
  price: 'articles:read',
  stock: 'stock:read',
  order: 'orders:read',
  customer: 'customers:read',
  invoice: 'orders:read',
  image: 'articles:read',
}

export async function makeViewWithKey(tx: Tx, { writes, ...input }: NewView & { writes: Scope[] }, box: SecretBox, by: By): Promise<ViewRow & { key: string }> {
  const view = await makeView(tx, input, box, by)
  const scopes = [...new Set([...input.entities.map((entity) => READS[entity]), ...writes])]
  const { key } = await makeApiKey(tx, { name: input.name, scopes, viewId: view.id }, by)
  return { ...view, key }
}
