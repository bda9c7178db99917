/** The command line: `lagerbro start` and the few things an operator does by hand. Friendly words; anything unexpected is an error with its cause. */
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { type Config, ConfigWrong, readConfig } from './config.ts'
import { companyById } from './core/companies/companies.sql.ts'
import { COUNTRIES, type Country } from './core/companies/country.ts'
import { makeCompany } from './core/companies/make-company.ts'
import { companyIds } from './core/listeners/reseal.sql.ts'
import { resealCompany } from './core/listeners/reseal.ts'
import { createLocation } from './core/locations/create-location.ts'
import { makeOwner, makePerson, resetPassword } from './core/people/make-person.ts'
import { Refusal } from './core/refusal.ts'
import { verifyLedger } from './core/stock/verify-ledger.ts'
import { CannotStart } from './db/embedded-folder.ts'
import { MigrationRefused } from './db/migrate.ts'
import type { Db } from './db/open.ts'
import { systemClock } from './kit/clock.ts'
import { addNewKey, dropOldKeys, KeyFileWrong } from './kit/key-file.ts'
import { jsonLog, silentLog } from './kit/log.ts'
import { openKeys, withDatabase } from './open-data.ts'

interface Command {
  words: string
  run(config: Config, args: string[]): Promise<void>
}

const COMMANDS: Record<string, Command> = {
  start: { words: 'everything in one process: pages, API and the work behind them', run: (config) => serve(config, 'all') },
  web: { words: 'only pages and API (needs DATABASE_URL)', run: (config) => serve(config, 'web') },
  worker: { words: 'only the work behind them (needs DATABASE_URL)', run: (config) => serve(config, 'worker') },
  migrate: { words: 'brings the database up to date and ends', run: (config) => withDatabase(config, jsonLog(config.logLevel), async () => say('The database is up to date.')) },
  'verify-ledger': { words: 'checks that every level is the sum of its movements', run: verify },
  'create-company': { words: 'NAME COUNTRY [LOCATION]: makes a company (SE, NO, DK, FI)', run: createCompany },
  'create-person': { words: 'COMPANY-ID EMAIL NAME [LOCALE]: makes an owner; asks for the password', run: createPerson },
  'reset-password': { words: 'EMAIL: asks for a new password and signs the person out everywhere', run: changePassword },
  'rotate-key': { words: 'makes a new key and seals every secret with it; stop Lagerbro first', run: rotateKey },
  help: { words: 'this list', run: async () => say(help()) },
}

async function serve(config: Config, role: 'all' | 'web' | 'worker'): Promise<void> {
  if (role !== 'all' && config.databaseUrl === null)
    throw new CannotStart(`"${role}" alone needs DATABASE_URL: the bundled database belongs to one process. Use "start" for everything in one.`)
  // Loaded only here: the other commands need neither web nor workers.
  const { startProduct } = await import('./main.ts')
  const asked = signal()
  const demo = role === 'all' ? await openDemo(config) : null
  try {
    const product = await startProduct(config, { role, ...(demo === null ? {} : { demo }) })
    if (product.address !== '') say(`Lagerbro: ${product.address}`)
    await demo?.opened(product.address)
    const why = await Promise.race([asked, product.broken.then(() => 'broken' as const)])
    if (why === 'broken') process.exitCode = 1
    say(why === 'broken' ? 'The database ended by itself; stopping.' : 'Stopping: what was answered is finished first ...')
    await product.close()
  } finally {
    await demo?.close()
  }
}

/** "Try with a demo shop" on the first page: beside the data, with its pretend webshops in this process. */
async function openDemo(config: Config) {
  const { openDemoShop } = await import('../demo/demo-shop.ts')
  return openDemoShop({
    folder: join(config.dataDir, 'demo-shop'),
    hooks: config.publicAddress !== null,
    say,
    stands: ({ email, password, shops }) =>
      say(
        `Demo shop: sign in as ${email} with ${password}; its pretend webshops are ${Object.entries(shops)
          .map(([code, { sim }]) => `${code} at ${sim}`)
          .join(', ')}`,
      ),
  })
}

const signal = (): Promise<'asked'> =>
  new Promise((done) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(name, () => done('asked'))
  })

