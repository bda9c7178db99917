import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addNewKey, dropOldKeys, openKeyFile } from './key-file.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'key-'))
  path = join(folder, 'deep', 'key')
})
afterEach(() => rmSync(folder, { recursive: true }))

test('T2: the key file is made on first start, for its owner alone, and stays', () => {
  const box = openKeyFile(path)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(openKeyFile(path).keyId).toBe(box.keyId)
  expect(openKeyFile(path).open(box.seal('hemligt', 'x'), 'x')).toBe('hemligt')
})

test('T2: a box belongs to its context and its key', () => {
  const box = openKeyFile(path)
  const sealed = box.seal('hemligt', 'company 1')
  expect(() => box.open(sealed, 'company 2')).toThrow()
  expect(() => openKeyFile(join(folder, 'other')).open(sealed, 'company 1')).toThrow('sealed with key')
  expect(sealed.includes('hemligt')).toBe(false)
})

test('while keys are exchanged both open and the new one seals; afterwards only the new one', () => {
  const old = openKeyFile(path).seal('gammalt', 'x')
  const both = addNewKey(path)
  expect(addNewKey(path).keyId).toBe(both.keyId)
  expect(both.open(old, 'x')).toBe('gammalt')
  const fresh = both.seal('nytt', 'x')
  dropOldKeys(path)
  expect(openKeyFile(path).open(fresh, 'x')).toBe('nytt')
  expect(() => openKeyFile(path).open(old, 'x')).toThrow('sealed with key')
})

test('a file others can read, or that holds no key, is refused with words', () => {
  openKeyFile(path)
  chmodSync(path, 0o644)
  expect(() => openKeyFile(path)).toThrow('chmod 600')
  chmodSync(path, 0o600)
  writeFileSync(path, 'not a key\n')
  expect(() => openKeyFile(path)).toThrow('does not hold keys of 32 bytes')
  expect(readFileSync(path, 'utf8')).toBe('not a key\n')
})
