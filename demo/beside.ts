/** A demo company made through the product's own API: alone, or as another company beside the one that stands. */
import type { Locale } from '../src/web/contract/shared.ts'
import { askProduct } from './ask.ts'
import type { SignIn } from './shops.ts'

export interface Newcomer {
  company: { name: string; country: 'DK' | 'NO' }
  store: string
  owner: SignIn & { name: string; locale: Locale }
  scopes: readonly (typeof SCOPES)[number][]
}
const SCOPES = ['articles:read', 'articles:write', 'stock:read', 'stock:write', 'orders:read', 'orders:write', 'connections:read', 'connections:write'] as const

/** Answers a key for what comes after. `neighbour`: who owns the company that is here already; null = nobody, it is the first. */
export async function makeBeside(address: string, { company, store, owner, scopes }: Newcomer, neighbour: SignIn | null): Promise<string> {
  const { api } = askProduct(address)
  const wanted = { name: 'Demo', scopes: [...scopes] }
  if (neighbour === null) {
    await api('setup.make', { body: { company, owner, location: { name: store } } })
    return (await api('keys.make', { body: wanted })).key
  }
  await api('session.open', { body: { email: neighbour.email, password: neighbour.password } })
  const { keys } = await api('company.from-template', { body: { company, owner, locations: [{ name: store }], keys: [wanted], vatRates: [], connections: [], views: [] } })
  return keys[0]?.key ?? ''
}
