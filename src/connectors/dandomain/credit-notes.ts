/**
 * Which credit notes an order has. The shop can't be asked: a credit note is an order of its own that names the one it credits, so what was seen is kept
 * with the connection.
 */
import { z } from 'zod'
import type { Tools } from '../contract.ts'
import type { Order } from './answers.ts'

const KEPT_AS = 'credit-notes'
/** Orders whose credit notes are remembered; of older ones nothing comes any more. */
const MOST = 3_000
const DRAFT = '99'
const keptShape = z.record(z.string(), z.array(z.string()))

export interface CreditNotes {
  of(orderRef: string): Promise<string[]>
  /** Ids of orders by the credit notes among these. */
  note(orders: readonly Order[]): Promise<void>
}

/** The order this one credits; null = it is an order like others. Where an order came from may stand in the same field. */
export const creditedBy = ({ Origin: origin, Total: total }: Pick<Order, 'Origin' | 'Total'>): string | null =>
  origin !== null && /^\d{1,18}$/.test(origin) && total !== null && total < 0 ? origin : null
/** One that is being written says nothing yet. */
export const isBooked = ({ Status: status }: Pick<Order, 'Status'>): boolean => status !== DRAFT

export function openCreditNotes(tools: Tools): CreditNotes {
  async function kept(): Promise<Record<string, string[]>> {
    try {
      return keptShape.parse(JSON.parse((await tools.keep.get(KEPT_AS)) ?? '{}'))
    } catch {
      return {}
    }
  }
  return {
    of: async (orderRef) => (await kept())[orderRef] ?? [],
    note: async (orders) => {
      const found = orders.flatMap((order) => {
        const credited = creditedBy(order)
        return credited === null ? [] : [{ credited, note: order.Id }]
      })
      if (found.length === 0) return
      const all = await kept()
      const news = found.filter(({ credited, note }) => !all[credited]?.includes(note))
      if (news.length === 0) return
      for (const { credited, note } of news) all[credited] = [...(all[credited] ?? []), note]
      const newest = Object.entries(all)
        .toSorted(([a], [b]) => Number(b) - Number(a))
        .slice(0, MOST)
      await tools.keep.set(KEPT_AS, JSON.stringify(Object.fromEntries(newest)))
    },
  }
}
