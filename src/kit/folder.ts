/** Files by name in one folder, each whole at every moment and readable by its owner alone. */
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

export interface Folder {
  /** `name` may have slashes; it is made by us and never by a caller. */
  put(name: string, bytes: Uint8Array): Promise<void>
  /** Null = it isn't there. */
  get(name: string): Promise<Buffer | null>
  drop(name: string): Promise<void>
}

export function openFolder(dir: string): Folder {
  return {
    async put(name, bytes) {
      const file = join(dir, name)
      await mkdir(dirname(file), { recursive: true, mode: 0o700 })
      const beside = `${file}.${process.pid}.new`
      const handle = await open(beside, 'w', 0o600)
      try {
        await handle.writeFile(bytes)
        await handle.sync()
      } finally {
        await handle.close()
      }
      await rename(beside, file)
    },
    get: (name) =>
      readFile(join(dir, name)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null
        throw error
      }),
    drop: (name) => rm(join(dir, name), { force: true }),
  }
}
