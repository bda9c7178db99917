/** The built pages: the front page and every address of the ui's own get its first page, files get themselves, the rest is not found. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWeb, type Web } from './web.ts'

let web: Web
let uiDir: string
beforeAll(async () => {
  uiDir = mkdtempSync(join(tmpdir(), 'lb-ui-'))
  mkdirSync(join(uiDir, 'assets'))
  writeFileSync(join(uiDir, 'index.html'), '<title>Lagerbro</title>')
  writeFileSync(join(uiDir, 'assets', 'index-Ab1.js'), 'export {}')
  web = await openWeb({ config: { uiDir } })
})
afterAll(async () => {
  await web.close()
  rmSync(uiDir, { recursive: true, force: true })
})
const get = async (url: string) => {
  const { statusCode, body, headers } = await web.app.inject({ method: 'GET', url, headers: { accept: 'text/html' } })
  return { statusCode, body, cached: headers['cache-control'] }
}

test('the front page and the addresses of the ui get its first page, asked for anew each time', async () => {
  for (const url of ['/', '/?next=1', '/articles', '/webshops/1', '/index.html'])
    expect(await get(url), url).toEqual({ statusCode: 200, body: '<title>Lagerbro</title>', cached: 'no-cache' })
})

test('files are kept for good, and what is no file is not found', async () => {
  expect(await get('/assets/index-Ab1.js')).toEqual({ statusCode: 200, body: 'export {}', cached: 'public, max-age=31536000, immutable' })
  for (const url of ['/assets', '/assets/', '/assets/gone.js', '/v1/nothing', '/hooks/']) expect((await get(url)).statusCode, url).toBe(404)
})
