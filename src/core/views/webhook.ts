/** A view's webhook: where "there are changes to read" is sent, and the secret it is signed with, which is shown once. */
import type { Tx } from '../../db/open.ts'
import { isRefusedAddress } from '../../kit/address-guard.ts'
import type { SecretBox } from '../../kit/secret-box.ts'
import { webhookSecret } from '../../kit/webhook-signature.ts'
import type { By } from '../by.ts'
import { type Fields, openFields, sealFields, viewOwner } from '../listeners/sealed.ts'
import { Refusal } from '../refusal.ts'
import type { ViewRow } from './view.ts'
import { deleteWebhook, putWebhook, settingsForUpdate, updateViewSettings, viewSettings } from './webhook.sql.ts'

/** How long the secret that was replaced still signs beside the new one. */
const OVERLAP_MS = 24 * 3_600_000

export interface Webhook {
  url: string
  /** The ones that count now, the newest first. */
  secrets: string[]
}

/** The new secret, or null where the one that was given before stays. Throws {Refusal} webhook-address. */
export async function setWebhook(tx: Tx, view: ViewRow, input: { url: string; newSecret: boolean }, box: SecretBox, by: By): Promise<string | null> {
  mustBeCallable(input.url)
  const before = opened(tx, box, (await settingsForUpdate(tx, view.id)).settings)
  const fresh = before.secret === undefined || input.newSecret ? webhookSecret() : null
  const secrets: Fields =
    fresh === null
      ? keep(before)
      : { secret: fresh, ...(before.secret === undefined ? {} : { secretBefore: before.secret, until: new Date(by.now.getTime() + OVERLAP_MS).toISOString() }) }
  await seal(tx, view.id, box, { url: input.url, ...secrets })
  await putWebhook(tx, view.id)
  tx.show(view.id)
  return fresh
}

export async function dropWebhook(tx: Tx, view: ViewRow, box: SecretBox): Promise<void> {
  await settingsForUpdate(tx, view.id)
  await seal(tx, view.id, box, {})
  await deleteWebhook(tx, view.id)
  tx.show(view.id)
}

/** Null = none. */
export async function webhookSettings(tx: Tx, viewId: number, box: SecretBox, now: Date): Promise<Webhook | null> {
  const { url, secret, secretBefore, until } = opened(tx, box, (await viewSettings(tx, viewId)).settings)
  if (url === undefined || secret === undefined) return null
  const overlaps = secretBefore !== undefined && until !== undefined && now.getTime() < Date.parse(until)
  return { url, secrets: overlaps ? [secret, secretBefore] : [secret] }
}

const keep = ({ url: _url, ...secrets }: Fields): Fields => secrets
const opened = (tx: Tx, box: SecretBox, sealed: Buffer): Fields => openFields(box, tx.companyId, 'settings', viewOwner(tx.companyId), sealed)
const seal = (tx: Tx, viewId: number, box: SecretBox, fields: Fields) => updateViewSettings(tx, viewId, sealFields(box, tx.companyId, 'settings', viewOwner(tx.companyId), fields))

/** https; plain http only to this machine, which the door out (kit/http) refuses unless whoever runs it has allowed that. Names are judged when they are called. */
function mustBeCallable(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : null
  const refused = () => new Refusal('webhook-address', { field: 'url' })
  if (url === null || url.username !== '' || url.password !== '' || url.hash !== '') throw refused()
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const here = host === 'localhost' || host === '::1' || host === '127.0.0.1'
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && here)) throw refused()
  if (/^[0-9.]+$|:/.test(host) && isRefusedAddress(host, true)) throw refused()
}
