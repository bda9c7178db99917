/** What Garn & Gull's Shopify shows of its products, and what is known here of how far it has come. */
import { askSim } from './ask.ts'
import { type Ground, holds } from './promise.ts'

export interface ShownProduct {
  title: string
  status: string
  vendor: string
  descriptionHtml: string
  publications: string[]
  variants: { sku: string | null; title: string; priceMinor: number; compareAtMinor: number | null; barcode: string | null; tracked: boolean }[]
}
export interface ShownImage {
  id: string
  alt: string
  status: string
  sha256: string | null
}

export const shownProducts = ({ sim }: Pick<Ground, 'sim'>): Promise<ShownProduct[]> => askSim(sim, 'shop/products', {})
export async function shownWith(ground: Pick<Ground, 'sim'>, number: string): Promise<ShownProduct | null> {
  return (await shownProducts(ground)).find((each) => each.variants.some((variant) => variant.sku === number)) ?? null
}
export const priceShown = async (ground: Pick<Ground, 'sim'>, number: string): Promise<number | null> =>
  (await shownWith(ground, number))?.variants.find((each) => each.sku === number)?.priceMinor ?? null
export const imagesShown = ({ sim }: Pick<Ground, 'sim'>, number: string): Promise<ShownImage[]> => askSim(sim, 'shop/images', { sku: number })

/** What was written since that request, by the names Shopify has for it. */
export async function writesSince({ sim }: Pick<Ground, 'sim'>, after: number): Promise<string[]> {
  const lines = await askSim<{ note: string | null }[]>(sim, `log?after=${after}`)
  return lines.flatMap(
    ({ note }) => /\b[a-z]\w+(Create|Update|Delete|Set|Publish|Unpublish|ReorderMedia|AppendMedia|DetachMedia|Quantities|Activate)\b/.exec(note ?? '')?.[0] ?? [],
  )
}

/** Nothing of the catalogue waits, and no run goes on. */
export const toldAll = (ground: Ground): Promise<void> =>
  holds(ground, async () => {
    const { waiting, run } = await ground.api('catalogues.show', { params: { connectionId: ground.connectionId } })
    return waiting === 0 && run?.endedAt !== null ? null : `${waiting} things wait, and the run is ${run?.state ?? 'not begun'}`
  })
