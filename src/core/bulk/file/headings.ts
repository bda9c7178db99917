/**
 * Which column is what, told by its heading. The first word of each language is the one our own export writes; Swedish ones are those of EasyCashier's
 * import of articles, the last list is Shopify's product CSV, older and newer.
 */
import { FIELDS, type Field } from './fields.ts'

export type Language = 'sv' | 'nb' | 'da' | 'en'
type Known = Exclude<Field, `webshop:${number}`>
type Words = Record<Language, string[]> & { shopify?: string[] }

const HEADINGS: Record<Known, Words> = {
  number: {
    sv: ['Artikelnummer', 'Artikelnr', 'Art.nr', 'Artnummer', 'Varunummer', 'Varunr', 'Produktnummer'],
    nb: ['Varenummer', 'Varenr', 'Artikkelnummer', 'Artikkelnr', 'Produktnummer'],
    da: ['Varenummer', 'Varenr', 'Varenr.', 'Produktnummer', 'Artikelnummer'],
    en: ['Article number', 'Article no', 'Item number', 'Item no', 'Product number', 'SKU'],
    shopify: ['Variant SKU', 'SKU'],
  },
  name: {
    sv: ['Benämning', 'Artikelnamn', 'Namn', 'Produktnamn', 'Artikel', 'Produkt', 'Beskrivning'],
    nb: ['Navn', 'Varenavn', 'Benevnelse', 'Produktnavn', 'Artikkelnavn', 'Varetekst', 'Vare', 'Produkt', 'Beskrivelse'],
    da: ['Navn', 'Varenavn', 'Benævnelse', 'Produktnavn', 'Varetekst', 'Vare', 'Produkt', 'Beskrivelse'],
    en: ['Name', 'Article name', 'Item name', 'Product name', 'Title', 'Article', 'Item', 'Product', 'Description'],
    shopify: ['Title'],
  },
  price: {
    sv: ['Försäljningspris (inkl. moms)', 'Försäljningspris', 'Pris inkl. moms', 'Utpris inkl. moms', 'Utpris', 'Butikspris', 'Pris'],
    nb: ['Utsalgspris (inkl. mva)', 'Utsalgspris', 'Salgspris inkl. mva', 'Salgspris', 'Pris inkl. mva', 'Utpris', 'Pris'],
    da: ['Salgspris (inkl. moms)', 'Salgspris', 'Udsalgspris inkl. moms', 'Udsalgspris', 'Pris inkl. moms', 'Pris'],
    en: ['Price (incl. VAT)', 'Retail price incl. VAT', 'Retail price', 'Sales price', 'Selling price', 'Price'],
    shopify: ['Variant Price', 'Price'],
  },
  vat: {
    sv: ['Moms', 'Momssats', 'Moms %', 'Momsprocent'],
    nb: ['Mva', 'Mva-sats', 'Mva %', 'Merverdiavgift', 'Moms'],
    da: ['Moms', 'Momssats', 'Momsprocent'],
    en: ['VAT', 'VAT rate', 'VAT %', 'VAT percent', 'Tax rate'],
  },
  barcode: {
    sv: ['Streckkod', 'Streckkod 2', 'Streckkod 3', 'Streckkod 1', 'EAN', 'EAN-kod', 'EAN-nummer', 'GTIN'],
    nb: ['Strekkode', 'Strekkode 2', 'Strekkode 3', 'Strekkode 1', 'EAN', 'EAN-kode', 'GTIN'],
    da: ['Stregkode', 'Stregkode 2', 'Stregkode 3', 'Stregkode 1', 'EAN', 'EAN-kode', 'EAN-nummer', 'GTIN'],
    en: ['Barcode', 'Barcode 2', 'Barcode 3', 'Barcode 1', 'EAN', 'EAN code', 'GTIN', 'UPC'],
    shopify: ['Variant Barcode', 'Barcode'],
  },
  tracked: {
    sv: ['Lagervara', 'Lagerförs', 'Lagerhålls'],
    nb: ['Lagervare', 'Lagerføres', 'Lagerført'],
    da: ['Lagervare', 'Lagerføres', 'Lagerstyret'],
    en: ['Stock item', 'Kept in stock', 'Stock tracked', 'Track stock'],
    shopify: ['Variant Inventory Tracker', 'Inventory tracker'],
  },
  active: { sv: ['Aktiv', 'I sortimentet'], nb: ['Aktiv', 'I sortimentet'], da: ['Aktiv', 'I sortimentet'], en: ['Active'], shopify: ['Status'] },
  archived: {
    sv: ['Används ej', 'Används inte', 'Arkiverad', 'Utgått', 'Utgången'],
    nb: ['Brukes ikke', 'Arkivert', 'Utgått'],
    da: ['Bruges ikke', 'Arkiveret', 'Udgået'],
    en: ['Not used', 'Archived', 'Discontinued'],
  },
  stock: {
    sv: ['Lagersaldo', 'Saldo', 'I lager', 'Antal i lager', 'Lagerantal', 'Lager', 'Antal'],
    nb: ['Lagersaldo', 'Lagerbeholdning', 'Beholdning', 'På lager', 'Antall på lager', 'Lager', 'Antall'],
    da: ['Lagerantal', 'Lagerbeholdning', 'Beholdning', 'På lager', 'Antal på lager', 'Lager', 'Antal'],
    en: ['Stock', 'On hand', 'In stock', 'Stock level', 'Quantity', 'Qty'],
    shopify: ['Variant Inventory Qty', 'Inventory quantity'],
  },
  product: shopifyAlone('Handle', 'URL handle'),
  'option1-name': shopifyAlone('Option1 Name'),
  'option1-value': shopifyAlone('Option1 Value'),
  'option2-name': shopifyAlone('Option2 Name'),
  'option2-value': shopifyAlone('Option2 Value'),
  'option3-name': shopifyAlone('Option3 Name'),
  'option3-value': shopifyAlone('Option3 Value'),
}
const WEBSHOP: Record<Language, string> = { sv: 'Webshop', nb: 'Nettbutikk', da: 'Webshop', en: 'Webshop' }
const WEBSHOP_TOO = ['Webbutik', 'Nätbutik', 'Webbshop', 'E-handel', 'Nettbutik', 'Webbutikk', 'Netbutik', 'Online store', 'Web shop']

