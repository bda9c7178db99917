/** What Uld & Linned sells: a small Danish shop whose numbers are e-conomic's. */

export const DANISH_COMPANY = 'Uld & Linned'
export const DANISH_STORE = 'Strøget'

export interface DanishWare {
  /** With leading zeros and signs as people in accounts write them. */
  number: string
  name: string
  /** With VAT, in whole kroner. */
  price: number
  /** On the shelf by e-conomic's count. */
  inStock: number
}
export interface DanishGoods {
  name: string
  /** Empty = it comes in one kind only. */
  sizes: string[]
  /** One, or one for each size. */
  wares: DanishWare[]
}

const one = (number: string, name: string, price: number, inStock: number): DanishGoods => ({ name, sizes: [], wares: [{ number, name, price, inStock }] })
const sized = (name: string, price: number, sizes: Record<string, [number: string, inStock: number]>): DanishGoods => ({
  name,
  sizes: Object.keys(sizes),
  wares: Object.entries(sizes).map(([size, [number, inStock]]) => ({ number, name: `${name} ${size}`, price, inStock })),
})

export const danishGoods = (): DanishGoods[] => [
  sized('Sweater Fanø', 1195, { S: ['0571527051', 7], M: ['0571527052', 12], L: ['0571527053', 4] }),
  sized('Vanter Læsø', 395, { S: ['0571527061', 9], M: ['0571527062', 15] }),
  // The first sweater's number without its zero: another ware altogether.
  one('571527051', 'Garnprøver', 49, 30),
  one('2001', 'Viskestykke i hør', 149, 24),
  one('2002', 'Hørdug 150 × 250', 995, 5),
  one('2003', 'Uldtæppe Samsø', 1495, 6),
  one('2004', 'Uldsokker', 179, 18),
  one('3002', 'Rundpind 4 mm, 80 cm', 99, 11),
  one('KNAP.5/HORN', 'Knapper af horn, 5 stk.', 129, 8),
  one('4001', 'Uldvaskemiddel 500 ml', 109, 13),
  one('4003', 'Lammeskind', 1395, 3),
]
