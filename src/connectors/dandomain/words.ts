/** Words for the codes that only a DanDomain Webshop gives; those that every shop can give stand in the ui's words. */
import type { Words } from '../contract.ts'

const w = (sv: string, nb: string, da: string, en: string): Words => ({ sv, nb, da, en })

export const words: Record<string, Words> = {
  'shop-number-pasted-as-username': w(
    'Det ser ut som webshopens nummer. Här ska API-användarens e-postadress stå.',
    'Det ser ut som nettbutikkens nummer. Her skal API-brukerens e-postadresse stå.',
    'Det ligner webshoppens nummer. Her skal API-brugerens e-mailadresse stå.',
    "That looks like the webshop's number. The API user's e-mail address belongs here.",
  ),
  'username-no-email': w(
    'API-användarens användarnamn är en e-postadress. Kopiera den från medarbetaren i webshopen.',
    'API-brukerens brukernavn er en e-postadresse. Kopier den fra medarbeideren i nettbutikken.',
    'API-brugerens brugernavn er en e-mailadresse. Kopiér den fra medarbejderen i webshoppen.',
    "The API user's name is an e-mail address. Copy it from the employee in the webshop.",
  ),
  'statuses-wrong': w(
    'Skriv statusarnas nummer med komma emellan, till exempel 3, 8. Status 0 och 1 kan det inte vara.',
    'Skriv statusenes numre med komma mellom, for eksempel 3, 8. Status 0 og 1 kan det ikke være.',
    'Skriv statussernes numre med komma imellem, for eksempel 3, 8. Det kan ikke være status 0 og 1.',
    'Write the numbers of the statuses with commas between, for example 3, 8. It cannot be status 0 or 1.',
  ),
  'service-address-wrong': w(
    'Det är ingen adress. Lämna fältet tomt om du är osäker.',
    'Det er ingen adresse. La feltet stå tomt hvis du er usikker.',
    'Det er ingen adresse. Lad feltet være tomt, hvis du er i tvivl.',
    'That is no address. Leave the field empty when unsure.',
  ),
  'service-address-not-https': w(
    'Adressen ska börja med https://, annars kan lösenordet läsas på vägen.',
    'Adressen skal begynne med https://, ellers kan passordet leses på veien.',
    'Adressen skal begynde med https://, ellers kan adgangskoden læses undervejs.',
    'The address must begin with https://, or the password could be read on its way.',
  ),
  'login-wrong': w(
    'Webshopen släpper inte in användaren. Kontrollera e-postadressen och lösenordet, och att SOAP är påslaget under Indstillinger > API.',
    'Nettbutikken slipper ikke inn brukeren. Kontroller e-postadressen og passordet, og at SOAP er slått på under Indstillinger > API.',
    'Webshoppen lukker ikke brugeren ind. Kontrollér e-mailadressen og adgangskoden, og at SOAP er slået til under Indstillinger > API.',
    'The webshop does not let the user in. Check the e-mail address and the password, and that SOAP is switched on under Indstillinger > API.',
  ),
  'session-lost': w(
    'Webshopen avslutade inloggningen mitt i. Vi loggar in igen.',
    'Nettbutikken avsluttet innloggingen midt i. Vi logger inn igjen.',
    'Webshoppen afsluttede login undervejs. Vi logger ind igen.',
    'The webshop ended the sign-in in the middle. We sign in again.',
  ),
  'service-not-there': w(
    'På den adressen svarar inte webshopens API. Lämna API-adressen tom i steg 1.',
    'Nettbutikkens API svarer ikke på den adressen. La API-adressen stå tom i trinn 1.',
    'Webshoppens API svarer ikke på den adresse. Lad API-adressen være tom i trin 1.',
    "The webshop's API does not answer at that address. Leave the API address empty in step 1.",
  ),
  'asked-wrong': w(
    'Webshopen tog inte emot frågan ({{code}}): {{said}}',
    'Nettbutikken tok ikke imot spørsmålet ({{code}}): {{said}}',
    'Webshoppen tog ikke imod spørgsmålet ({{code}}): {{said}}',
    'The webshop did not take the question ({{code}}): {{said}}',
  ),
  'invoice-refused': w(
    'Webshopen tog inte emot fakturan: {{said}}',
    'Nettbutikken tok ikke imot fakturaen: {{said}}',
    'Webshoppen tog ikke imod fakturaen: {{said}}',
    'The webshop did not take the invoice: {{said}}',
  ),
  'not-a-pdf': w('Fakturan är ingen PDF.', 'Fakturaen er ingen PDF.', 'Fakturaen er ikke en PDF.', 'The invoice is no PDF.'),
  'pdf-too-large': w(
    'Fakturans PDF är för stor för webshopen.',
    'Fakturaens PDF er for stor for nettbutikken.',
    'Fakturaens PDF er for stor til webshoppen.',
    'The invoice PDF is too large for the webshop.',
  ),
  'pdf-not-text': w(
    'Den här PDF:en kan inte skickas som den är. Välj Base64 i steg 3 i guiden.',
    'Denne PDF-en kan ikke sendes som den er. Velg Base64 i trinn 3 i guiden.',
    'Denne PDF kan ikke sendes, som den er. Vælg Base64 i trin 3 i guiden.',
    'This PDF cannot be sent as it is. Choose Base64 in step 3 of the guide.',
  ),
}
