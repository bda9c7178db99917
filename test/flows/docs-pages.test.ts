/** The pages under /docs: every call, every code and the two guides, readable on this server without signing in. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { groups, routesOf } from '../../src/web/contract/about/groups.ts'
import { problems } from '../../src/web/contract/problems.ts'
import { routeIds, routeOf } from '../../src/web/contract/routes.ts'
import { bytes, lineForms } from '../../src/web/contract/shared.ts'
import { exampleBody } from '../../src/web/docs/call.ts'
import { exampleFor, jsonOf } from '../../src/web/docs/example.ts'
import { openWeb, type Web } from './web.ts'

let web: Web
beforeAll(async () => {
  web = await openWeb()
})
afterAll(() => web.close())

async function page(url: string, headers: Record<string, string> = {}): Promise<string> {
  const response = await web.app.inject({ url, headers: { accept: 'text/html', ...headers } })
  expect(response.statusCode, url).toBe(200)
  expect(response.headers['content-type']).toBe('text/html; charset=utf-8')
  return response.body
}

test('every call is on the first page and in full on its group’s', async () => {
  const first = await page('/docs/api')
  for (const group of groups) {
    const whole = await page(`/docs/api/${group.code}`)
    for (const id of routesOf(group)) {
      expect(first).toContain(`href="/docs/api/${group.code}#${id}"`)
      expect(whole, id).toContain(`<h2 id="${id}">`)
      expect(whole, id).toContain(`<code>${routeOf(id).path}</code>`)
    }
  }
  expect((await web.app.inject({ url: '/docs/api/nothing' })).json()).toMatchObject({ code: 'not-found' })
})

test('a search finds calls by address, words and fields, and takes anything for text', async () => {
  const found = (text: string) => [...text.matchAll(/href="\/docs\/api\/\w+#([\w.-]+)"/g)].map((each) => each[1])
  expect(found(await page('/docs/api?q=reserve%20pieces'))).toEqual(['reservations.claim'])
  expect(found(await page('/docs/api?q=expiresInSeconds'))).toEqual(['reservations.claim'])
  expect(found(await page('/docs/api?q=zebra'))).toEqual([])
  expect(await page('/docs/api?q=%3Cscript%3E%22')).toContain('value="&lt;script&gt;&quot;"')
  await page('/docs/api?q=a&q=b')
})

test('V21: every code is in the catalogue, in the reader’s language or the one asked for', async () => {
  const swedish = await page('/docs/errors', { 'accept-language': 'sv-SE' })
  for (const code of Object.keys(problems)) expect(swedish).toContain(`<div id="${code}">`)
  expect(swedish).toContain('<html lang="sv">')
  expect(swedish).toContain(problems['number-reserved'].words.sv.replace('{number}', '…'))
  expect(await page('/docs/errors?lang=da', { 'accept-language': 'sv-SE' })).toContain(problems['not-found'].words.da)
})

test('the guides of docs/ are pages too, with links that lead somewhere', async () => {
  const views = await page('/docs/sync-views')
  expect(views).toContain('From nothing to the first item')
  const how = await page('/docs/how')
  const all = [views, how, await page('/docs/api'), await page('/docs/errors')].join()
  for (const to of new Set([...all.matchAll(/href="(\/docs\/[^"#?]*)/g)].map((found) => found[1] ?? ''))) expect((await web.app.inject({ url: to })).statusCode, to).toBe(200)
  expect((await web.app.inject({ url: '/docs' })).headers.location).toBe('/docs/api')
  expect((await web.app.inject({ url: '/docs/docs.css' })).headers['content-type']).toBe('text/css; charset=utf-8')
})

test('every example is what the schema takes, and what it answers', () => {
  const wrong: string[] = []
  for (const id of routeIds) {
    const { body, answer } = routeOf(id)
    if (body === bytes || answer === bytes) continue
    for (const [name, field] of Object.entries(body instanceof z.ZodObject ? body.shape : {})) {
      const form = field instanceof z.ZodArray ? lineForms.get(field.element as z.ZodType) : undefined
      if (form?.safeParse((exampleBody(id) as Record<string, unknown[]>)[name]?.[0]).success === false) wrong.push(`${id}: a line of ${name}`)
    }
    const sent = body?.safeParse(exampleBody(id))
    if (sent?.success === false) wrong.push(`${id} takes ${JSON.stringify(exampleBody(id))}: ${sent.error.issues[0]?.path.join('.')} ${sent.error.issues[0]?.message}`)
    const answered = answer.safeParse(exampleFor(jsonOf(answer), '', 'whole'))
    if (answered.success === false) wrong.push(`${id} answers: ${answered.error.issues[0]?.path.join('.')} ${answered.error.issues[0]?.message}`)
  }
  expect(wrong).toEqual([])
})
