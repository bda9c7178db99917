/**
 * npm run new-connector -- NAME: a connector, its simulator, its battery and its notebook, made of the toy's. What is marked `toy only` there
 * (a line, a block or a whole file) is left out, and the name is put in. Right afterwards types, lint and the battery are green, and
 * test/notebook.test.ts is red: it lists every question that must be put to the remote, and where the answer shows.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const root = join(import.meta.dirname, '..')
const INDEX = 'src/connectors/index.ts'

/** The name is a folder, an exported constant and a segment of addresses. */
function wrongWith(name: string | undefined): string | null {
  if (name === undefined) return 'How is it to be called? For example: npm run new-connector -- ecwid'
  if (!/^[a-z][a-z0-9]{2,20}$/.test(name)) return `"${name}" can't be a name: 3 to 21 small letters and digits, a letter first.`
  if (['contract', 'index', 'toy', 'default', 'delete', 'import', 'export', 'class', 'function', 'switch', 'while', 'return'].includes(name)) return `"${name}" is taken.`
  const there = [`src/connectors/${name}`, `sim/${name}`, `test/connectors/${name}.test.ts`, `docs/connectors/${name}.md`].find((path) => existsSync(join(root, path)))
  return there === undefined ? null : `${there} is there already. Nothing was made.`
}

/** Source without what is marked: `// toy only` at a line's end, `// toy only {` to `// }`. */
function withoutToys(text: string): string {
  let inside = false
  const kept = text.split('\n').filter((line) => {
    const mark = line.trim()
    if (mark === '// toy only {') inside = true
    const keep = !inside && !mark.endsWith('// toy only')
    if (mark === '// }') inside = false
    return keep
  })
  return kept.join('\n')
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function renamed(text: string, name: string): string {
  const title = capital(name)
  return text
    .replace(/\b(?:an?|any|every|the) toy shop/gi, title)
    .replace(/toy shop/gi, title)
    .replace(/\bthe toy connector\b/gi, `The ${title} connector`)
    .replaceAll('Toy', title)
    .replaceAll('toy', name)
}

/** The notebook: the toy's questions, none of them answered. */
function notebook(name: string): string {
  const questions = readFileSync(join(root, 'docs/connectors/toy.md'), 'utf8')
    .split('\n')
    .filter((line) => /^\| .*\?( \(.*\))? \| `/.test(line))
    .map((line) => `|${line.split('|').slice(1, 3).join('|')}| ? |`)
  return renamed(
    [
      '# The toy shop',
      '',
      'What is spoken with, by which documentation, read when. One line per behaviour and where it is known from; what the documentation leaves open is a switch of `sim/toy`, and the battery runs with it both ways.',
      '',
      '## What was asked of it',
      '| Question | Where it shows | Answer |',
      '| --- | --- | --- |',
      ...questions,
      '',
      '## Its fields and ours',
      '| theirs | ours | note |',
      '| --- | --- | --- |',
      '| ? | `articleNumber` | ? |',
      '',
      '## Strange things',
      '- ?',
      '',
      '## What is unconfirmed',
      '- ?',
      '',
    ].join('\n'),
    name,
  )
}

/** New path -> text, of everything the toy has. */
function filesFor(name: string): Map<string, string> {
  const rooms = ['src/connectors/toy', 'sim/toy'].flatMap((room) => readdirSync(join(root, room)).map((file) => `${room}/${file}`))
  const copied = [...rooms, 'test/connectors/toy.test.ts'].filter((path) => !/^sim\/.*\.test\.ts$/.test(path))
  const files = new Map<string, string>()
  for (const path of copied) {
    const text = readFileSync(join(root, path), 'utf8')
    if (!text.startsWith('// toy only\n')) files.set(path.replaceAll('toy', name), renamed(withoutToys(text), name))
  }
  return files.set(`docs/connectors/${name}.md`, notebook(name))
}

/** The one line outside: between its neighbours by name. */
function addToIndex(name: string): void {
  const text = readFileSync(join(root, INDEX), 'utf8')
  const [lines, rest] = [text.split('\n').filter((line) => line.startsWith('export ')), text.split('\n').filter((line) => line !== '' && !line.startsWith('export '))]
  writeFileSync(join(root, INDEX), [...rest, ...[...lines, `export { ${name} } from './${name}/${name}.ts'`].sort(), ''].join('\n'))
}

const name = process.argv[2]
const wrong = wrongWith(name)
if (wrong !== null || name === undefined) {
  process.stderr.write(`${wrong}\n`)
  process.exit(1)
}
const files = filesFor(name)
for (const [path, text] of files) {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}
addToIndex(name)
// What was left out leaves gaps, imports in another order and parameters nobody uses.
const biome = [
  join(root, 'node_modules/@biomejs/biome/bin/biome'),
  'check',
  '--write',
  '--unsafe',
  '--log-level=error',
  ...[...files.keys(), INDEX].filter((path) => path.endsWith('.ts')),
]
spawnSync(process.execPath, biome, { cwd: root, stdio: 'inherit' })

process.stdout.write(`${[...files.keys()].join('\n')}
and one line in ${INDEX}

It speaks the toy shop's protocol under a new name, and its battery is green:
  npx vitest run test/connectors/${name}.test.ts

Now, keeping it green in small steps:
  1. docs/connectors/${name}.md: answer every question, from the remote's documentation. test/notebook.test.ts lists what is left.
  2. sim/${name}: protocol.ts and texts.ts (routes, sign-in, refusals, how an item and an order are said), messages.ts (what a message carries and
     how it is signed), writes.ts (what is refused). What the documentation leaves open becomes an option in shop.ts and a position in the battery's file.
  3. src/connectors/${name}: settings.ts, client.ts, then a noun at a time: articles.ts, stock.ts, orders.ts, hooks.ts. Take out what it hasn't got.
  4. guide.ts and words.ts: the exact menu paths of its admin, in four languages.
  5. ${name}.ts: take \`practice\` away. Shopkeepers are offered it from then on: a page in docs/guide, a line in CHANGELOG.md.
`)
