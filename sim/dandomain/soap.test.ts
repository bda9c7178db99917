/** The service's manners: both envelopes, sessions, field sets, and every way it says no. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { stillTime } from '../shopify/asking.ts'
import { post, session } from './asking.ts'
import { type DandomainSim, startDandomain } from './dandomain.ts'
import { readXml, XmlError } from './xml.ts'

let sim: DandomainSim
beforeEach(async () => {
  sim = await startDandomain({ clock: stillTime() })
  sim.shop.addProducts([{ itemNumber: '0571527051', title: 'Hår & <skum>', stock: 5 }])
})
afterEach(() => sim.close())

test('it describes itself: every operation with its arguments in order, bound by SOAP 1.1', async () => {
  const wsdl = await (await fetch(`${sim.address}/service.wsdl`)).text()
  const names = [...wsdl.matchAll(/soapAction="https:\/\/api\.hostedshop\.io\/service\.php#(\w+)"/g)].map(([, name]) => name)
  expect(names.length).toBeGreaterThanOrEqual(35)
  for (const name of ['Solution_Connect', 'Product_UpdateVariantStockForStockLocation', 'Order_UploadInvoice', 'OrderStatusCode_GetAll']) expect(names).toContain(name)
  expect(wsdl).toMatch(
    /name="Order_UploadInvoice"><xsd:complexType><xsd:sequence><xsd:element name="OrderId" type="xsd:int"[^>]*><xsd:element name="InvoiceNumber"[^>]*><xsd:element name="FileContent"/,
  )
  expect(readXml(wsdl).children.map((each) => each.name)).toContain('portType')
})
test('it answers in the version asked, and only in one where it insists', async () => {
  const { username: Username, password: Password } = sim.credentials
  for (const [version, type] of [
    ['1.1', 'text/xml'],
    ['1.2', 'application/soap+xml'],
  ] as const) {
    const said = await post(sim, 'Solution_Connect', { Username, Password }, { version })
    expect([said.status, said.type.startsWith(type), said.result?.text, said.cookie.startsWith('PHPSESSID=')]).toEqual([200, true, 'true', true])
  }
  sim.turn({ soapVersion: '1.2' })
  expect((await post(sim, 'Solution_Connect', { Username, Password }, { version: '1.1' })).fault?.code).toBe('VersionMismatch')
})
test('without a session, with a lost one, or with a wrong password: AUTH', async () => {
  expect((await post(sim, 'Solution_GetWebinfo')).fault?.code).toBe('AUTH')
  expect((await post(sim, 'Solution_Connect', { Username: 'x', Password: 'y' })).fault).toMatchObject({ code: 'AUTH' })
  const open = await session(sim)
  expect((await open.record('Solution_GetWebinfo')).SolutionId).toBe('shop49251')
  sim.fault({ arm: { kind: 'session-lost' } })
  expect((await open.told('Solution_GetWebinfo')).fault?.code).toBe('AUTH')
  sim.turn({ sessionCalls: 12, wrongLogin: 'false' })
  expect((await post(sim, 'Solution_Connect', { Username: 'x', Password: 'y' })).result?.text).toBe('false')
  const short = await session(sim)
  for (let n = 0; n < 12; n++) await short.text('Solution_GetWebinfo')
  expect((await short.told('Solution_GetWebinfo')).fault?.code).toBe('AUTH')
})
test('a session is told the fields it has chosen, Id at first; one unknown name and the set stays', async () => {
  const open = await session(sim)
  const read = () => open.records('Product_GetAllWithLimit', { Start: 0, Length: 10 })
  expect(Object.keys((await read())[0] ?? {})).toEqual(['Id'])
  expect(await open.text('Product_SetFields', { Fields: 'Id,ItemNumber,Stock,Ean' })).toBe('true')
  // Ean is empty, so it is left out.
  expect(Object.keys((await read())[0] ?? {})).toEqual(['Id', 'ItemNumber', 'Stock'])
  await expect(open.text('Product_SetFields', { Fields: 'Id,Files' })).rejects.toThrow('NOSUCHPARAM')
  expect(Object.keys((await read())[0] ?? {})).toEqual(['Id', 'ItemNumber', 'Stock'])
  sim.turn({ emptyField: 'nil' })
  expect(Object.keys((await read())[0] ?? {})).toEqual(['Id', 'ItemNumber', 'Stock', 'Ean'])
  const other = await session(sim)
  expect(Object.keys((await other.records('Product_GetAllWithLimit', { Start: 0, Length: 1 }))[0] ?? {})).toEqual(['Id'])
})
test('an argument by another name is dropped, and PHP counts what is left; page 0 is PARAM', async () => {
  const open = await session(sim)
  const faults = async (operation: string, args: Parameters<typeof open.told>[1]) => (await open.told(operation, args)).fault
  expect((await faults('Product_GetByItemNumber', { Number: '1' }))?.reason).toContain('Too few arguments to function WebService::Product_GetByItemNumber(), 0 passed')
  const page = { Start: '2026-01-01', End: '2027-01-01', Status: '', PageSize: 5 }
  expect((await faults('Order_GetByDateWithPagination', { ...page, Page: 0 }))?.code).toBe('PARAM')
  const { Status: _status, ...without } = page
  expect((await faults('Order_GetByDateWithPagination', { ...without, Page: 1 }))?.reason).toContain('4 passed and exactly 5 expected')
  expect((await faults('Product_GetById', { ProductId: 'abc' }))?.reason).toContain('Violation of encoding rules')
  expect((await faults('Product_Delete', {}))?.code).toBe('ProcedureNotPresent')
  expect((await faults('Solution_HasModule', { module: 'webhook' }))?.code).toBe('MODULE')
})
test('a title is told as it is or with HTML entities; whoever asks for UTF-8 gets everything encoded twice', async () => {
  sim.turn({ titleEntities: 'all' })
  const open = await session(sim)
  await open.text('Product_SetFields', { Fields: 'Title' })
  const title = async () => (await open.records('Product_GetAllWithLimit', { Start: 0, Length: 1 }))[0]?.Title
  expect(await title()).toBe('H&aring;r &amp; <skum>')
  sim.turn({ titleEntities: 'none' })
  expect(await title()).toBe('Hår & <skum>')
  await open.text('Solution_SetEncoding', { Encoding: 'UTF-8' })
  expect(await title()).toBe('HÃ¥r & <skum>')
})
test('what is no SOAP, or would unfold, is refused', async () => {
  for (const body of ['', '{}', '<a>', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', `${'<a>'.repeat(60)}${'</a>'.repeat(60)}`]) {
    const response = await fetch(sim.endpoint, { method: 'POST', body })
    expect(await response.text(), body).toContain('Bad Request')
  }
  expect((await fetch(sim.endpoint)).status).toBe(405)
  for (const wrong of ['<a><b></a></b>', '<a/><b/>', '<a>&nbsp;</a>', '<a', 'a', '<a b=c/>']) expect(() => readXml(wrong), wrong).toThrow(XmlError)
  expect(readXml('<a b="&lt;1"><![CDATA[<x>]]>&#229;&#x26;<!-- no --></a>')).toMatchObject({ text: '<x>å&', attributes: { b: '<1' } })
})
