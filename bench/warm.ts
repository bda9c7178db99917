/** How soon a stopped Lagerbro answers again, as `npm start` starts it, and what it weighs. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '../src/db/embedded.ts'
import { silentLog } from '../src/kit/log.ts'
import { openClient, pause, ticks } from './load.ts'
import { type Figure, median } from './report.ts'
import { freePort } from './stand.ts'

const ROOT = join(import.meta.dirname, '..')
const STARTS = 5

export async function warm(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lagerbro-bench-'))
  const built = join(ROOT, 'dist', 'src', 'cli.js')
  const argv = existsSync(built) ? [built] : ['--import', 'tsx', join(ROOT, 'src', 'cli.ts')]
  const port = await freePort()
  const env = { ...process.env, LAGERBRO_DATA_DIR: join(folder, 'data'), LAGERBRO_KEY_FILE: join(folder, 'key'), LAGERBRO_PORT: String(port), LAGERBRO_LOG_LEVEL: 'error' }
  try {
    const once = async () => {
      const from = ticks()
      const child = spawn(process.execPath, [...argv, 'start'], { stdio: 'ignore', env })
      await answers(`http://127.0.0.1:${port}`)
      return { child, seconds: (ticks() - from) / 1000 }
    }
    const first = await once()
    await ended(first.child)
    const starts: number[] = []
    let memory = Number.NaN
    for (let n = 0; n < STARTS; n++) {
      const { child, seconds } = await once()
      starts.push(seconds)
      if (n === STARTS - 1) memory = await residentMb(`http://127.0.0.1:${port}`)
      await ended(child)
    }
    const database: number[] = []
    const node: number[] = []
    for (let n = 0; n < 3; n++) {
      let from = ticks()
      const cluster = await startEmbedded(join(folder, 'data'), silentLog)
      database.push((ticks() - from) / 1000)
      await cluster.stop()
      from = ticks()
      spawnSync(process.execPath, ['-e', '0'])
      node.push((ticks() - from) / 1000)
    }
    const bareMb = Number(spawnSync(process.execPath, ['-p', 'process.memoryUsage().rss / 2 ** 20'], { encoding: 'utf8' }).stdout)
    return [
      {
        name: 'warm start until /healthz answers',
        value: median(starts),
        unit: 's',
        floor: { what: 'node alone + the database alone', value: median(node) + median(database) },
        aim: { atMost: 1 },
        note: `the very first start ${first.seconds.toFixed(1)} s`,
      },
      { name: 'memory of the process just started', value: memory, unit: 'MB', floor: { what: 'node alone', value: bareMb }, note: 'PostgreSQL not counted' },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function answers(address: string): Promise<void> {
  for (;;) {
    const web = openClient(address, 1)
    const status = await web.send('GET', '/healthz', {}).then(
      (answer) => answer.status,
      () => 0,
    )
    web.close()
    if (status === 200) return
    await pause(5)
  }
}

async function residentMb(address: string): Promise<number> {
  const web = openClient(address, 1)
  const { body } = await web.send('GET', '/metrics', {})
  web.close()
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(body)?.[1] ?? Number.NaN) / 2 ** 20
}

async function ended(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await gone
}
