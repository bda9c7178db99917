/** The page a person in the demo uses: what stands there, and what its buttons do. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { stillTime } from '../shopify/asking.ts'
import { type DandomainSim, startDandomain } from './dandomain.ts'

let sim: DandomainSim
beforeEach(async () => {
  sim = await startDandomain({ clock: stillTime(), locations: [1, 2] })
  sim.shop.addProducts([
    { itemNumber: '0071', title: 'Hue <rød>', stock: 5 },
    { itemNumber: 'T', title: 'Trøje', variants: [{ itemNumber: 'T-S', title: 'S', locations: { 1: 2, 2: 3 } }] },
  ])
})
afterEach(() => sim.close())
const page = async (query = '') => (await fetch(`${sim.address}/${query}`)).text()
const press = async (what: string, fields: Record<string, string>) => {
  const response = await fetch(`${sim.address}/admin/${what}`, { method: 'POST', body: new URLSearchParams(fields) })
  return { status: response.status, text: await response.text() }
}

test('shows products with their variants and places, and what is looked for; text is never taken for a tag', async () => {
  const text = await page()
  for (const shown of ['shop49251', sim.credentials.username, 'Hue &lt;rød&gt;', 'T-S', 'varianter', 'Ingen ordrer endnu', 'lokation 2:']) expect(text).toContain(shown)
  expect(await page('?q=t-s')).not.toContain('Hue')
  expect(await page('?q=nothing')).toContain('Ingen produkter')
})
test('its buttons place, edit, credit and give an order a status, change the stock, and make a webhook', async () => {
  const { cell } = sim.shop.goods({ itemNumber: 'T-S' })
  expect(await press('koeb', { cell, antal: '2' })).toMatchObject({ status: 200, text: expect.stringContaining('1001') })
  expect((await press('koeb', { cell, antal: '9' })).text).toContain('findes ikke i det antal')
  await press('ret', { order: '1001', cell, antal: '1' })
  expect(sim.stockAt(cell, 1)).toBe(1)
  expect((await press('status', { order: '1001', status: '3' })).text).toContain('Afsendt')
  expect((await press('kreditnota', { order: '1001' })).text).toContain('kreditnota til ordre 1001')
  await press('lager', { cell, antal: '9', lokation: '2' })
  expect(sim.stockAt(cell, 2)).toBe(9)
  expect((await press('webhook', { emne: 'orders/created', url: 'https://lager.example/x' })).text).toContain('https://lager.example/x')
  await press('slet-webhook', { id: String(sim.shop.webhooks()[0]?.id) })
  expect(sim.shop.webhooks()).toEqual([])
  await press('noegle', { noegle: 'ny' })
  expect(sim.credentials.hookSecret).toBe('ny')
  expect((await press('flyt', {})).status).toBe(404)
})
