/** @lagerbro/client as somebody else gets it: packed, unpacked elsewhere, its types read and its code run. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'lb-client-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const run = (file: string, argv: string[], cwd: string) => execFileSync(file, argv, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

const USE = `import { openReader, type ReaderState } from '@lagerbro/client'
const held = new Map<string, number | null>()
const state: ReaderState = {
  cursor: async () => null,
  saveCursor: async () => {},
  version: async () => null,
  async apply(item) {
    if (item.entity === 'stock' && item.op === 'upsert') held.set(item.data.number, item.data.available)
    return null
  },
}
const reader = openReader({ address: 'http://127.0.0.1:9', key: 'none', viewId: 1, state })
await reader.stop()
console.log(JSON.stringify(await reader.ended))
`

test('packed it holds its code, its types and its licence, depends on nothing, and works where it is unpacked', () => {
  run('npm', ['pack', '--pack-destination', folder, '--loglevel=error'], join(root, 'client'))
  const home = join(folder, 'node_modules', '@lagerbro', 'client')
  mkdirSync(home, { recursive: true })
  const packed = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? ''
  run('tar', ['-xzf', join(folder, packed), '-C', home, '--strip-components=1'], folder)
  expect(readdirSync(home).sort()).toEqual(['LICENSE', 'README.md', 'dist', 'package.json'])
  expect(JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))).toMatchObject({ name: '@lagerbro/client', private: false, license: 'Apache-2.0' })
  expect(JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))).not.toHaveProperty('dependencies')

  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  writeFileSync(join(folder, 'use.ts'), USE)
  run(
    process.execPath,
    [join(root, 'node_modules/typescript/bin/tsc'), '--strict', '--module', 'nodenext', '--target', 'es2023', '--lib', 'es2023,dom', '--types', '', 'use.ts'],
    folder,
  )
  expect(run(process.execPath, ['use.js'], folder).trim()).toBe('{"why":"stopped"}')
})
