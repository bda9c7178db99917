/** Makes a sync view. It knows nothing yet: what it is to hear of is linked by a resend, or joins by itself. */
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import type { SecretBox } from '../../kit/secret-box.ts'
import type { By } from '../by.ts'
import { sealFields, viewOwner } from '../listeners/sealed.ts'
import type { Entity, ViewRow } from './view.ts'
import { insertView, insertViewListener, startClock, viewById } from './views.sql.ts'

export interface NewView {
  name: string
  entities: Entity[]
  joinsProducts: boolean | null
  joinsOrders: boolean
  byNumber: boolean
}

export async function makeView(tx: Tx, input: NewView, box: SecretBox, by: By): Promise<ViewRow> {
  await startClock(tx)
  const { id } = await insertViewListener(tx, input.name, sealFields(box, tx.companyId, 'settings', viewOwner(tx.companyId), {}), by.now)
  await insertView(tx, id, input)
  return must(await viewById(tx, id), 'the view')
}
