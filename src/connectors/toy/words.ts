/** Words for the codes that only a toy shop gives; those that every shop can give stand in the ui's words. */
import type { Words } from '../contract.ts'

export const words: Record<string, Words> = {
  'address-wrong': {
    sv: 'Skriv adressen som den står i webbläsaren, med https:// först.',
    nb: 'Skriv adressen slik den står i nettleseren, med https:// først.',
    da: 'Skriv adressen, som den står i browseren, med https:// først.',
    en: 'Write the address as it stands in the browser, with https:// first.',
  },
  'product-refused': {
    sv: 'Webshopen tog inte emot produkten.',
    nb: 'Nettbutikken tok ikke imot produktet.',
    da: 'Webshoppen tog ikke imod produktet.',
    en: 'The webshop didn’t take the product.',
  },
  'too-many-variants': {
    sv: 'Produkten har fler varianter än webshopen tar emot.',
    nb: 'Produktet har flere varianter enn nettbutikken tar imot.',
    da: 'Produktet har flere varianter, end webshoppen tager imod.',
    en: 'The product has more variants than the webshop takes.',
  },
  'product-gone': {
    sv: 'Produkten finns inte längre i webshopen.',
    nb: 'Produktet finnes ikke lenger i nettbutikken.',
    da: 'Produktet findes ikke længere i webshoppen.',
    en: 'The product isn’t in the webshop any more.',
  },
  'order-refused': {
    sv: 'Webshopen tog inte emot leveransen.',
    nb: 'Nettbutikken tok ikke imot leveringen.',
    da: 'Webshoppen tog ikke imod leveringen.',
    en: 'The webshop didn’t take the shipment.',
  },
  'less-left': {
    sv: 'I webshopen återstår färre att leverera.',
    nb: 'I nettbutikken gjenstår det færre å levere.',
    da: 'I webshoppen mangler der færre at blive leveret.',
    en: 'Fewer are left to ship in the webshop.',
  },
  'order-cancelled': {
    sv: 'Ordern är makulerad i webshopen.',
    nb: 'Ordren er kansellert i nettbutikken.',
    da: 'Ordren er annulleret i webshoppen.',
    en: 'The order is cancelled in the webshop.',
  },
  // toy only {
  'adjust-needs-keys': {
    sv: 'Det valet kräver att webshopen har nycklar för upprepade anrop.',
    nb: 'Det valget krever at nettbutikken har nøkler for gjentatte kall.',
    da: 'Det valg kræver, at webshoppen har nøgler til gentagne kald.',
    en: 'That choice needs a webshop with keys for repeated requests.',
  },
  // }
}
