/** The toy shop's guide: the same steps as a real one, so that the page that shows guides can be tried without a real shop. */
import type { GuideStep, Words } from '../contract.ts'

export const needs: Words = {
  sv: 'Du behöver få skapa nycklar i butiken.',
  nb: 'Du må ha lov til å lage nøkler i butikken.',
  da: 'Du skal have lov til at oprette nøgler i butikken.',
  en: 'You must be allowed to make keys in the shop.',
}

export const guide: GuideStep[] = [
  {
    code: 'key',
    title: { sv: 'Skapa en API-nyckel', nb: 'Lag en API-nøkkel', da: 'Opret en API-nøgle', en: 'Make an API key' },
    words: {
      sv: 'Skapa en nyckel i butiken och klistra in den här tillsammans med butikens adress.',
      nb: 'Lag en nøkkel i butikken og lim den inn her sammen med butikkens adresse.',
      da: 'Opret en nøgle i butikken, og indsæt den her sammen med butikkens adresse.',
      en: "Make a key in the shop and paste it here with the shop's address.",
    },
    menuPath: { sv: 'Inställningar > API', nb: 'Innstillinger > API', da: 'Indstillinger > API', en: 'Settings > API' },
    fields: ['address', 'token', 'hookSecret', 'fulfilled'],
    button: 'check',
    doneWhen: ['credentials', 'rights'],
  },
  // toy only {
  {
    code: 'manners',
    title: { sv: 'Berätta hur butiken räknar', nb: 'Fortell hvordan butikken teller', da: 'Fortæl, hvordan butikken tæller', en: 'Say how the shop counts' },
    words: {
      sv: 'Är du osäker, välj "Vet inte": då kontrollerar vi oftare i stället för att gissa.',
      nb: 'Er du usikker, velg "Vet ikke": da kontrollerer vi oftere i stedet for å gjette.',
      da: 'Er du i tvivl, så vælg "Ved ikke": så kontrollerer vi oftere i stedet for at gætte.',
      en: 'If unsure, choose "Don\'t know": we then check more often instead of guessing.',
    },
    menuPath: null,
    fields: ['compare', 'keys', 'rule', 'restores', 'adjust', 'feedLagMs', 'maxFlightMs'],
    button: 'check',
    doneWhen: ['credentials'],
  },
  // }
  {
    code: 'places',
    title: { sv: 'Para ihop lagerställen', nb: 'Koble sammen lagersteder', da: 'Forbind lagersteder', en: 'Pair the places' },
    words: {
      sv: 'Välj vilket av dina lagerställen som hör till vilket i butiken.',
      nb: 'Velg hvilket av dine lagersteder som hører til hvilket i butikken.',
      da: 'Vælg, hvilket af dine lagersteder der hører til hvilket i butikken.',
      en: "Choose which of your places belongs to which of the shop's.",
    },
    menuPath: null,
    fields: [],
    button: 'map-places',
    doneWhen: ['places'],
  },
  {
    code: 'activate',
    title: { sv: 'Starta', nb: 'Start', da: 'Start', en: 'Start' },
    words: {
      sv: 'Öppna order tas in som reserverade.',
      nb: 'Åpne ordrer tas inn som reserverte.',
      da: 'Åbne ordrer tages ind som reserverede.',
      en: 'Open orders are taken in as reserved.',
    },
    menuPath: null,
    fields: [],
    button: 'activate',
    doneWhen: ['active'],
  },
  {
    code: 'subscribe',
    title: { sv: 'Ta emot meddelanden', nb: 'Ta imot meldinger', da: 'Modtag beskeder', en: 'Receive messages' },
    words: {
      sv: 'Butiken berättar när något ändras. Utan meddelanden frågar vi i stället varje minut.',
      nb: 'Butikken sier fra når noe endres. Uten meldinger spør vi i stedet hvert minutt.',
      da: 'Butikken siger til, når noget ændres. Uden beskeder spørger vi i stedet hvert minut.',
      en: 'The shop tells us when something changes. Without messages we ask every minute instead.',
    },
    menuPath: null,
    fields: [],
    button: 'subscribe',
    doneWhen: ['subscribed'],
  },
  {
    code: 'match',
    title: { sv: 'Synka webshop artikel-ID', nb: 'Synkroniser nettbutikkens vare-ID', da: 'Synkronisér webshop vare-ID', en: 'Sync webshop article IDs' },
    words: {
      sv: 'En artikel hör ihop med butikens när artikelnumret är exakt lika.',
      nb: 'En artikkel hører sammen med butikkens når artikkelnummeret er nøyaktig likt.',
      da: 'En artikel hører sammen med butikkens, når varenummeret er helt ens.',
      en: "An article belongs to the shop's when the article number is exactly the same.",
    },
    menuPath: null,
    fields: [],
    button: 'match',
    doneWhen: ['matched'],
  },
]
