/**
 * A small file that remembers how far a database had come, kept apart from it: a database put back from an older copy, however that was done, is
 * seen by it. One file per installation, beside the key file. Losing it loses nothing but that.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Both only rise; the epoch counts first. */
export interface Seen {
  epoch: number
  beat: number
}

export interface Witness {
  /** Null = it has never seen this installation. */
  read(installationId: string): Seen | null
  /** Throws where the folder can't be written. */
  write(installationId: string, seen: Seen): void
}

export const isBefore = (a: Seen, b: Seen): boolean => a.epoch < b.epoch || (a.epoch === b.epoch && a.beat < b.beat)

export function openWitness(keyFile: string): Witness {
  const fileOf = (installationId: string) => `${keyFile}.seen-${installationId}`
  return {
    read(installationId) {
      const file = fileOf(installationId)
      const [epoch = Number.NaN, beat = Number.NaN] = existsSync(file) ? readFileSync(file, 'utf8').trim().split(' ').map(Number) : []
      return Number.isSafeInteger(epoch) && Number.isSafeInteger(beat) ? { epoch, beat } : null
    },
    write(installationId, seen) {
      const file = fileOf(installationId)
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
      // Whole or not at all: a torn file would have seen nothing.
      const beside = `${file}.${process.pid}.new`
      writeFileSync(beside, `${seen.epoch} ${seen.beat}\n`, { mode: 0o600, flush: true })
      renameSync(beside, file)
    },
  }
}
