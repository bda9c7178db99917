/** The page a person in the demo uses: what stands there, and what its buttons do. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { stillTime } from '../shopify/asking.ts'
import { type AbicartSim, startAbicart } from './abicart.ts'

let sim: AbicartSim
beforeEach(async () => {
  sim = await startAbicart({ clock: stillTime() })
  sim.shop.addArticles([
    { articleNumber: '0071', name: 'Mössa <röd>', stock: 5 },
    { articleNumber: 'T', name: 'Tröja', choices: { Storlek: ['S'] }, variants: [{ options: ['S'], articleNumber: 'T-S', stock: 2 }] },
  ])
})
afterEach(() => sim.close())
const page = async (query = '') => (await fetch(`${sim.address}/${query}`)).text()
const press = async (what: string, fields: Record<string, string>) => {
  const response = await fetch(`${sim.address}/admin/${what}?butik=49251`, { method: 'POST', body: new URLSearchParams(fields) })
  return { status: response.status, text: await response.text() }
}
const stock = (articleNumber: string) => sim.shop.stock({ articleNumber })

test('shows shop id and key, articles with their variants, and what is looked for; text is never taken for a tag', async () => {
  const text = await page()
  for (const shown of ['<b>49251</b>', sim.credentials.key, 'Mössa &lt;röd&gt;', 'T-S', 'kundens val', 'Inga ordrar än']) expect(text).toContain(shown)
  expect(await page('?q=t-s')).not.toContain('Mössa')
  expect(await page('?q=nothing')).toContain('Inga artiklar')
})
test('its buttons place, edit, pay, send, discard and bring back an order, and change the stock', async () => {
  const { cell } = sim.shop.goods({ articleNumber: 'T-S' })
  expect(await press('kop', { cell, antal: '2' })).toMatchObject({ status: 200, text: expect.stringContaining('1001') })
  expect(stock('T-S')).toBe(0)
  expect((await press('kop', { cell, antal: '1' })).text).toContain('Tröja finns inte i det antalet')
  const order = String(sim.shop.orders()[0]?.uid)
  await press('andra', { order, cell, antal: '1' })
  expect(stock('T-S')).toBe(1)
  await press('skickad', { order })
  expect((await press('betald', { order })).text).toContain('Betald, skickad')
  expect((await press('makulera', { order })).text).toContain('Makulerad')
  expect(stock('T-S')).toBe(2)
  await press('angra', { order })
  expect(stock('T-S')).toBe(1)
  await press('lager', { cell, antal: '9' })
  expect(stock('T-S')).toBe(9)
  expect((await press('flytta', { order })).status).toBe(404)
})
