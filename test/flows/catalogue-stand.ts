/** A toy shop that is told of products: a jumper in two sizes that it doesn't have, and what the tests ask of both sides. */
import type { ToyFace, ToyProduct } from '../../sim/toy/shop.ts'
import { chores } from '../../src/sync/chores.ts'
import type { Answer } from '../../src/web/contract/routes.ts'
import { type ToyStand, toyStand } from './toy-stand.ts'

export interface CatalogueStand extends ToyStand {
  product: { id: number; articles: { id: number; number: string }[] }
  set(body: Record<string, unknown>): Promise<Answer<'catalogues.set'>>
  shown(): Promise<Answer<'catalogues.show'>>
  tell(mode?: 'resend' | 'verify'): Promise<Answer<'catalogues.tell'>>
  /** Until nothing of the catalogue waits that is to go now. */
  settled(): Promise<void>
  there(name: string): ToyProduct | undefined
  /** What the shop shows of an item, and which product it is of. */
  face(number: string): (Partial<ToyFace> & { stock: number | null | undefined; parent: string | null }) | undefined
  /** Products made, products changed. */
  changes(): [number, number]
  /** What the clock has done by now: runs that begin by it, or offers. */
  tick(chore?: 'catalogues' | 'offers'): Promise<void>
  rejected(): Promise<Answer<'catalogues.rejected'>['items']>
  told(query?: Record<string, string>): Promise<Answer<'catalogues.told'>['items']>
}

export async function catalogueStand(numbers: string[] = ['100']): Promise<CatalogueStand> {
  const s = await toyStand(numbers)
  const product = await s.owner.does('products.make', {
    body: {
      name: 'Tröja',
      vendor: 'Tjörn',
      description: 'Stickad.',
      options: [{ name: 'Storlek', values: ['S', 'M'] }],
      variants: [
        { number: '0201', optionValues: { Storlek: 'S' }, priceMinor: 59900, barcodes: [{ code: '7350053850019', pack: 1 }] },
        { number: '0202', optionValues: { Storlek: 'M' }, priceMinor: 59900 },
      ],
    },
  })
  const shown = () => s.owner.does('catalogues.show', { params: s.at })
  const settled = async () => {
    for (let n = 0, idle = 0; n < 60 && idle < 3; n++) {
      const { did } = await s.connection.step()
      if (did) idle = 0
      else {
        idle++
        s.web.clock.advance(1_000)
      }
    }
  }
  const hits = (what: string) => s.sim.state.hits[what] ?? 0
  return {
    ...s,
    product,
    shown,
    settled,
    set: (body) => s.owner.does('catalogues.set', { params: s.at, body }),
    async tell(mode = 'verify') {
      const run = await s.owner.does('catalogues.tell', { params: s.at, body: { mode } })
      await settled()
      return run
    },
    there: (name) => [...s.sim.state.products.values()].find((each) => each.name === name),
    face(number) {
      const item = [...s.sim.state.items.values()].find((each) => each.number === number)
      return item === undefined ? undefined : { ...s.sim.state.faces.get(item.ref), stock: item.levels.get('main')?.value, parent: item.parent }
    },
    changes: () => [hits('product.made'), hits('product.changed')],
    async tick(name = 'catalogues') {
      await chores(s.web.deps)
        .find((chore) => chore.name === name)
        ?.run(s.owner.companyId)
      await settled()
    },
    rejected: async () => (await s.owner.does('catalogues.rejected', { params: s.at })).items,
    told: async (query = {}) => (await s.owner.does('catalogues.told', { params: s.at, query })).items,
  }
}
