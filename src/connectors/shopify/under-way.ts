/** Shipments that were sent and of which nobody knows what became: kept until they can't land any more. */
import { z } from 'zod'
import type { Tools } from '../contract.ts'

const KEPT_AS = 'shipments-under-way'
/** A request that isn't answered by then is never executed. */
const LANDS_WITHIN_MS = 120_000
/** When each was sent, by order. */
const shape = z.record(z.string(), z.string())

export async function isUnderWay(tools: Tools, orderRef: string): Promise<boolean> {
  const sentAt = (await kept(tools))[orderRef]
  return sentAt !== undefined && mayLand(tools, sentAt)
}

export async function noteSent(tools: Tools, orderRef: string): Promise<void> {
  await keep(tools, { ...(await kept(tools)), [orderRef]: tools.clock.now().toISOString() })
}

export async function noteSettled(tools: Tools, orderRef: string): Promise<void> {
  const { [orderRef]: sentAt, ...others } = await kept(tools)
  if (sentAt !== undefined) await keep(tools, others)
}

const mayLand = (tools: Tools, sentAt: string): boolean => tools.clock.now().getTime() - Date.parse(sentAt) < LANDS_WITHIN_MS

const keep = (tools: Tools, all: Record<string, string>): Promise<void> =>
  tools.keep.set(KEPT_AS, JSON.stringify(Object.fromEntries(Object.entries(all).filter(([, sentAt]) => mayLand(tools, sentAt)))))

async function kept(tools: Tools): Promise<Record<string, string>> {
  try {
    return shape.parse(JSON.parse((await tools.keep.get(KEPT_AS)) ?? '{}'))
  } catch {
    return {}
  }
}
