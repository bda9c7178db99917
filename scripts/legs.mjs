// Runs commands beside or after each other and keeps what they said, for check.mjs and ci.mjs.
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './prepare.mjs'

const bin = (path) => [process.execPath, join(root, 'node_modules', path)]
export const TOOLS = {
  biome: bin('@biomejs/biome/bin/biome'),
  // What didn't change since the last time isn't checked again.
  types: [...bin('typescript/bin/tsc'), '--noEmit', '--incremental', '--tsBuildInfoFile', '.cache/types.tsbuildinfo'],
  knip: bin('knip/bin/knip.js'),
  vitest: bin('vitest/vitest.mjs'),
}

/** Resolves to { ok, seconds, said }. `show` lets its lines through as they come. */
export function leg([file, ...args], { show = false, env = {} } = {}) {
  const from = process.hrtime.bigint()
  return new Promise((done) => {
    const child = spawn(file, args, { cwd: root, env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', CI: '1', ...env } })
    let said = ''
    for (const pipe of [child.stdout, child.stderr]) {
      pipe.on('data', (text) => {
        said += text
        if (show) process.stdout.write(text)
      })
    }
    child.on('error', (error) => done({ ok: false, seconds: 0, said: error.message }))
    child.on('close', (code) => done({ ok: code === 0, seconds: Number(process.hrtime.bigint() - from) / 1e9, said }))
  })
}

/** A vitest run over some projects: also how many tests passed, failed and were skipped. `workers`: more than the two of vitest.config.ts, for what waits more than it computes. */
export async function tests(name, projects, options = {}) {
  const report = join(root, '.cache', 'ci', `${name}.json`)
  mkdirSync(join(report, '..'), { recursive: true })
  rmSync(report, { force: true })
  const argv = [...TOOLS.vitest, 'run', ...projects.flatMap((project) => ['--project', project]), '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  if (options.workers !== undefined) argv.push(`--maxWorkers=${options.workers}`)
  const result = await leg(argv, options)
  const counts = readCounts(report)
  // A file that can't even be loaded has no test that failed, yet the run did.
  if (!result.ok && counts.failed === 0) counts.failed = 1
  return { ...result, ...counts }
}

function readCounts(report) {
  try {
    const { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped } = JSON.parse(readFileSync(report, 'utf8'))
    return { passed, failed, skipped }
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}
