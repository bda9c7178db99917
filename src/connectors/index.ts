/** Every remote system the product can speak with, by its code: one line each. `import * as connectors` is the list. */
export { abicart } from './abicart/abicart.ts'
export { dandomain } from './dandomain/dandomain.ts'
export { economic } from './economic/economic.ts'
export { shopify } from './shopify/shopify.ts'
export { toy } from './toy/toy.ts'
