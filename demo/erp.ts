/** The outside system of the rehearsal: examples/erp-reader as a process of its own, which knows an address, a key and a folder. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

export interface Erp {
  /** One command, to its end; what it said. Throws what it said where it ended badly. */
  run(command: 'connect' | 'mirror' | 'order', ...rest: string[]): Promise<string>
  /** Begins to follow the view. */
  start(): void
  /** At once, in the middle of whatever it does; every command that runs. */
  kill(): Promise<void>
  /** Its view, as it keeps it, and whether nobody else may read that. */
  view(): { viewId: number; key: string; isPrivate: boolean }
  /** What it holds of an entity now, without what is gone. */
  held<T>(entity: 'article' | 'price' | 'stock'): T[]
}

/** From the sources it runs from the sources, built it runs built. */
const program = (): string[] => {
  const file = join(import.meta.dirname, '..', 'examples', 'erp-reader', 'erp-reader')
  return import.meta.filename.endsWith('.ts') ? ['--import', 'tsx', `${file}.ts`] : [`${file}.js`]
}

export function openErp(folder: string, address: string, key: string): Erp {
  const running = new Set<ChildProcess>()
  const begin = (...words: string[]) => {
    const child = spawn(process.execPath, [...program(), ...words], { env: { LAGERBRO_ADDRESS: address, LAGERBRO_KEY: key }, stdio: ['ignore', 'pipe', 'pipe'] })
    running.add(child)
    child.once('exit', () => running.delete(child))
    return child
  }
  return {
    async run(command, ...rest) {
      const child = begin(command, folder, ...rest)
      let said = ''
      for (const pipe of [child.stdout, child.stderr]) pipe.on('data', (text) => (said += String(text)))
      await once(child, 'close')
      if (child.exitCode !== 0) throw new Error(`the outside system ended with ${child.exitCode}: ${said}`)
      return said
    },
    start() {
      const child = begin('mirror', folder)
      // Nobody reads what it says, and a full pipe would stop it.
      for (const pipe of [child.stdout, child.stderr]) pipe.resume()
    },
    async kill() {
      await Promise.all(
        [...running].map(async (child) => {
          const ended = once(child, 'exit')
          child.kill('SIGKILL')
          await ended
        }),
      )
    },
    view() {
      const file = join(folder, 'view.json')
      return { ...(JSON.parse(readFileSync(file, 'utf8')) as { viewId: number; key: string }), isPrivate: (statSync(file).mode & 0o077) === 0 }
    },
    held<T>(entity: string): T[] {
      const of = join(folder, entity)
      if (!existsSync(of)) return []
      const files = readdirSync(of).filter((file) => file.endsWith('.json'))
      const things = files.map((file) => JSON.parse(readFileSync(join(of, file), 'utf8')) as { data: T | null })
      return things.flatMap(({ data }) => (data === null ? [] : [data]))
    },
  }
}