function shopifyAlone(...shopify: string[]): Words {
  return { sv: [], nb: [], da: [], en: [], shopify }
}

/** Letters and digits alone, without accents or a currency: 'Försäljnings-pris (kr)' -> 'forsaljningspris'. */
export const plainHeading = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll('ø', 'o')
    .replaceAll('æ', 'ae')
    .normalize('NFD')
    .replace(/(?<!\p{L})(sek|nok|dkk|eur|kr)(?!\p{L})/gu, '')
    .replace(/[^\p{L}\p{N}]/gu, '')

export const headingOf = (field: Known, language: Language): string => HEADINGS[field][language][0] ?? field
/** An article may have many barcodes, each in a column of its own. */
export const barcodeHeading = (n: number, language: Language): string => (n === 0 ? headingOf('barcode', language) : `${headingOf('barcode', language)} ${n + 1}`)
/** Nothing our import takes for stock by itself: who exports, mends a price and imports again must not count yesterday's pieces. */
export const stockHeading = (name: string, language: Language): string => `${headingOf('stock', language)}: ${name}`
export const webshopHeading = (name: string, language: Language): string => `${WEBSHOP[language]}: ${name}`

/** How well a heading says a field: 0 = best. Infinity = it doesn't. */
const ranks = new Map<string, Map<Known, number>>()
for (const field of FIELDS)
  for (const words of Object.values(HEADINGS[field]))
    for (const [rank, word] of words.entries()) {
      const fields = ranks.get(plainHeading(word)) ?? new Map<Known, number>()
      fields.set(field, Math.min(rank, fields.get(field) ?? rank))
      ranks.set(plainHeading(word), fields)
    }

export const isKnown = (heading: string): boolean => ranks.has(plainHeading(heading))

export interface Webshop {
  connectionId: number
  name: string
}
/** One per heading. Of two that say the same the better word is taken, then the first; barcodes are all taken. */
export function guessColumns(headings: string[], webshops: Webshop[]): (Field | null)[] {
  const plain = headings.map(plainHeading)
  const columns: (Field | null)[] = plain.map((heading) => boxOf(heading, webshops))
  for (const field of FIELDS) {
    const said = plain.flatMap((heading, at) => {
      const rank = columns[at] === null ? (ranks.get(heading)?.get(field) ?? barcodeRank(heading, field)) : undefined
      return rank === undefined ? [] : [{ at, rank }]
    })
    said.sort((a, b) => a.rank - b.rank || a.at - b.at)
    for (const { at } of field === 'barcode' ? said : said.slice(0, 1)) columns[at] = field
  }
  return columns
}

/** 'Streckkod 7' is a barcode as well as 'Streckkod 2' is. */
const barcodeRank = (heading: string, field: Field): number | undefined =>
  field === 'barcode' && /^(streckkod|strekkode|stregkode|barcode|ean)\d{1,2}$/.test(heading) ? 99 : undefined

function boxOf(heading: string, webshops: Webshop[]): Field | null {
  const named = webshops.find(({ name }) => Object.values(WEBSHOP).some((word) => plainHeading(word + name) === heading))
  if (named !== undefined) return `webshop:${named.connectionId}`
  const [only] = webshops
  const word = [...Object.values(WEBSHOP), ...WEBSHOP_TOO].some((each) => plainHeading(each) === heading)
  return word && only !== undefined && webshops.length === 1 ? `webshop:${only.connectionId}` : null
}

/** Shopify's product CSV says one product over many rows. */
export function isShopify(headings: string[]): boolean {
  const plain = new Set(headings.map(plainHeading))
  return plain.has('urlhandle') || (plain.has('handle') && (plain.has('variantsku') || plain.has('option1value')))
}
