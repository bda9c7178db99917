/** What the journal never holds. */
import { expect, test } from 'vitest'
import { redactBody, redactHeaders, redactUrl } from './redact.ts'

test('T2: no secret by key, by value, in a form or in an address', () => {
  expect(redactHeaders({ Authorization: 'Bearer shpat_x', 'Content-Type': 'application/json', 'X-Shopify-Access-Token': 'shpat_x' })).toEqual({
    'content-type': 'application/json',
  })
  expect(redactBody('{"access_token":"abc","nested":{"client_secret":"def"},"ok":1}')).toEqual({ access_token: '[kept out]', nested: { client_secret: '[kept out]' }, ok: 1 })
  expect(redactBody('client_id=1&client_secret=def&grant_type=x')).toBe('client_id=1&client_secret=[kept out]&grant_type=x')
  expect(redactUrl('https://shop.example/x?token=abc&page=2')).toBe('https://shop.example/x?token=[kept out]&page=2')
  expect(redactUrl('https://shop.example/x/?webshop=1&auth=YXV0aDo%2B%3D')).toBe('https://shop.example/x/?webshop=1&auth=[kept out]')
  expect(redactBody('{"message":"the token s3cr3t+/= is wrong"}', ['s3cr3t+/='])).toEqual({ message: 'the token [kept out] is wrong' })
  expect(redactUrl('https://shop.example/s3cr3t%2B%2F%3D', ['s3cr3t+/='])).toBe('https://shop.example/[kept out]')
})
test('T2: nothing of a customer, wherever it stands', () => {
  const body = {
    data: {
      order: {
        name: '#1001',
        customer: { firstName: 'Åsa', email: 'a@b.se' },
        shippingAddress: { address1: 'Gatan 1' },
        email: 'a@b.se',
        phone: '070',
        displayName: 'Åsa Ek',
        note: 'ring på',
      },
    },
  }
  const text = JSON.stringify(redactBody(JSON.stringify(body)))
  for (const word of ['Åsa', 'a@b.se', 'Gatan', '070', 'ring']) expect(text).not.toContain(word)
  expect(text).toContain('#1001')
})
test('T2: nothing secret, nothing of a customer and no file in XML either, also where it broke off', () => {
  const text = '<?xml version="1.0"?><e:Body><ws:Solution_Connect><Username>a@b.dk</Username><Password>x &amp; y</Password></ws:Solution_Connect><Id>7</Id>'
  const order = '<Customer a="1"><Firstname>Sofie</Firstname><item><Customer>x</Customer></item></Customer><ws:FileContent>JVBERi0</ws:FileContent><Email/><Phone>123'
  expect(redactBody(text)).toBe('<?xml version="1.0"?><e:Body><ws:Solution_Connect><Username>a@b.dk</Username><Password>[kept out]</Password></ws:Solution_Connect><Id>7</Id>')
  const kept = String(redactBody(order))
  for (const gone of ['Sofie', 'JVBERi0', '123']) expect(kept).not.toContain(gone)
})
test('long bodies are cut, long lists shortened, documents left out', () => {
  expect(redactBody(JSON.stringify({ query: 'query { shop { name } }', variables: { a: 1 } }))).toEqual({ variables: { a: 1 } })
  expect(redactBody(JSON.stringify({ text: 'x'.repeat(20_000) }))).toMatchObject({ length: 20_011 })
  expect((redactBody(JSON.stringify(Array.from({ length: 60 }, (_, n) => n))) as unknown[]).at(-1)).toBe('and 10 more')
  expect(redactBody('')).toBeNull()
})
test('T2: nobody is named by a question, a customer’s own record or an invoice', () => {
  expect(redactUrl('https://erp.example/customers?filter=email%24eq%3Aanna%40butik.example&pagesize=20')).toBe('https://erp.example/customers?filter=[kept out]&pagesize=20')
  expect(redactUrl('https://erp.example/customers?filter=telephoneAndFaxNumber%24eq%3A12345678')).toBe('https://erp.example/customers?filter=[kept out]')
  expect(redactUrl('https://erp.example/products?filter=productNumber%24eq%3A0571')).toBe('https://erp.example/products?filter=productNumber%24eq%3A0571')
  expect(redactBody('{"customerNumber":7,"name":"Åsa Ek","telephoneAndFaxNumber":"070","currency":"DKK"}')).toEqual({
    customerNumber: 7,
    name: '[kept out]',
    telephoneAndFaxNumber: '[kept out]',
    currency: 'DKK',
  })
  expect(redactBody('{"productNumber":"1","name":"Krus"}')).toEqual({ productNumber: '1', name: 'Krus' })
  expect(redactBody('%PDF-1.4 (Kunde: Åsa Ek)')).toBe('[a PDF of 24 signs kept out]')
})
