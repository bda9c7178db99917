/** Words for the codes that only an Abicart shop gives; those that every shop can give stand in the ui's words. */
import type { Words } from '../contract.ts'

const w = (sv: string, nb: string, da: string, en: string): Words => ({ sv, nb, da, en })

export const words: Record<string, Words> = {
  'email-pasted-as-api-key': w(
    'Det ser ut som en e-postadress. Här ska API-nyckeln stå.',
    'Det ser ut som en e-postadresse. Her skal API-nøkkelen stå.',
    'Det ligner en e-mailadresse. Her skal API-nøglen stå.',
    'That looks like an e-mail address. The API key belongs here.',
  ),
  'address-pasted-as-api-key': w(
    'Det där är en adress. Här ska API-nyckeln stå.',
    'Det der er en adresse. Her skal API-nøkkelen stå.',
    'Det der er en adresse. Her skal API-nøglen stå.',
    'That is an address. The API key belongs here.',
  ),
  'shop-id-pasted-as-api-key': w(
    'Det ser ut som butiks-ID:t. Här ska API-nyckeln stå, den är mycket längre.',
    'Det ser ut som butikk-ID-en. Her skal API-nøkkelen stå, den er mye lengre.',
    'Det ligner butiks-id’et. Her skal API-nøglen stå, den er meget længere.',
    'That looks like the shop ID. The API key belongs here; it is much longer.',
  ),
  'api-key-wrong-kind': w(
    'Det ser inte ut som en API-nyckel. Kopiera den en gång till, hela och utan mellanslag.',
    'Det ser ikke ut som en API-nøkkel. Kopier den en gang til, hele og uten mellomrom.',
    'Det ligner ikke en API-nøgle. Kopiér den en gang til, hele nøglen og uden mellemrum.',
    'That does not look like an API key. Copy it once more, all of it and without spaces.',
  ),
  'api-key-pasted-as-shop-id': w(
    'Det ser ut som API-nyckeln. Butiks-ID:t är ett kort nummer.',
    'Det ser ut som API-nøkkelen. Butikk-ID-en er et kort nummer.',
    'Det ligner API-nøglen. Butiks-id’et er et kort nummer.',
    'That looks like the API key. The shop ID is a short number.',
  ),
  'shop-id-wrong-kind': w(
    'Skriv bara butikens nummer, till exempel 49251. Det står bredvid butikens namn högst upp i Abicart.',
    'Skriv bare butikkens nummer, for eksempel 49251. Det står ved siden av butikkens navn øverst i Abicart.',
    'Skriv kun butikkens nummer, for eksempel 49251. Det står ved siden af butikkens navn øverst i Abicart.',
    "Write the shop's number alone, for example 49251. It stands beside the shop's name at the top of Abicart.",
  ),
  'api-address-wrong': w(
    'Det är ingen adress. Lämna fältet tomt om du är osäker.',
    'Det er ingen adresse. La feltet stå tomt hvis du er usikker.',
    'Det er ingen adresse. Lad feltet være tomt, hvis du er i tvivl.',
    'That is no address. Leave the field empty when unsure.',
  ),
  'api-address-not-https': w(
    'Adressen ska börja med https://, annars kan nyckeln läsas på vägen.',
    'Adressen skal begynne med https://, ellers kan nøkkelen leses på veien.',
    'Adressen skal begynde med https://, ellers kan nøglen læses undervejs.',
    'The address must begin with https://, or the key could be read on its way.',
  ),
  'shop-id-missing': w(
    'Abicart fick inget butiks-ID. Fyll i det i steg 1 i guiden.',
    'Abicart fikk ingen butikk-ID. Fyll den inn i trinn 1 i guiden.',
    'Abicart fik intet butiks-id. Udfyld det i trin 1 i guiden.',
    'Abicart was given no shop ID. Fill it in, in step 1 of the guide.',
  ),
  'shop-id-wrong': w(
    'Abicart har ingen butik med det ID:t. Numret står bredvid butikens namn högst upp i Abicart.',
    'Abicart har ingen butikk med den ID-en. Nummeret står ved siden av butikkens navn øverst i Abicart.',
    'Abicart har ingen butik med det id. Nummeret står ved siden af butikkens navn øverst i Abicart.',
    "Abicart has no shop with that ID. The number stands beside the shop's name at the top of Abicart.",
  ),
  'api-closed': w(
    'Abicart släpper inte in nyckeln. Ibland måste API:et öppnas för butiken: fråga Abicarts support om det ingår i din plan, och be dem slå på det.',
    'Abicart slipper ikke inn nøkkelen. Noen ganger må API-et åpnes for butikken: spør Abicarts support om det inngår i planen din, og be dem slå det på.',
    'Abicart lukker ikke nøglen ind. Nogle gange skal API’et åbnes for butikken: spørg Abicarts support, om det er med i din plan, og bed dem slå det til.',
    "Abicart does not let the key in. Sometimes the API has to be opened for the shop: ask Abicart's support whether your plan includes it, and have it switched on.",
  ),
  'sub-shop': w(
    'Den här butiken hör till en annan butik i Abicart, och artiklarna ligger där. Anslut toppbutiken i stället: dess butiks-ID och en API-nyckel därifrån. {{parent}}',
    'Denne butikken hører til en annen butikk i Abicart, og varene ligger der. Koble til toppbutikken i stedet: dens butikk-ID og en API-nøkkel derfra. {{parent}}',
    'Denne butik hører til en anden butik i Abicart, og varerne ligger der. Tilslut topbutikken i stedet: dens butiks-id og en API-nøgle derfra. {{parent}}',
    'This shop belongs to another shop in Abicart, which holds the articles. Connect the top-level shop instead: its shop ID and an API key from there. {{parent}}',
  ),
  'api-not-there': w(
    'På den adressen svarar inte Abicart. Lämna API-adressen tom i steg 1.',
    'Abicart svarer ikke på den adressen. La API-adressen stå tom i trinn 1.',
    'Abicart svarer ikke på den adresse. Lad API-adressen være tom i trin 1.',
    'Abicart does not answer at that address. Leave the API address empty in step 1.',
  ),
  'method-missing': w(
    'Abicart känner inte igen det vi frågade om. Se svaret under Anrop.',
    'Abicart kjenner ikke igjen det vi spurte om. Se svaret under Kall.',
    'Abicart genkender ikke det, vi spurgte om. Se svaret under Kald.',
    'Abicart does not know what we asked for. See the answer under Calls.',
  ),
  'params-refused': w(
    'Abicart tog inte emot frågan: {{said}}',
    'Abicart tok ikke imot spørsmålet: {{said}}',
    'Abicart tog ikke imod spørgsmålet: {{said}}',
    'Abicart did not take the question: {{said}}',
  ),
  'validation-refused': w(
    'Abicart godkände inte värdet: {{said}}',
    'Abicart godkjente ikke verdien: {{said}}',
    'Abicart godkendte ikke værdien: {{said}}',
    'Abicart did not accept the value: {{said}}',
  ),
  'object-gone': w('Det finns inte längre i Abicart.', 'Det finnes ikke lenger i Abicart.', 'Det findes ikke længere i Abicart.', 'It is no longer there in Abicart.'),
  'shop-refused': w(
    'Abicart sade nej ({{code}}): {{said}}',
    'Abicart sa nei ({{code}}): {{said}}',
    'Abicart sagde nej ({{code}}): {{said}}',
    'Abicart said no ({{code}}): {{said}}',
  ),
  'reads-variants': w('Läser webshopens varianter.', 'Leser nettbutikkens varianter.', 'Læser webshoppens varianter.', "Reading the webshop's variants."),
}
