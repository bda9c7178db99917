/**
 * Where a reader is: one position per lane, under an epoch and for the entities it asked for. Opaque to the reader and sealed, so that nobody
 * computes with it or sends one view's to another (rule 1).
 */
import { parseJson } from '../../kit/json.ts'
import type { SecretBox } from '../../kit/secret-box.ts'
import { Refusal } from '../refusal.ts'
import { type Entity, LANES, type Lane } from './view.ts'

export interface Cursor {
  epoch: number
  /** The seq of the last row served, per lane. */
  at: Record<Lane, number>
  /** Only these were read with it; null = all of the view. It acknowledges no others. */
  only: Entity[] | null
}

export const fromStart = (epoch: number, only: Entity[] | null): Cursor => ({ epoch, at: { stock: 0, order: 0, price: 0, product: 0, backfill: 0 }, only })

const context = (companyId: number, viewId: number) => `view-cursor ${companyId}:${viewId}`

export const cursorText = (box: SecretBox, companyId: number, viewId: number, cursor: Cursor): string =>
  box.seal(JSON.stringify([cursor.epoch, ...LANES.map((lane) => cursor.at[lane]), ...(cursor.only ?? [])]), context(companyId, viewId)).toString('base64url')

/** Throws {Refusal} cursor-wrong when it isn't one of this view's. */
export function cursorOf(box: SecretBox, companyId: number, viewId: number, text: string): Cursor {
  const parts = opened(box, Buffer.from(text, 'base64url'), context(companyId, viewId))
  const [epoch = 0, ...rest] = parts as number[]
  const at = Object.fromEntries(LANES.map((lane, n) => [lane, rest[n] ?? 0])) as Record<Lane, number>
  const only = parts.slice(1 + LANES.length) as Entity[]
  return { epoch, at, only: only.length === 0 ? null : only }
}

function opened(box: SecretBox, sealed: Buffer, owner: string): unknown[] {
  try {
    return parseJson(box.open(sealed, owner)) as unknown[]
  } catch {
    throw new Refusal('cursor-wrong', { field: 'after' })
  }
}
