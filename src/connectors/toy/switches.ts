// toy only
/** How a toy shop treats its own number. A shop can't be asked, so a person says it; a real remote's documentation does. */
import { SettingsError, type SettingsField, type StockManners, type Words } from '../contract.ts'

export interface Switches {
  compare: 'remote' | 'read-first'
  keys: boolean
  rule: StockManners['lowersItself']
  restores: boolean | 'unknown'
  adjust: boolean
  feedLagMs: number
  maxFlightMs: number
}

/** The toy shop forgets a key after 24 h; an hour is kept in hand for clocks that differ. */
const KEY_MS = 23 * 3_600_000

const yesNo = [
  { value: 'yes', label: { sv: 'Ja', nb: 'Ja', da: 'Ja', en: 'Yes' } },
  { value: 'no', label: { sv: 'Nej', nb: 'Nei', da: 'Nej', en: 'No' } },
] as const
const unknown = { value: 'unknown', label: { sv: 'Vet inte', nb: 'Vet ikke', da: 'Ved ikke', en: "Don't know" } } as const
const none: Words = { sv: '', nb: '', da: '', en: '' }

export const switchFields: readonly SettingsField[] = [
  {
    name: 'compare',
    label: {
      sv: 'Jämför butiken före den skriver?',
      nb: 'Sammenligner butikken før den skriver?',
      da: 'Sammenligner butikken, før den skriver?',
      en: 'Does the shop compare before it writes?',
    },
    help: none,
    optional: true,
    options: [
      { value: 'remote', label: { sv: 'Ja', nb: 'Ja', da: 'Ja', en: 'Yes' } },
      { value: 'read-first', label: { sv: 'Nej, läs först', nb: 'Nei, les først', da: 'Nej, læs først', en: 'No, read first' } },
    ],
  },
  {
    name: 'keys',
    label: { sv: 'Tar butiken idempotensnycklar?', nb: 'Tar butikken idempotensnøkler?', da: 'Tager butikken idempotensnøgler?', en: 'Does the shop take idempotency keys?' },
    help: none,
    optional: true,
    options: yesNo,
  },
  {
    name: 'rule',
    label: { sv: 'När sänker butiken sitt antal?', nb: 'Når senker butikken antallet sitt?', da: 'Hvornår sænker butikken sit antal?', en: 'When does the shop lower its number?' },
    help: none,
    optional: true,
    options: [
      { value: 'placed', label: { sv: 'När ordern läggs', nb: 'Når ordren legges', da: 'Når ordren afgives', en: 'When the order is placed' } },
      { value: 'paid', label: { sv: 'När ordern betalas', nb: 'Når ordren betales', da: 'Når ordren betales', en: 'When the order is paid' } },
      { value: 'never', label: { sv: 'Aldrig', nb: 'Aldri', da: 'Aldrig', en: 'Never' } },
      unknown,
    ],
  },
  {
    name: 'restores',
    label: {
      sv: 'Lägger butiken tillbaka vid avbeställning?',
      nb: 'Legger butikken tilbake ved avbestilling?',
      da: 'Lægger butikken tilbage ved annullering?',
      en: 'Does a cancellation put pieces back?',
    },
    help: none,
    optional: true,
    options: [...yesNo, unknown],
  },
  {
    name: 'adjust',
    label: {
      sv: 'Kan butiken ändra med en skillnad?',
      nb: 'Kan butikken endre med en differanse?',
      da: 'Kan butikken ændre med en difference?',
      en: 'Can the shop change by a difference?',
    },
    help: none,
    optional: true,
    options: yesNo,
  },
  {
    name: 'feedLagMs',
    label: { sv: 'Orderlistans eftersläpning, ms', nb: 'Ordrelistens etterslep, ms', da: 'Ordrelistens efterslæb, ms', en: 'Lag of the order list, ms' },
    help: none,
    optional: true,
    placeholder: '0',
  },
  {
    name: 'maxFlightMs',
    label: { sv: 'Längsta tid ett anrop kan leva, ms', nb: 'Lengste tid et kall kan leve, ms', da: 'Længste tid et kald kan leve, ms', en: 'Longest life of a request, ms' },
    help: none,
    optional: true,
    placeholder: '120000',
  },
]

export function parseSwitches(raw: Record<string, string>): Switches {
  const choice = <T extends string>(name: string, allowed: readonly T[], otherwise: T): T => {
    const text = raw[name] ?? ''
    if (text === '') return otherwise
    const found = allowed.find((value) => value === text)
    if (found === undefined) throw new SettingsError(name, 'choice-wrong')
    return found
  }
  const milliseconds = (name: string, otherwise: number) => {
    const text = raw[name]?.trim() ?? ''
    if (text !== '' && !/^\d{1,8}$/.test(text)) throw new SettingsError(name, 'number-wrong')
    return text === '' ? otherwise : Number(text)
  }
  const restores = choice('restores', ['yes', 'no', 'unknown'], 'unknown')
  const switches: Switches = {
    compare: choice('compare', ['remote', 'read-first'], 'remote'),
    keys: choice('keys', ['yes', 'no'], 'yes') === 'yes',
    rule: choice('rule', ['placed', 'paid', 'never', 'unknown'], 'unknown'),
    restores: restores === 'unknown' ? 'unknown' : restores === 'yes',
    adjust: choice('adjust', ['yes', 'no'], 'no') === 'yes',
    feedLagMs: milliseconds('feedLagMs', 0),
    maxFlightMs: milliseconds('maxFlightMs', 120_000),
  }
  if (switches.adjust && !switches.keys) throw new SettingsError('adjust', 'adjust-needs-keys')
  return switches
}

export const switched = (s: Switches): StockManners => ({
  compare: s.compare,
  keyMs: s.keys ? KEY_MS : 0,
  lowersItself: s.rule,
  restores: s.restores,
  adjust: s.adjust,
  feedLagMs: s.feedLagMs,
  maxFlightMs: s.maxFlightMs,
})
