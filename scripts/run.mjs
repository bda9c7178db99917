// node scripts/run.mjs COMMAND [arguments]: makes a fresh clone ready, then runs one of the commands below. Plain Node, needs nothing installed.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { build, checkNode, fail, install, root } from './prepare.mjs'

/** name -> the script, and whether it runs from dist/ (built) or from the sources (tsx) or plainly. */
const COMMANDS = {
  lagerbro: { built: 'src/cli.js' },
  demo: { built: 'demo/demo.js' },
  build: {},
  test: { plain: 'scripts/ci.mjs' },
  check: { plain: 'scripts/check.mjs' },
  'new-connector': { source: 'scripts/new-connector.ts' },
  'api-list': { source: 'scripts/api-list.ts' },
  mutants: { source: 'scripts/mutants.ts' },
  hammer: { source: 'scripts/hammer.ts', built: true },
  bench: { source: 'bench/bench.ts', built: true },
}

const [name = '', ...rest] = process.argv.slice(2)
const command = COMMANDS[name]
if (command === undefined) fail(`There is no command "${name}". There are: ${Object.keys(COMMANDS).join(', ')}.`)

checkNode()
install()
if (command.built || name === 'build') build()

const argv = command.source
  ? ['--import', 'tsx', join(root, command.source)]
  : command.plain
    ? [join(root, command.plain)]
    : typeof command.built === 'string'
      ? ['--enable-source-maps', join(root, 'dist', command.built)]
      : null
if (argv !== null) {
  const script = argv.at(-1)
  if (!existsSync(script)) fail(`${script} is missing.`)
  const child = spawn(process.execPath, [...argv, ...rest], { stdio: 'inherit' })
  // Ctrl-C reaches the child from the terminal; a supervisor's signal is handed on, and we end as it ended.
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  process.on('SIGINT', () => {})
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
}
