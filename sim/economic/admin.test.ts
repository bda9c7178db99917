/** The pages a person uses: Indstillinger > Udvidelser > Webhooks > Nyt webhook, the log, and the goods. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { listener, stillTime } from '../shopify/asking.ts'
import { type EconomicSim, startEconomic } from './economic.ts'

const HOOKS = '/indstillinger/udvidelser/webhooks'
let sim: EconomicSim
let ear: Awaited<ReturnType<typeof listener>>
beforeEach(async () => {
  sim = await startEconomic({ clock: stillTime() })
  ear = await listener()
  sim.office.addProducts([{ productNumber: '0071', name: 'Krus <blåt>', inStock: 5 }])
})
afterEach(async () => {
  await sim.close()
  await ear.close()
})
const page = async (path: string) => (await fetch(`${sim.address}${path}`)).text()
const press = async (path: string, fields: Record<string, string>) => (await fetch(`${sim.address}${path}`, { method: 'POST', body: new URLSearchParams(fields) })).text()

test('a webhook is made with type, name, url and data, stands in the list, and its log has a button to send again', async () => {
  expect(await page('/indstillinger')).toContain('Webhooks')
  expect(await page(HOOKS)).toContain('Nyt webhook')
  const form = await page(`${HOOKS}/nyt`)
  for (const shown of [
    '<label>Type<select',
    '<label>Navn<input',
    '<label>Url<input',
    '<label>Sendte data<textarea',
    '<button>Gem</button>',
    '<option>Varelager opdateret</option>',
    'Faktura bogført',
  ])
    expect(form).toContain(shown)
  const list = await press('/indstillinger/webhooks/gem', {
    type: 'Varelager opdateret',
    navn: 'Til lageret',
    url: `${ear.uri}?`,
    data: 'number=[NUMBER]',
    tilbage: `${HOOKS}/nyt`,
  })
  for (const shown of ['Til lageret', 'Aktiv', 'aria-label="Log for Til lageret"']) expect(list).toContain(shown)
  await press('/kontor/optael', { vare: '0071', antal: '4,5' })
  await sim.hooks.quiet()
  expect(ear.heard.map((each) => each.body)).toEqual(['number=0071'])
  const log = await page(`${HOOKS}/1/log`)
  for (const shown of ['number=0071', 'HTTP 200', 'Send igen']) expect(log).toContain(shown)
  await press('/indstillinger/webhooks/send-igen', { id: '1', kald: String(sim.state().webhooks[0]?.log[0]?.id) })
  await sim.hooks.quiet()
  expect(ear.heard).toHaveLength(2)
  await press('/indstillinger/webhooks/gem', { id: '1', type: 'Faktura bogført', navn: 'B', url: ear.uri, data: '' })
  expect(sim.state().webhooks[0]).toMatchObject({ type: 'Faktura bogført', name: 'B' })
  expect(await press('/indstillinger/webhooks/slet', { id: '1', tilbage: HOOKS })).toContain('Ingen webhooks endnu')
})
test('an address that is none is said; text is never taken for a tag', async () => {
  expect(await press('/indstillinger/webhooks/gem', { type: 'Varelager opdateret', url: 'her', tilbage: `${HOOKS}/nyt` })).toContain('Url skal være en hel adresse')
  expect(await page('/')).toContain('Krus &lt;blåt&gt;')
  expect(await page('/?q=0071')).toContain('0071')
  expect(await page('/?q=nothing')).toContain('Ingen varer.')
  expect((await fetch(`${sim.address}${HOOKS}/9/log`)).status).toBe(404)
})
test('its buttons make an invoice, book it, and upgrade an order', async () => {
  expect(await press('/kontor/saelg', { vare: '0071', antal: '2' })).toContain('Bogfør faktura 31')
  expect(await press('/kontor/bogfoer', { kladde: '31' })).toContain('300')
  sim.office.makeOrder({ lines: [{ productNumber: '0071', quantity: 1 }], other: '10023' })
  expect(await press('/kontor/opgrader', { ordre: '401' })).toContain('Bogfør faktura 32')
  expect(await press('/kontor/saelg', { vare: '0071', antal: '' })).toContain('Skriv et antal.')
})
