/** What Garn & Gull sells: a small Norwegian shop whose products are kept here and shown in Shopify. */
import { paintedPng } from '../sim/shopify/painted.ts'

export const NORWEGIAN_COMPANY = 'Garn & Gull AS'
export const NORWEGIAN_STORE = 'Storgata'

export interface NorwegianGoods {
  name: string
  vendor: string
  description: string
  /** What its variants differ in, and each value's article number; a product of one kind has only its own. */
  option: { name: string; numbers: Record<string, string> } | { name: null; number: string }
  /** With VAT, in whole kroner. */
  price: number
  inStock: number
  /** Each word is a picture of its own. */
  pictures: string[]
}

export const norwegianGoods = (): NorwegianGoods[] => [
  {
    name: 'Genser Lofoten',
    vendor: 'Lofoten Ull',
    description: 'Strikket i ren norsk ull.\nVaskes for hånd.',
    option: { name: 'Størrelse', numbers: { S: '1101-S', M: '1101-M', L: '1101-L' } },
    price: 1699,
    inStock: 6,
    pictures: ['genser foran', 'genser bak'],
  },
  {
    name: 'Alpakkagarn 50 g',
    vendor: 'Setesdal Spinneri',
    description: 'Mykt garn til luer og sjal.',
    option: { name: 'Farge', numbers: { Natur: '0301', Skogsgrønn: '0302', Fjordblå: '0303' } },
    price: 109,
    inStock: 40,
    pictures: ['alpakkagarn'],
  },
  { name: 'Votter Senja', vendor: 'Lofoten Ull', description: 'Tovede votter.', option: { name: null, number: '1201' }, price: 449, inStock: 12, pictures: ['votter'] },
  { name: 'Rundpinne 4 mm', vendor: 'Pinnemakeren', description: 'Bjørk, 80 cm.', option: { name: null, number: '0401' }, price: 129, inStock: 18, pictures: [] },
  {
    name: 'Gullring Snø',
    vendor: 'Gullsmed Nes',
    description: '14 karat, med mønster av snø.',
    option: { name: null, number: '9001' },
    price: 3490,
    inStock: 3,
    pictures: ['gullring'],
  },
]

/** Sold in the shop before, unknown here: what nobody may touch. */
export const STRANGER = { product: 'Strikkekveld', numbers: ['KVELD-1', 'KVELD-2', 'KVELD-3'], priceMinor: 25000 }
/** There too, and linked by its number the first time. */
export const KNOWN = { number: '1201', name: 'Votter Senja', priceMinor: 39900 }

export const picture = (words: string): Uint8Array<ArrayBuffer> => new Uint8Array(paintedPng(words))
