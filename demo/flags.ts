/** What may stand after `npm run demo --`. */
import { SABOTAGES, type Sabotage } from './sabotage.ts'
import { SHOPS } from './shops.ts'

/** Ull & Lin's webshops, an outside system that polls a sync view there, a file of articles taken in and back, the Danish company whose webshop follows e-conomic, and the Norwegian one whose catalogue is in Shopify. */
const PARTS = [...SHOPS, 'views', 'import', 'dandomain', 'catalogue'] as const
export type Part = (typeof PARTS)[number]

export interface Flags {
  once: boolean
  /** Empty = every part. */
  only: Part[]
  sabotage: Sabotage | null
  help: boolean
}
/** Said to the person who typed it; the message is the whole story. */
export class FlagWrong extends Error {
  override readonly name = 'FlagWrong'
}

export const HELP = [
  'npm run demo                          a ready-made shop with a simulated Shopify and Abicart, one with e-conomic and DanDomain, and one with its catalogue in Shopify, until Ctrl-C',
  'npm run demo -- --once                its promises one after the other, without a person; exit code 0 when all are kept',
  `npm run demo -- --once --only PART    only this part: ${PARTS.join(', ')}`,
  `npm run demo -- --once --sabotage HOW breaks the simulated shops, to see that it is noticed: ${SABOTAGES.join(', ')}`,
].join('\n')

export function readFlags(argv: readonly string[]): Flags {
  const flags: Flags = { once: false, only: [], sabotage: null, help: false }
  const words = [...argv]
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const [name, inline] = word.split(/=(.*)/s)
    const value = <T extends string>(choices: readonly T[]): T => {
      const given = inline ?? words.shift()
      const found = choices.find((choice) => choice === given)
      if (found === undefined) throw new FlagWrong(`${name} ${given === undefined ? 'needs a word' : `can't be "${given}"`}: ${choices.join(', ')}.\n\n${HELP}`)
      return found
    }
    if (name === '--once') flags.once = true
    else if (name === '--help') flags.help = true
    else if (name === '--only') flags.only.push(value(PARTS))
    else if (name === '--sabotage') flags.sabotage = value(SABOTAGES)
    else throw new FlagWrong(`"${word}" means nothing here.\n\n${HELP}`)
  }
  if (!flags.once && (flags.only.length > 0 || flags.sabotage !== null)) throw new FlagWrong(`--only and --sabotage go with --once.\n\n${HELP}`)
  return flags
}
