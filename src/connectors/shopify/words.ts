/** Words for the codes that only Shopify gives: why a product can't go as it is, and what of it couldn't be done beside. */
import type { Words } from '../contract.ts'

export const words: Record<string, Words> = {
  'too-many-variants': {
    sv: 'Shopify tar emot högst 2 048 varianter av en produkt. Dela upp den i flera produkter.',
    nb: 'Shopify tar imot høyst 2 048 varianter av et produkt. Del det opp i flere produkter.',
    da: 'Shopify tager højst imod 2.048 varianter af et produkt. Del det op i flere produkter.',
    en: 'Shopify takes at most 2,048 variants of a product. Divide it into several products.',
  },
  'too-many-options': {
    sv: 'Shopify tar emot högst tre alternativ för en produkt, som storlek, färg och material. Ta bort ett här.',
    nb: 'Shopify tar imot høyst tre alternativer for et produkt, som størrelse, farge og materiale. Fjern ett her.',
    da: 'Shopify tager højst imod tre valgmuligheder for et produkt, som størrelse, farve og materiale. Fjern en her.',
    en: 'Shopify takes at most three options of a product, such as size, colour and material. Remove one here.',
  },
  'text-too-long': {
    sv: 'En text är längre än de 255 tecken som Shopify tar emot. Korta av namnet, leverantören eller alternativet.',
    nb: 'En tekst er lengre enn de 255 tegnene Shopify tar imot. Kort ned navnet, leverandøren eller alternativet.',
    da: 'En tekst er længere end de 255 tegn, Shopify tager imod. Forkort navnet, leverandøren eller valgmuligheden.',
    en: 'A text is longer than the 255 characters Shopify takes. Shorten the name, the vendor or the option.',
  },
  'options-missing': {
    sv: 'Produkten har flera varianter men inget alternativ som skiljer dem åt. Lägg till ett, till exempel Storlek.',
    nb: 'Produktet har flere varianter, men ikke noe alternativ som skiller dem. Legg til ett, for eksempel Størrelse.',
    da: 'Produktet har flere varianter, men ingen valgmulighed, der adskiller dem. Tilføj en, for eksempel Størrelse.',
    en: 'The product has several variants but no option that tells them apart. Add one, for example Size.',
  },
  'option-value-missing': {
    sv: 'En variant saknar värde för ett av produktens alternativ. Fyll i det på artikeln.',
    nb: 'En variant mangler verdi for et av produktets alternativer. Fyll det ut på varen.',
    da: 'En variant mangler værdi for en af produktets valgmuligheder. Udfyld den på varen.',
    en: 'A variant has no value for one of the product’s options. Fill it in on the article.',
  },
  'variants-alike': {
    sv: 'Två varianter har samma val, till exempel samma storlek och färg. Shopify måste kunna skilja dem åt.',
    nb: 'To varianter har samme valg, for eksempel samme størrelse og farge. Shopify må kunne skille dem fra hverandre.',
    da: 'To varianter har samme valg, for eksempel samme størrelse og farve. Shopify skal kunne kende forskel på dem.',
    en: 'Two variants have the same choices, for example the same size and colour. Shopify must be able to tell them apart.',
  },
  'variant-there': {
    sv: 'I Shopify finns redan en variant med samma val men med ett annat artikelnummer (SKU). Ge den samma SKU som här, eller ta bort den där.',
    nb: 'I Shopify finnes det allerede en variant med de samme valgene, men med et annet varenummer (SKU). Gi den samme SKU som her, eller slett den der.',
    da: 'I Shopify findes der allerede en variant med de samme valg, men med et andet varenummer (SKU). Giv den samme SKU som her, eller slet den der.',
    en: 'Shopify already has a variant with the same choices but another article number (SKU). Give it the same SKU as here, or delete it there.',
  },
  'options-differ': {
    sv: 'Produkten har andra alternativ i Shopify än här, så nya varianter kan inte läggas till. Ge alternativen samma namn på båda ställena.',
    nb: 'Produktet har andre alternativer i Shopify enn her, så nye varianter kan ikke legges til. Gi alternativene samme navn begge steder.',
    da: 'Produktet har andre valgmuligheder i Shopify end her, så nye varianter kan ikke tilføjes. Giv valgmulighederne samme navn begge steder.',
    en: 'The product has other options in Shopify than here, so new variants can’t be added. Give the options the same names in both places.',
  },
  'currency-differs': {
    sv: 'Shopifybutiken har en annan valuta än priserna här. Inget pris skickas förrän de är lika.',
    nb: 'Shopify-butikken har en annen valuta enn prisene her. Ingen priser sendes før de er like.',
    da: 'Shopify-butikken har en anden valuta end priserne her. Ingen priser sendes, før de er ens.',
    en: 'The Shopify shop has another currency than the prices here. No price is sent until they are the same.',
  },
  'price-refused': {
    sv: 'Shopify tog inte emot priset. Kontrollera att det inte är negativt eller orimligt högt.',
    nb: 'Shopify tok ikke imot prisen. Kontroller at den ikke er negativ eller urimelig høy.',
    da: 'Shopify tog ikke imod prisen. Kontrollér, at den ikke er negativ eller urimeligt høj.',
    en: 'Shopify didn’t take the price. Check that it isn’t negative or unreasonably high.',
  },
  'product-suspended': {
    sv: 'Shopify har spärrat produkten. Öppna den i Shopify Admin, där står varför.',
    nb: 'Shopify har sperret produktet. Åpne det i Shopify Admin, der står det hvorfor.',
    da: 'Shopify har spærret produktet. Åbn det i Shopify Admin, hvor der står hvorfor.',
    en: 'Shopify has suspended the product. Open it in Shopify Admin, where it says why.',
  },
  'product-refused': {
    sv: 'Shopify tog inte emot produkten.',
    nb: 'Shopify tok ikke imot produktet.',
    da: 'Shopify tog ikke imod produktet.',
    en: 'Shopify didn’t take the product.',
  },
  'variants-a-day': {
    sv: 'Shopify tar emot högst 1 000 nya varianter om dagen i en så stor butik. Försök igen i morgon.',
    nb: 'Shopify tar imot høyst 1 000 nye varianter om dagen i en så stor butikk. Prøv igjen i morgen.',
    da: 'Shopify tager højst imod 1.000 nye varianter om dagen i så stor en butik. Prøv igen i morgen.',
    en: 'Shopify takes at most 1,000 new variants a day in a shop this large. Try again tomorrow.',
  },
  'not-published': {
    sv: 'Produkten finns i Shopify men visas inte för kunder. Ge appen rättigheten Publiceringar (write_publications), eller publicera produkten i Shopify.',
    nb: 'Produktet finnes i Shopify, men vises ikke for kundene. Gi appen tillatelsen Publiseringer (write_publications), eller publiser produktet i Shopify.',
    da: 'Produktet findes i Shopify, men vises ikke for kunderne. Giv appen rettigheden Publiceringer (write_publications), eller publicér produktet i Shopify.',
    en: 'The product is in Shopify but isn’t shown to customers. Give the app the right to publications (write_publications), or publish the product in Shopify.',
  },
  'image-failed': {
    sv: 'En bild kunde inte visas i Shopify: den kunde inte läsas där. Byt ut den här.',
    nb: 'Et bilde kunne ikke vises i Shopify: det lot seg ikke lese der. Bytt det ut her.',
    da: 'Et billede kunne ikke vises i Shopify: det kunne ikke læses dér. Skift det ud her.',
    en: 'A picture couldn’t be shown in Shopify: it couldn’t be read there. Replace it here.',
  },
  'too-many-images': {
    sv: 'Shopify tar emot högst 250 bilder av en produkt. De sista skickades inte.',
    nb: 'Shopify tar imot høyst 250 bilder av et produkt. De siste ble ikke sendt.',
    da: 'Shopify tager højst imod 250 billeder af et produkt. De sidste blev ikke sendt.',
    en: 'Shopify takes at most 250 pictures of a product. The last ones weren’t sent.',
  },
  'images-not-allowed': {
    sv: 'Bilderna skickades inte: appen saknar rättigheten Filer (write_files).',
    nb: 'Bildene ble ikke sendt: appen mangler tillatelsen Filer (write_files).',
    da: 'Billederne blev ikke sendt: appen mangler rettigheden Filer (write_files).',
    en: 'The pictures weren’t sent: the app lacks the right to files (write_files).',
  },
  'archived-there': {
    sv: 'Produkten är arkiverad i Shopify och förblir det. Ta den ur arkivet där om den ska säljas.',
    nb: 'Produktet er arkivert i Shopify og forblir det. Ta det ut av arkivet der hvis det skal selges.',
    da: 'Produktet er arkiveret i Shopify og forbliver det. Tag det ud af arkivet der, hvis det skal sælges.',
    en: 'The product is archived in Shopify and stays so. Take it out of the archive there if it is to be sold.',
  },
  'part-of-product': {
    sv: 'Artikeln är en av flera varianter av en produkt i Shopify. Pris, streckkod och SKU skickas; produktens namn, status och beskrivning ändras inte.',
    nb: 'Varen er en av flere varianter av et produkt i Shopify. Pris, strekkode og SKU sendes; produktets navn, status og beskrivelse endres ikke.',
    da: 'Varen er en af flere varianter af et produkt i Shopify. Pris, stregkode og SKU sendes; produktets navn, status og beskrivelse ændres ikke.',
    en: 'The article is one of several variants of a product in Shopify. Price, barcode and SKU are sent; the product’s name, status and description aren’t changed.',
  },
  'options-kept': {
    sv: 'Alternativen heter något annat i Shopify och står kvar som de är där.',
    nb: 'Alternativene heter noe annet i Shopify og står som de er der.',
    da: 'Valgmulighederne hedder noget andet i Shopify og står, som de er der.',
    en: 'The options are called something else in Shopify and stay as they are there.',
  },
}
