/** The planted bugs of npm run mutants still fit the code: one that changes nothing would be caught by nobody. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

test('every planted bug changes a line that is there exactly once', () => {
  const root = join(import.meta.dirname, '..')
  const { stdout, status } = spawnSync(process.execPath, ['--import', 'tsx', join(root, 'scripts/mutants.ts'), '--fits'], { cwd: root, encoding: 'utf8' })
  expect({ loose: stdout, status }).toEqual({ loose: '', status: 0 })
})
