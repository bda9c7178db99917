/** Articles as a file that the spreadsheet of their country opens by itself, and that our own import reads back as it was. */
import Papa from 'papaparse'
import { minorText } from '../../../kit/money.ts'
import { escaped, kept } from './formula.ts'
import { barcodeHeading, headingOf, type Language, stockHeading, type Webshop, webshopHeading } from './headings.ts'
import type { Decimal, Separator } from './read-as.ts'

export interface ExportColumns {
  language: Language
  /** As many as the article with most of them has. */
  barcodes: number
  locations: { id: number; name: string }[]
  webshops: Webshop[]
}
export interface ExportedArticle {
  number: string
  name: string
  priceMinor: number | null
  vatRateBp: number | null
  barcodes: string[]
  stockTracked: boolean
  archived: boolean
  /** By connection; absent = never ticked. */
  boxed: Record<string, boolean>
  /** By location; absent = nobody has counted it there. */
  onHand: Record<string, number>
}

/** How a spreadsheet of that country writes numbers, and so what is free to stand between cells. */
const STYLES: Record<Language, { separator: Separator; decimal: Decimal; yes: string; no: string }> = {
  sv: { separator: ';', decimal: ',', yes: 'Ja', no: 'Nej' },
  nb: { separator: ';', decimal: ',', yes: 'Ja', no: 'Nei' },
  da: { separator: ';', decimal: ',', yes: 'Ja', no: 'Nej' },
  en: { separator: ',', decimal: '.', yes: 'Yes', no: 'No' },
}
/** Excel reads UTF-8 only where it is said. */
export const BYTE_ORDER_MARK = '\ufeff'

export function csvOf(rows: string[][], language: Language): string {
  return rows.length === 0 ? '' : `${Papa.unparse(rows, { delimiter: STYLES[language].separator, newline: '\r\n' })}\r\n`
}

export function headingsOf({ language, barcodes, locations, webshops }: ExportColumns): string[] {
  const known = (['number', 'name', 'price', 'vat'] as const).map((field) => headingOf(field, language))
  return [
    ...known,
    ...numbers(barcodes).map((n) => barcodeHeading(n, language)),
    headingOf('tracked', language),
    headingOf('archived', language),
    ...locations.map((location) => stockHeading(location.name, language)),
    ...webshops.map((webshop) => webshopHeading(webshop.name, language)),
  ].map(escaped)
}

export function lineOf(article: ExportedArticle, { language, barcodes, locations, webshops }: ExportColumns): string[] {
  const { decimal, yes, no } = STYLES[language]
  const yesOrNo = (value: boolean): string => (value ? yes : no)
  const hundredths = (value: number | null): string => (value === null ? '' : minorText(value).replace('.', decimal))
  return [
    kept(article.number),
    escaped(article.name),
    hundredths(article.priceMinor),
    hundredths(article.vatRateBp).replace(/[.,]00$/, ''),
    ...numbers(barcodes).map((n) => kept(article.barcodes[n] ?? '')),
    yesOrNo(article.stockTracked),
    yesOrNo(article.archived),
    // Numbers as they are: one below zero is no formula.
    ...locations.map((location) => String(article.onHand[location.id] ?? '')),
    ...webshops.map((webshop) => yesOrNo(article.boxed[webshop.connectionId] ?? false)),
  ]
}

const numbers = (many: number): number[] => [...Array(many).keys()]
