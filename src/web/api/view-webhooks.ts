/** A view's webhook over HTTP. */
import { viewById } from '../../core/views/views.sql.ts'
import { webhookOf } from '../../core/views/webhook.sql.ts'
import { dropWebhook, setWebhook, webhookSettings } from '../../core/views/webhook.ts'
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import type { SecretBox } from '../../kit/secret-box.ts'
import { sendByHand } from '../../sync/webhooks.ts'
import type { Answered } from '../contract/routes.ts'
import { byItself, found, type Handlers, inCompany } from '../handlers.ts'

/** Null = the view has none. */
export async function webhookShown(tx: Tx, viewId: number, box: SecretBox, now: Date): Promise<Answered<'views.show'>['webhook']> {
  const row = await webhookOf(tx, viewId)
  const settings = row === null ? null : await webhookSettings(tx, viewId, box, now)
  if (row === null || settings === null) return null
  const state = row.state === 'active' && row.failures > 0 ? 'failing' : row.state
  const { failingSince, lastStatus, lastError, nextTryAt, announcedAt } = row
  return { url: settings.url, state, failingSince, lastStatus, lastError, nextTryAt, announcedAt }
}

export const viewWebhooks: Pick<Handlers, 'views.webhook' | 'views.drop-webhook' | 'views.webhook-test'> = {
  'views.webhook': inCompany(async (tx, { params, body, by, deps }) => {
    const view = found(await viewById(tx, params.viewId))
    const secret = await setWebhook(tx, view, body, deps.sync.box, by)
    return { ...must(await webhookShown(tx, view.id, deps.sync.box, by.now), 'the webhook'), secret }
  }),
  'views.drop-webhook': inCompany(async (tx, { params, deps }) => {
    await dropWebhook(tx, found(await viewById(tx, params.viewId)), deps.sync.box)
    return {}
  }),
  'views.webhook-test': byItself(async (companyId, { params, body, deps }) => {
    await deps.sync.db.inCompany(companyId, async (tx) => found(await viewById(tx, params.viewId)))
    return await sendByHand(deps.sync, companyId, params.viewId, body.kind === 'test' ? 'test' : 'changes.available')
  }),
}
