/** What has left of an order, told to a toy shop: so many pieces in all, so that a repeat ships nothing twice. */
import { z } from 'zod'
import { type Document, type HandedOver, RemoteError } from '../contract.ts'
import type { ToyClient } from './client.ts'

export async function handOver(client: ToyClient, document: Document): Promise<HandedOver> {
  if (document.kind !== 'order-status') throw new RemoteError('refused', 'not-carried', `a toy shop takes no ${document.kind}`, { executed: 'no' })
  const lines = document.lines.map(({ lineRef, shipped }) => ({ line: lineRef, shipped }))
  try {
    await client.call('ship order', z.object({ ref: z.string() }), 'POST', '/orders/ship', { order: document.orderRef, lines })
    return { kind: 'done', documentRef: null }
  } catch (error) {
    if (error instanceof RemoteError && error.code === 'order-refused') return { kind: 'refused', code: error.facts.code ?? 'remote-strange', said: error.facts.said ?? '' }
    throw error
  }
}
