/** What people paste into the settings, and what is said to each mix-up. */
import { describe, expect, test } from 'vitest'
import { SettingsError } from '../../src/connectors/contract.ts'
import { guide, needs } from '../../src/connectors/shopify/guide.ts'
import { settings } from '../../src/connectors/shopify/settings.ts'

const HEX = '0123456789abcdef0123456789abcdef'
const good = { shop: 'min-butik.myshopify.com', clientId: HEX, clientSecret: 'shpss_0123456789' }
const refused = (change: Record<string, string>): string => {
  try {
    settings.parse({ ...good, ...change })
  } catch (error) {
    if (error instanceof SettingsError) return `${error.field}: ${error.code}`
    throw error
  }
  return 'taken'
}

test.each([
  'min-butik',
  'Min-Butik.myshopify.com',
  ' min-butik.myshopify.com/ ',
  'https://min-butik.myshopify.com/admin/settings/locations/57770000111',
  'https://admin.shopify.com/store/min-butik/products?selectedView=all',
  'admin.shopify.com/store/min-butik',
])('the address %s is taken', (shop) => {
  expect(settings.parse({ ...good, shop })).toMatchObject({ shop: 'min-butik.myshopify.com', origin: 'https://min-butik.myshopify.com', isSimulator: false })
})
test('a simulator on this machine keeps its port', () => {
  expect(settings.parse({ ...good, shop: 'http://127.0.0.1:4720/' })).toMatchObject({ origin: 'http://127.0.0.1:4720', isSimulator: true })
})
test.each([
  [{ shop: '' }, 'shop: required'],
  [{ shop: 'anna@butik.se' }, 'shop: email-pasted-as-address'],
  [{ shop: 'www.minbutik.se' }, 'shop: shop-address-own-domain'],
  [{ shop: 'https://admin.shopify.com/settings' }, 'shop: shop-address-wrong'],
  [{ shop: 'min butik' }, 'shop: shop-address-wrong'],
  [{ shop: 'evil.com/min-butik.myshopify.com' }, 'shop: shop-address-own-domain'],
  [{ shop: 'shpat_0123' }, 'shop: secret-pasted-as-address'],
  [{ accessToken: 'shpss_0123456789' }, 'accessToken: secret-pasted-as-token'],
  [{ accessToken: HEX }, 'accessToken: key-pasted-as-token'],
  [{ accessToken: 'anna@butik.se' }, 'accessToken: email-pasted-as-token'],
  [{ accessToken: 'https://min-butik.myshopify.com' }, 'accessToken: address-pasted-as-token'],
  [{ accessToken: 'abc' }, 'accessToken: token-wrong-kind'],
  [{ clientId: '' }, 'clientId: client-id-missing'],
  [{ clientId: '', clientSecret: '' }, 'clientId: required'],
  [{ clientId: 'shpss_0123456789' }, 'clientId: secret-pasted-as-client-id'],
  [{ clientId: 'shpat_0123456789' }, 'clientId: token-pasted-as-client-id'],
  [{ clientSecret: '' }, 'clientSecret: client-secret-missing'],
  [{ clientSecret: 'shpat_0123456789' }, 'clientSecret: token-pasted-as-secret'],
  [{ clientSecret: HEX }, 'clientSecret: client-id-pasted-as-secret'],
  [{ previousSecret: 'shpat_0123456789' }, 'previousSecret: token-pasted-as-secret'],
  [{ quantityName: 'committed' }, 'quantityName: not-an-option'],
])('%j is refused: %s', (change, said) => {
  expect(refused(change as Record<string, string>)).toBe(said)
})
test('T2: what was typed is in no refusal', () => {
  try {
    settings.parse({ ...good, accessToken: 'shpss_0123456789' })
    expect.fail('taken')
  } catch (error) {
    expect(`${String(error)}${JSON.stringify(error)}`).not.toContain('0123456789')
  }
})
test('a token alone is enough to sell, a secret is needed for hooks', () => {
  expect(settings.parse({ shop: 'min-butik', accessToken: 'shpat_0123456789' })).toMatchObject({
    access: { kind: 'token' },
    hookSecrets: [],
    quantityName: 'available',
  })
  expect(settings.parse({ ...good, previousSecret: 'shpss_before' }).hookSecrets).toEqual(['shpss_0123456789', 'shpss_before'])
})
describe("EasyCashier's guide for Shopify", () => {
  test('has its four steps and says first who may do it; Tellix’s rights for products come last', () => {
    expect(guide.map((step) => step.button)).toEqual(['check', 'map-places', 'activate', 'subscribe', null])
    for (const words of Object.values(guide.at(-1)?.words ?? {}))
      for (const scope of ['read_products', 'write_products', 'write_files', 'read_publications', 'write_publications', 'API secret key']) expect(words).toContain(scope)
    const first = guide[0]?.words
    expect(needs.sv).toContain('administrativ åtkomst')
    for (const words of Object.values(first ?? {}))
      for (const scope of ['read_inventory', 'write_inventory', 'read_orders', 'read_locations', 'read_merchant_managed_fulfillment_orders']) expect(words).toContain(scope)
    expect(guide[1]?.menuPath?.sv).toBe('Shopify Admin > Inställningar > Platser')
  })
})
