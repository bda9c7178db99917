/** What follows from a company's country: currency, time zone, and the VAT rate classes it starts with. Rates are dated; a company adds its own. */

export const COUNTRIES = ['SE', 'NO', 'DK', 'FI'] as const
export type Country = (typeof COUNTRIES)[number]

export interface StartingRate {
  class: string
  validFrom: string
  rateBp: number
}
interface CountryFacts {
  currency: string
  timeZone: string
  rates: StartingRate[]
}
const rate = (name: string, validFrom: string, percent: number): StartingRate => ({ class: name, validFrom, rateBp: Math.round(percent * 100) })
const always = '2000-01-01'

/** Sources: shared facts of the Nordic tax offices (docs/glossary.md, VAT class). Sweden's food rate is 6 % from 2026-04-01 to 2027-12-31. */
const FACTS: Record<Country, CountryFacts> = {
  SE: {
    currency: 'SEK',
    timeZone: 'Europe/Stockholm',
    rates: [
      rate('standard', always, 25),
      rate('food', always, 12),
      rate('food', '2026-04-01', 6),
      rate('food', '2028-01-01', 12),
      rate('reduced', always, 12),
      rate('low', always, 6),
      rate('none', always, 0),
    ],
  },
  NO: { currency: 'NOK', timeZone: 'Europe/Oslo', rates: [rate('standard', always, 25), rate('food', always, 15), rate('low', always, 12), rate('none', always, 0)] },
  DK: { currency: 'DKK', timeZone: 'Europe/Copenhagen', rates: [rate('standard', always, 25), rate('none', always, 0)] },
  FI: {
    currency: 'EUR',
    timeZone: 'Europe/Helsinki',
    rates: [
      rate('standard', always, 24),
      rate('standard', '2024-09-01', 25.5),
      rate('food', always, 14),
      rate('food', '2026-01-01', 13.5),
      rate('low', always, 10),
      rate('none', always, 0),
    ],
  },
}
export const countryFacts = (country: Country): CountryFacts => FACTS[country]
