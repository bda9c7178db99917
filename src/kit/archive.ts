/**
 * A file of lines of JSON, packed with gzip, that can tell whether it is whole: its last line holds the count and the fingerprint of all before it.
 * Written beside its place and moved there when it is complete; readable by its owner alone.
 */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync, renameSync, rmSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'

/** Said to the person who runs the command; the message is the whole story. */
export class ArchiveWrong extends Error {
  override readonly name = 'ArchiveWrong'
}

/** Throws {ArchiveWrong} when there is a file of that name already. Returns how many lines it holds. */
export async function writeArchive(path: string, lines: AsyncIterable<unknown>): Promise<number> {
  if (existsSync(path)) throw new ArchiveWrong(`There is a file ${path} already. Choose another name, or move that one away.`)
  const beside = `${path}.${process.pid}.new`
  const print = createHash('sha256')
  let count = 0
  async function* texts() {
    for await (const line of lines) {
      const text = `${JSON.stringify(line)}\n`
      print.update(text)
      count++
      yield text
    }
    yield `${JSON.stringify({ lines: count, sha256: print.digest('hex') })}\n`
  }
  try {
    await pipeline(Readable.from(texts()), createGzip({ level: 6 }), createWriteStream(beside, { mode: 0o600, flush: true }))
    renameSync(beside, path)
  } finally {
    rmSync(beside, { force: true })
  }
  return count
}

/** Its lines in order, without the last. Throws {ArchiveWrong} as soon as it can't be read, and at the end when it isn't what was written: read it through once before believing it. */
export async function* readArchive(path: string): AsyncGenerator<unknown> {
  if (!existsSync(path)) throw new ArchiveWrong(`There is no file ${path}.`)
  const print = createHash('sha256')
  const file = createReadStream(path)
  const unpacked = file.pipe(createGunzip())
  file.once('error', (error) => unpacked.destroy(error))
  let last: string | null = null
  let count = 0
  try {
    for await (const line of linesOf(unpacked.setEncoding('utf8'))) {
      if (last !== null) {
        print.update(`${last}\n`)
        count++
        yield JSON.parse(last)
      }
      last = line
    }
    const end = last === null ? null : (JSON.parse(last) as { lines?: unknown; sha256?: unknown })
    if (end?.lines !== count || end.sha256 !== print.digest('hex')) throw new Error('its end is missing, or something in it was changed')
  } catch (error) {
    throw new ArchiveWrong(`The file ${path} is damaged or no backup: ${error instanceof Error ? error.message : String(error)}. Nothing was changed. Take another backup.`)
  } finally {
    file.destroy()
  }
}

async function* linesOf(texts: AsyncIterable<string>): AsyncGenerator<string> {
  // A line may be a whole file: its parts are put together once.
  let parts: string[] = []
  for await (const text of texts) {
    const [first = '', ...more] = text.split('\n')
    parts.push(first)
    for (const next of more) {
      yield parts.join('')
      parts = [next]
    }
  }
  const rest = parts.join('')
  if (rest !== '') yield rest
}
