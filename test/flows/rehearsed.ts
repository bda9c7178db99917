/** npm run demo -- --once, in a database and a folder of its own. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, onThisMachine } from '../../demo/house.ts'
import { type Once, once } from '../../demo/once.ts'
import { type Config, readConfig } from '../../src/config.ts'
import { type TestDatabase, testDatabase } from '../database.ts'
import { settingsFor } from '../product.ts'
import { openTime } from '../time.ts'

interface Ground {
  data: TestDatabase
  folder: string
  config: Config
  clear(): Promise<void>
}
export async function ground(): Promise<Ground> {
  const data = await testDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'lb-demo-'))
  return {
    data,
    folder,
    config: readConfig(settingsFor(data, folder)),
    async clear() {
      await data.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

interface Summary {
  ok: boolean
  promises: { promise: string; result: string }[]
}
export interface Rehearsal {
  code: number
  summary: Summary
  said: string
}
export async function rehearsed(how: Pick<Once, 'flags' | 'patienceMs' | 'slack'>): Promise<Rehearsal> {
  const { folder, config, clear } = await ground()
  const time = openTime()
  const said: string[] = []
  const code = await once({ ...how, time, folder, config: { ...config, ...onThisMachine(await freePort()) }, say: (words) => said.push(words) })
  time.end()
  await clear()
  return { code, summary: JSON.parse(said.at(-1) ?? '') as Summary, said: said.join('\n') }
}
