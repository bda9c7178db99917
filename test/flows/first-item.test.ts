/** The four calls on the pages are one and the same, and do what the pages say: from an address and a key to the first item, acknowledged. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWeb, type Web } from './web.ts'

const root = resolve(import.meta.dirname, '..', '..')
const script = join(root, 'examples', 'erp-reader', 'first-item.sh')
const lines = readFileSync(script, 'utf8')

let web: Web
beforeAll(async () => {
  web = await openWeb()
})
afterAll(() => web.close())

test.each(['docs/sync-views.md', 'examples/erp-reader/README.md'])('%s shows exactly these lines', (page) => {
  expect(readFileSync(join(root, page), 'utf8')).toContain(`\`\`\`bash\n${lines}\`\`\`\n`)
})

test('run as they stand they lead from a key to the first item', async () => {
  const owner = await web.owner('Ull & Lin')
  await owner.does('articles.make', { body: { number: '1001-M', name: 'Tröja', priceMinor: 149_500 } })
  const address = await web.app.listen({ port: 0, host: '127.0.0.1' })
  const { key } = await owner.key(['views:write'])
  const { stdout } = await promisify(execFile)('bash', ['-e', script], { env: { PATH: process.env.PATH, LAGERBRO_ADDRESS: address, LAGERBRO_KEY: key } })
  const [run, page, acked] = stdout
    .replaceAll('}{', '}\n{')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(run).toMatchObject({ state: 'filling', repeated: false })
  expect(page?.items).toMatchObject([{ entity: 'product' }, { entity: 'article' }, { entity: 'price' }])
  expect(acked).toMatchObject({ acked: 3 })
  expect((await owner.does('views.list')).items).toMatchObject([{ name: 'My ERP', lag: { live: 0, backfill: 0 } }])
})
