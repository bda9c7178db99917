/**
 * The file with the keys that seal secrets: one key of 32 bytes per line in base64, the newest first. More than one line stands there only
 * while keys are being exchanged: the first seals, all of them open. Made on first start, readable by its owner alone.
 */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { must } from './assert.ts'
import { type SecretBox, secretBox, WrongKey } from './secret-box.ts'

/** Said to the person who starts the program; the message is the whole story. */
export class KeyFileWrong extends Error {
  override readonly name = 'KeyFileWrong'
}

export interface KeyRing extends SecretBox {
  /** Whether a box sealed with that key can be opened. */
  knows(keyId: string): boolean
}

/** The box of this file's keys. A missing file is made, with a new key. */
export function openKeyFile(path: string): KeyRing {
  if (!existsSync(path)) writeKeys(path, [randomBytes(32)])
  return ringOf(readKeys(path))
}

/** Puts a new key first; the old ones stay until `dropOldKeys`. Repeating a broken-off exchange goes on with the same new key. */
export function addNewKey(path: string): KeyRing {
  const keys = readKeys(path)
  if (keys.length === 1) writeKeys(path, [randomBytes(32), ...keys])
  return openKeyFile(path)
}

export function dropOldKeys(path: string): void {
  writeKeys(path, readKeys(path).slice(0, 1))
}

function readKeys(path: string): Buffer[] {
  const mode = statSync(path).mode & 0o077
  if (mode !== 0 && process.platform !== 'win32') throw new KeyFileWrong(`The key file ${path} can be read by others than its owner. Set it right with: chmod 600 ${path}`)
  const keys = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => Buffer.from(line.trim(), 'base64'))
  if (keys.length === 0 || keys.some((key) => key.length !== 32))
    throw new KeyFileWrong(`The key file ${path} does not hold keys of 32 bytes. Put the right file back; a lost key can't be made again.`)
  return keys
}

/** Whole or not at all: a power cut leaves the old file. */
function writeKeys(path: string, keys: Buffer[]): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const beside = `${path}.${process.pid}.new`
  writeFileSync(beside, keys.map((key) => `${key.toString('base64')}\n`).join(''), { mode: 0o600, flush: true })
  renameSync(beside, path)
}

function ringOf(keys: Buffer[]): KeyRing {
  const boxes = keys.map(secretBox)
  const newest = must(boxes[0], 'a key')
  return {
    keyId: newest.keyId,
    seal: newest.seal,
    knows: (keyId) => boxes.some((b) => b.keyId === keyId),
    open(box, context) {
      const id = Buffer.from(box.subarray(1, 5)).toString('hex')
      const fitting = boxes.find((b) => b.keyId === id)
      if (fitting === undefined) throw new WrongKey(`sealed with key ${id}, this is ${newest.keyId}`)
      return fitting.open(box, context)
    },
  }
}
