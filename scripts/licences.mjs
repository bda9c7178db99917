// Lists the licences of everything that is installed; one that isn't on the list below is pointed out.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './prepare.mjs'

/** Licences that go with Apache-2.0 in a program people install. */
const FINE = new Set([
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense',
  'CC0-1.0',
  'MIT-0',
  'Python-2.0',
  'CC-BY-4.0',
  'MPL-2.0',
  'Zlib',
  'PostgreSQL',
  'OFL-1.1',
])

/** [{ name, version, licence }] of a node_modules folder, nested ones too. */
export function licences(folder = join(root, 'node_modules')) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (!entry.isDirectory() || entry.name.startsWith('.')) return []
    const path = join(folder, entry.name)
    if (entry.name.startsWith('@')) return licences(path)
    return [...read(path), ...licences(join(path, 'node_modules'))]
  })
}

function read(path) {
  const file = join(path, 'package.json')
  if (!existsSync(file)) return []
  const { name, version, license, licenses } = JSON.parse(readFileSync(file, 'utf8'))
  if (!name || !version) return []
  const stated = typeof license === 'string' ? license : (license?.type ?? licenses?.map((l) => l.type).join(' OR ') ?? 'none stated')
  return [{ name, version, licence: stated }]
}

/** 'MIT OR GPL-3.0' is fine, 'MIT AND GPL-3.0' isn't. */
export function isFine(licence) {
  return licence
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((one) => FINE.has(one.trim())))
}

export function report() {
  const all = licences()
  const counts = Map.groupBy ? Map.groupBy(all, (p) => p.licence) : all.reduce((map, p) => map.set(p.licence, [...(map.get(p.licence) ?? []), p]), new Map())
  const lines = [...counts].sort((a, b) => b[1].length - a[1].length).map(([licence, list]) => `${String(list.length).padStart(4)} ${licence}`)
  const odd = all.filter((p) => !isFine(p.licence))
  return { lines, odd: odd.map((p) => `${p.name} ${p.version}: ${p.licence}`) }
}
