/** Every remote system the product can speak with, by its code. */
import type { Connector } from './contract.ts'
import { shopify } from './shopify/shopify.ts'
import { toy } from './toy/toy.ts'

export const connectors: Record<string, Connector<unknown>> = { shopify, toy }
