/** The pages as they are now, built once for all browser tests. */
import { join } from 'node:path'
import { build } from 'vite'

export default async function setup(): Promise<void> {
  const ui = join(import.meta.dirname, '../../ui')
  await build({ root: ui, configFile: join(ui, 'vite.config.ts'), logLevel: 'error' })
}
