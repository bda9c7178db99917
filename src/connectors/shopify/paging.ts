/** Walks Shopify's lists to their end. */
import { RemoteError } from '../contract.ts'

export interface List<T> {
  nodes: T[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
}

/** The whole of a list whose first page is here. When the thing is gone meanwhile, what there is, still marked as cut. */
export async function rest<T>(first: List<T>, ask: (after: string) => Promise<List<T> | null | undefined>): Promise<List<T>> {
  let whole = first
  while (whole.pageInfo.hasNextPage && whole.pageInfo.endCursor !== null) {
    const page = await ask(whole.pageInfo.endCursor)
    if (!page) break
    whole = { nodes: [...whole.nodes, ...page.nodes], pageInfo: page.pageInfo }
  }
  return whole
}

/** Every node of a list, from its beginning. */
export async function all<T>(ask: (after: string | null) => Promise<List<T>>): Promise<T[]> {
  return (await rest(await ask(null), ask)).nodes
}

/** A place in a list that was kept for long may not be known any more: then the list is taken from its beginning, not stuck on for ever. */
export async function askFrom<T>(after: string | null, ask: (after: string | null) => Promise<T>): Promise<T> {
  try {
    return await ask(after)
  } catch (error) {
    if (after === null || !(error instanceof RemoteError) || error.kind !== 'refused') throw error
    return ask(null)
  }
}

/**
 * What there is for each id, asked for in parts. What a question for many ids costs is only known for few (shopify.md, not confirmed):
 * a part that is too dear is halved, down to one.
 */
export async function askInParts<N>(ids: string[], size: number, ask: (part: string[]) => Promise<N[]>): Promise<N[]> {
  const found: N[] = []
  let most = size
  for (let i = 0; i < ids.length; ) {
    const part = ids.slice(i, i + most)
    try {
      found.push(...(await ask(part)))
      i += part.length
    } catch (error) {
      if (part.length === 1 || !(error instanceof RemoteError) || error.facts.said !== 'MAX_COST_EXCEEDED') throw error
      most = Math.ceil(part.length / 2)
    }
  }
  return found
}