async function verify(config: Config): Promise<void> {
  await withDatabase(config, silentLog, async (db) => {
    let [cells, faults] = [0, 0]
    for (const id of await db.outsideWall(companyIds)) {
      const verified = await db.inCompany(id, verifyLedger)
      cells += verified.cells
      faults += verified.faults.length
      for (const fault of verified.faults) say(`company ${id}: ${JSON.stringify(fault)}`)
    }
    say(faults === 0 ? `The ledger holds: ${cells} levels are the sum of their movements.` : `${faults} of ${cells} levels are not the sum of their movements.`)
    if (faults > 0) process.exitCode = 1
  })
}

async function createCompany(config: Config, [name, country, location]: string[]): Promise<void> {
  const known = COUNTRIES.find((c) => c === country?.toUpperCase()) as Country | undefined
  if (!name || known === undefined) throw new CannotStart('Say the name and the country: lagerbro create-company "Testgränd Handel AB" SE "Odenplan"')
  const now = systemClock.now()
  const id = await withDatabase(config, silentLog, (db) =>
    db.outsideWall(async (q) => {
      const tx = await makeCompany(q, { name, country: known }, now)
      if (location) await createLocation(tx, { name: location }, { actor: 'system', now })
      return tx.companyId
    }),
  )
  say(`Company ${id}: ${name}. Its owner comes next: lagerbro create-person ${id} name@example.se "First Last"`)
}

async function createPerson(config: Config, [company, email, name, locale = 'sv']: string[]): Promise<void> {
  const companyId = Number(company)
  const known = (['sv', 'nb', 'da', 'en'] as const).find((l) => l === locale)
  if (!Number.isSafeInteger(companyId) || !email?.includes('@') || !name || known === undefined)
    throw new CannotStart('Say the company, the e-mail and the name: lagerbro create-person 1 name@example.se "First Last" sv')
  const password = await askPassword()
  const now = systemClock.now()
  await withDatabase(config, silentLog, (db) =>
    db.outsideWall(async (q) => {
      if ((await companyById(q, companyId)) === null) throw new CannotStart(`There is no company ${companyId}.`)
      await makeOwner(q, companyId, await makePerson(q, { email, name, locale: known, password }, now), now)
    }),
  )
  say(`${email} can sign in and owns company ${companyId}.`)
}

async function changePassword(config: Config, [email]: string[]): Promise<void> {
  if (!email) throw new CannotStart('Say whose: lagerbro reset-password name@example.se')
  const password = await askPassword()
  await withDatabase(config, silentLog, (db) => db.outsideWall((q) => resetPassword(q, email, password)))
  say(`${email} has the new password and was signed out everywhere.`)
}

/** From the terminal, or the first line piped in; never from the arguments, which others on the machine can read. */
async function askPassword(): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr, terminal: false })
  if (process.stdin.isTTY) process.stderr.write('Password (10 characters or more): ')
  for await (const line of terminal) {
    terminal.close()
    return line
  }
  throw new CannotStart('No password was given.')
}

async function rotateKey(config: Config): Promise<void> {
  await withDatabase({ ...config, alone: true }, silentLog, async (db: Db) => {
    await openKeys(config, db)
    const ring = addNewKey(config.keyFile)
    let count = 0
    for (const id of await db.outsideWall(companyIds)) count += await db.inCompany(id, (tx) => resealCompany(tx, ring))
    dropOldKeys(config.keyFile)
    say(`Key ${ring.keyId} seals ${count} connections now; the old key opens nothing any more.`)
  })
}

const help = (): string =>
  [
    'lagerbro COMMAND',
    '',
    ...Object.entries(COMMANDS).map(([name, { words }]) => `  ${name.padEnd(15)} ${words}`),
    '',
    'Settings come from the environment: docs/operate.md.',
  ].join('\n')

function say(words: string): void {
  process.stdout.write(`${words}\n`)
}

/** Errors that are the whole story for whoever started the program; anything else is ours and shows where it comes from. */
const isForPeople = (error: unknown): error is Error =>
  error instanceof CannotStart || error instanceof ConfigWrong || error instanceof MigrationRefused || error instanceof KeyFileWrong || error instanceof Refusal

async function main([name = 'help', ...args]: string[]): Promise<void> {
  const command = COMMANDS[name]
  if (command === undefined) throw new CannotStart(`There is no command "${name}".\n\n${help()}`)
  await command.run(readConfig(), args)
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${isForPeople(error) ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
  process.exitCode = 1
}
