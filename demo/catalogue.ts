/** What the demo shop sells: a small Swedish shop for wool and linen, with variants, barcodes, and stock in two stores. */

export const COMPANY = 'Ull & Lin'
export const STORES = ['Odenplan', 'Haga'] as const
export type Store = (typeof STORES)[number]

export interface Ware {
  number: string
  name: string
  /** One value for every option of its product. */
  values: Record<string, string>
  priceMinor: number
  gtin: string
  /** Null = not counted, as a gift card. */
  stock: Record<Store, number> | null
  /** False = sold in the stores only. */
  online: boolean
}
export interface Goods {
  name: string
  options: { name: string; values: string[] }[]
  wares: Ware[]
}

/** From the numbers GS1 Sweden keeps for examples: nobody's goods carry them. */
const EXAMPLES = '735005385'
function gtin(n: number): string {
  const digits = `${EXAMPLES}${String(n).padStart(3, '0')}`
  const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0)
  return `${digits}${(10 - (sum % 10)) % 10}`
}

/** Option values with the code they have in the article number. */
const SIZES = { S: 'S', M: 'M', L: 'L', XL: 'XL' }
const PRODUCTS: { number: string; name: string; price: number; options: Record<string, Record<string, string>> }[] = [
  { number: '1001', name: 'Stickad tröja Tjörn', price: 1495, options: { Storlek: SIZES, Färg: { BLÅ: 'Havsblå', NAT: 'Natur' } } },
  { number: '1002', name: 'Linneskjorta Skagen', price: 995, options: { Storlek: SIZES } },
  { number: '1003', name: 'Mössa Fjäll', price: 349, options: { Färg: { GRÅ: 'Grå', RÖD: 'Röd', GRÖ: 'Grön' } } },
  { number: '1004', name: 'Vantar Dalarna', price: 495, options: { Storlek: { S: 'S', M: 'M', L: 'L' } } },
  { number: '1005', name: 'Sjal Siljan', price: 795, options: { Färg: { NAT: 'Natur', IND: 'Indigo' } } },
  { number: '2001', name: 'Linnelakan Öland', price: 1195, options: { Bredd: { '090': '90 cm', '140': '140 cm', '180': '180 cm' } } },
  { number: '3001', name: 'Gotlandsgarn 2-trådigt', price: 89, options: { Färg: { VIT: 'Vit', LJG: 'Ljusgrå', MÖG: 'Mörkgrå', SVA: 'Svart', BLÅ: 'Blå' } } },
]
const SINGLES: [number: string, name: string, price: number][] = [
  ['00123', 'Cederkulor mot mal, 12 st', 79],
  ['2002', 'Ullfilt Hardanger', 1895],
  ['2003', 'Kökshandduk lin', 189],
  ['2004', 'Bordsduk lin 150 × 250', 1295],
  ['2005', 'Raggsockor', 229],
  ['3002', 'Rundsticka 4 mm, 80 cm', 119],
  ['3003', 'Strumpstickor 2,5 mm', 99],
  ['3004', 'Knappar av älghorn, 5 st', 149],
  ['3005', 'Handkardor', 695],
  ['4001', 'Ulltvättmedel 500 ml', 129],
  ['4002', 'Stickbok: Nordiska mönster', 299],
  ['4003', 'Fårskinn Gotland', 1695],
]

export function catalogue(): Goods[] {
  let count = 0
  // Spread so that shelves look like a shop's: some full, some nearly empty.
  const shelf = (n: number): Record<Store, number> => ({ Odenplan: 4 + ((n * 7) % 23), Haga: 2 + ((n * 5) % 13) })
  const ware = (number: string, name: string, price: number, values: Record<string, string> = {}): Ware => {
    count++
    return { number, name, values, priceMinor: price * 100, gtin: gtin(count), stock: shelf(count), online: true }
  }
  const products = PRODUCTS.map(({ number, name, price, options }) => ({
    name,
    options: Object.entries(options).map(([option, values]) => ({ name: option, values: Object.values(values) })),
    wares: variants(Object.entries(options)).map(({ codes, values }) => ware([number, ...codes].join('-'), [name, ...Object.values(values)].join(' '), price, values)),
  }))
  const singles = SINGLES.map(([number, name, price]) => ({ name, options: [], wares: [ware(number, name, price)] }))
  const bag = { ...ware('9001', 'Tygkasse', 49), online: false }
  const card = { ...ware('9002', 'Presentkort', 500), online: false, stock: null }
  return [...products, ...singles, { name: bag.name, options: [], wares: [bag] }, { name: card.name, options: [], wares: [card] }]
}

function variants(options: [name: string, values: Record<string, string>][]): { codes: string[]; values: Record<string, string> }[] {
  const [first, ...rest] = options
  if (first === undefined) return [{ codes: [], values: {} }]
  const [option, values] = first
  return Object.entries(values).flatMap(([code, value]) => variants(rest).map((tail) => ({ codes: [code, ...tail.codes], values: { [option]: value, ...tail.values } })))
}
