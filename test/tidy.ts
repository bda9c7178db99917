/** Reads the source as text and lists every wall crossed, door used by the wrong room, circle, barrel and dead file. test/tidy.test.ts says they are none. */
import { dirname, join } from 'node:path'

/** path from the root -> text */
export type Source = Map<string, string>

/** A noun may import only those before it. */
export const NOUNS = [
  'companies',
  'people',
  'locations',
  'prices',
  'articles',
  'images',
  'listeners',
  'listings',
  'told',
  'stock',
  'customers',
  'orders',
  'master',
  'invoices',
  'runs',
  'views',
  'catalogue',
  'imports',
  'bulk',
  'restores',
  'notices',
]

/** Who may import whom, by room; a room may always import itself. The table of ARCHITECTURE.md. */
const WALLS: Record<string, readonly string[]> = {
  kit: [],
  db: ['kit'],
  core: ['kit', 'db'],
  'connectors/contract': [],
  'connectors/index': ['connectors/*', 'connectors/contract'],
  'connectors/*': ['connectors/contract', 'kit'],
  sync: ['core', 'connectors/contract', 'db', 'kit'],
  'web/contract': ['kit'],
  web: ['web/contract', 'core', 'sync', 'connectors/contract', 'db', 'kit'],
  ui: ['web/contract'],
  config: ['kit'],
  sim: [],
  client: [],
  examples: ['client'],
  demo: ['kit', 'db', 'core', 'connectors/contract', 'connectors/index', 'connectors/*', 'sync', 'web/contract', 'web', 'config', 'main', 'sim'],
}
/** These may import everything. */
const FREE = ['main', 'test', 'bench', 'scripts']

/** Each door: what passes it, and the files it is open to. Tests are held to the first two only where they stand inside src. */
const DOORS: { name: string; what: RegExp; open: RegExp }[] = [
  { name: 'SQL', what: /\bsql`|\.query\(\s*['"`]\s*(select|insert|update|delete|with|create|alter|drop)\b/i, open: /\.sql\.ts$|^src\/db\// },
  {
    name: 'the network',
    what: /\bfetch\(|\bfrom 'node:(https?|net|tls|dgram|dns)(\/promises)?'/,
    open: /^src\/kit\/(http|mail|address-guard)\.ts$|^src\/connectors\/[^/]+\/client\.ts$/,
  },
  { name: 'the environment', what: /\bprocess\.env\b/, open: /^src\/config\.ts$/ },
  { name: 'the clock', what: /\bDate\.now\(|\bnew Date\(\)|\bset(Timeout|Interval)\(|\bperformance\.now\(/, open: /^src\/kit\/clock\.ts$/ },
]

const isTest = (file: string): boolean => /\.test\.tsx?$/.test(file)
const inProduct = (file: string): boolean => file.startsWith('src/') && !isTest(file)

export function violations(source: Source): string[] {
  return [...walls(source), ...doors(source), ...circles(source), ...barrels(source), ...dead(source)]
}

function walls(source: Source): string[] {
  return eachImport(source, (from, to) => (mayImport(from, to) ? [] : [`wall: ${from} imports ${to}`]))
}

function mayImport(from: string, to: string): boolean {
  const [a, b] = [roomOf(from), roomOf(to)]
  if (isTest(from) || FREE.includes(a)) return true
  if (a === 'core' && b === 'core') return nounMayImport(from, to)
  if (a === 'connectors/*' && b === 'connectors/*') return folderOf(from) === folderOf(to)
  return a === b || (WALLS[a] ?? []).includes(b)
}

function nounMayImport(from: string, to: string): boolean {
  const [a, b] = [NOUNS.indexOf(folderOf(from)), NOUNS.indexOf(folderOf(to))]
  const rootFile = (file: string) => file.split('/').length === 3
  if (rootFile(to)) return true
  return !rootFile(from) && a >= 0 && b >= 0 && b <= a
}

const folderOf = (file: string): string => file.split('/')[2] ?? ''

export function roomOf(file: string): string {
  const [top = '', room = '', part = ''] = file.split('/')
  if (top !== 'src') return top
  if (/^(main|cli|template-file|open-data|copies)\.ts$/.test(room)) return 'main'
  if (room === 'connectors') return part.endsWith('.ts') ? `connectors/${part.replace(/\.(test\.)?ts$/, '')}` : 'connectors/*'
  if (room === 'web' && part === 'contract') return 'web/contract'
  return room.replace(/\.ts$/, '')
}

function doors(source: Source): string[] {
  const product = [...source].filter(([file]) => inProduct(file))
  return DOORS.flatMap((door) =>
    product.filter(([file, text]) => !door.open.test(file) && door.what.test(withoutComments(text))).map(([file]) => `door: ${file} uses ${door.name}`),
  )
}

function circles(source: Source): string[] {
  const found: string[] = []
  const done = new Set<string>()
  const walk = (file: string, path: string[]) => {
    if (path.includes(file)) return void found.push(`circle: ${[...path.slice(path.indexOf(file)), file].join(' > ')}`)
    if (done.has(file)) return
    for (const to of importsOf(source, file)) walk(to, [...path, file])
    done.add(file)
  }
  for (const file of source.keys()) walk(file, [])
  return found
}

function barrels(source: Source): string[] {
  return [...source]
    .filter(([file, text]) => !['src/connectors/index.ts', 'client/index.ts'].includes(file) && /^export (\*|\{[^}]*\}|type \{[^}]*\}) from /m.test(text))
    .map(([file]) => `barrel: ${file} hands on what another file exports`)
}

/** Files of src that nobody imports, except where the program and the ui begin. */
function dead(source: Source): string[] {
  const reached = new Set([...source.keys()].filter((file) => !isTest(file)).flatMap((file) => importsOf(source, file)))
  const begins = ['src/main.ts', 'src/cli.ts']
  return [...source.keys()].filter((file) => inProduct(file) && !reached.has(file) && !begins.includes(file)).map((file) => `dead: nobody imports ${file}`)
}

function eachImport(source: Source, judge: (from: string, to: string) => string[]): string[] {
  return [...source.keys()].flatMap((from) => importsOf(source, from).flatMap((to) => judge(from, to)))
}

/** Relative imports, by path from the root. Type-only imports count: a wall is a wall. */
function importsOf(source: Source, file: string): string[] {
  const text = withoutComments(source.get(file) ?? '')
  return [...text.matchAll(/\b(?:from|import)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g)].map((found) => join(dirname(file), found[1] ?? ''))
}

const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')
