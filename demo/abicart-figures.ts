/** What the simulated Abicart shows, by article number: plain articles and variants alike. */

import { ABICART_STORE } from './abicart-shop.ts'
import { askSim } from './ask.ts'
import { ours } from './figures.ts'
import type { Ground } from './promise.ts'

interface Shown {
  shops: { articles: { articleNumber: string | null; stock: number; variants: { articleNumber: string | null; stock: number }[] }[]; listeners: { active: boolean }[] }[]
  hits: Record<string, number>
  eventsWaiting: unknown[]
}
export const abicartState = (ground: Pick<Ground, 'sim'>): Promise<Shown> => askSim<Shown>(ground.sim, 'state')

/** A product with variants has no number of its own here: what is sold are its variants. */
export async function abicartStock(ground: Pick<Ground, 'sim'>): Promise<Map<string, number>> {
  const { shops } = await abicartState(ground)
  const goods = (shops[0]?.articles ?? []).flatMap((article) => (article.variants.length > 0 ? article.variants : [article]))
  return new Map(goods.flatMap(({ articleNumber, stock }) => (articleNumber === null ? [] : [[articleNumber, stock] as const])))
}

/** Null when every number the shop shows is ours; else the first few that aren't. */
export async function abicartDisagreement(ground: Ground): Promise<string | null> {
  const [mine, shop] = await Promise.all([ours(ground), abicartStock(ground)])
  const wrong = [...shop].flatMap(([number, stock]) => {
    const available = mine.get(`${number} @ ${ABICART_STORE}`)?.available ?? null
    return available === stock ? [] : [`${number}: the shop shows ${stock}, we have ${available}`]
  })
  return wrong.length === 0 ? null : `${wrong.length} numbers differ: ${wrong.slice(0, 3).join('; ')}`
}

/** How many numbers the shop was told so far. */
export async function abicartTold(ground: Pick<Ground, 'sim'>): Promise<number> {
  const { hits } = await abicartState(ground)
  return (hits['Article.set'] ?? 0) + (hits['ArticleVariant.set'] ?? 0)
}
