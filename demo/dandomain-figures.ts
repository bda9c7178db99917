/** What the simulated DanDomain Webshop and e-conomic show, and what we have, by article number. */
import { allPages, askSim } from './ask.ts'
import type { Ground } from './promise.ts'

export interface DanishGround extends Ground {
  /** Where the simulated e-conomic answers. */
  erp: string
  erpId: number
  /** Bytes of ours at this path. */
  bytes(path: string): Promise<Buffer>
}
interface Goods {
  itemNumber: string
  stock: number | null
}
export interface ShopState {
  products: (Goods & { variants: Goods[] })[]
  orders: { id: number; uploads: { file: string }[] }[]
  mails: { why: string }[]
  writes: { itemNumber: string; value: number }[]
  hooksWaiting: unknown[]
}
export interface ErpState {
  products: { productNumber: string; inStock: number | null }[]
  webhooks: { type: string; url: string; postData: string }[]
  documents: Record<'draft-invoice' | 'booked', { number: number; other: string | null }[]>
  hooksWaiting: unknown[]
}
export const shopState = (ground: Pick<DanishGround, 'sim'>): Promise<ShopState> => askSim(ground.sim, 'state')
export const erpState = (ground: Pick<DanishGround, 'erp'>): Promise<ErpState> => askSim(ground.erp, 'state')

export interface Figures {
  onHand: number | null
  reserved: number | null
  /** The webshop's. */
  shop: number | null
  /** e-conomic's. */
  erp: number | null
}
export async function figures(ground: DanishGround): Promise<Map<string, Figures>> {
  const [levels, shop, erp] = await Promise.all([
    allPages((cursor) => ground.api('levels.list', { query: cursor === null ? {} : { cursor } })),
    shopState(ground),
    erpState(ground),
  ])
  const shown = new Map(shop.products.flatMap((each) => (each.variants.length > 0 ? each.variants : [each])).map((each) => [each.itemNumber, each.stock]))
  const counted = new Map(erp.products.map((each) => [each.productNumber, each.inStock]))
  return new Map(levels.map(({ articleNumber: number, onHand, reserved }) => [number, { onHand, reserved, shop: shown.get(number) ?? null, erp: counted.get(number) ?? null }]))
}

/** Null when the webshop shows what e-conomic has less what waits to be booked there, of every article; else the first few of which it doesn't. */
export async function disagreementWithErp(ground: DanishGround): Promise<string | null> {
  const wrong = [...(await figures(ground))].flatMap(([number, { onHand, reserved, shop, erp }]) =>
    shop !== null && erp === onHand && shop === Number(erp) - Number(reserved)
      ? []
      : [`${number}: e-conomic has ${erp}, we have ${onHand} with ${reserved} reserved, the shop shows ${shop}`],
  )
  return wrong.length === 0 ? null : `${wrong.length} numbers differ: ${wrong.slice(0, 3).join('; ')}`
}
