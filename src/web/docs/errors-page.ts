/** /docs/errors: every code there is, in the reader's language. Each problem's `type` leads here. */
import { byStatus } from '../contract/about/refusals.ts'
import { type ProblemCode, problems } from '../contract/problems.ts'
import { isRetryable, remedies, remedyOf } from '../contract/remedies.ts'
import { LOCALES, type Locale, type Words } from '../contract/shared.ts'
import { type Html, html, words } from './html.ts'

const LANGUAGES: Record<Locale, string> = { sv: 'Svenska', nb: 'Norsk bokmål', da: 'Dansk', en: 'English' }
const w = (sv: string, nb: string, da: string, en: string): Words => ({ sv, nb, da, en })
export const errorsTitle = w('Fel och vad de betyder', 'Feil og hva de betyr', 'Fejl og hvad de betyder', 'Errors and what they mean')
const intro = w(
  'Ett nekat anrop svarar med problem+json. `code` är stabilt: bygg på det, inte på orden. `field` säger vilket fält felet gäller, `facts` vad orden är fyllda med, och `retryable` om samma anrop kan lyckas senare.',
  'Et avvist kall svarer med problem+json. `code` er stabilt: bygg på det, ikke på ordene. `field` sier hvilket felt feilen gjelder, `facts` hva ordene er fylt med, og `retryable` om det samme kallet kan lykkes senere.',
  'Et afvist kald svarer med problem+json. `code` er stabilt: byg på det, ikke på ordene. `field` siger, hvilket felt fejlen gælder, `facts` hvad ordene er fyldt med, og `retryable` om det samme kald kan lykkes senere.',
  'A refused call answers with problem+json. `code` is stable: build on it, not on the words. `field` says which field is to blame, `facts` what the words are filled with, and `retryable` whether the same request may succeed later.',
)
const again = w('kan skickas igen', 'kan sendes igjen', 'kan sendes igen', 'may be sent again')
const language = w('Språk', 'Språk', 'Sprog', 'Language')

const CODES = Object.keys(problems) as ProblemCode[]

export function errorsPage(locale: Locale): Html {
  return html`<h1>${errorsTitle[locale]}</h1>
<nav class="languages" aria-label="${language[locale]}">${LOCALES.map((each) => html`<a href="?lang=${each}" lang="${each}"${each === locale ? html` aria-current="true"` : null}>${LANGUAGES[each]}</a>`)}</nav>
<p>${words(intro[locale])}</p>
${byStatus(CODES).map(([status, codes]) => html`<h2 id="status-${status}">${status}</h2><dl class="codes">${codes.map((code) => oneCode(code, locale))}</dl>`)}`
}

const oneCode = (code: ProblemCode, locale: Locale): Html =>
  html`<div id="${code}"><dt><code>${code}</code>${isRetryable(code) ? html` <span class="must">${again[locale]}</span>` : null}</dt><dd>${problems[code].words[locale].replaceAll(/\{(\w+)\}/g, '…')}</dd><dd class="todo">${remedies[remedyOf[code]][locale]}</dd></div>`
