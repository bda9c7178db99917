/** The command line: `lagerbro start` and the few things an operator does by hand. Friendly words; anything unexpected is an error with its cause. */
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { type Config, ConfigWrong, readConfig } from './config.ts'
import * as connectors from './connectors/index.ts'
import { exportCompany, importCompany, restoreBackup, takeBackup } from './copies.ts'
import { companyById } from './core/companies/companies.sql.ts'
import { COUNTRIES, type Country } from './core/companies/country.ts'
import { makeCompany } from './core/companies/make-company.ts'
import { companyIds } from './core/listeners/reseal.sql.ts'
import { resealCompany } from './core/listeners/reseal.ts'
import { createLocation } from './core/locations/create-location.ts'
import { resealMail } from './core/notices/mail.ts'
import { makeOwner, makePerson, resetPassword } from './core/people/make-person.ts'
import { Refusal } from './core/refusal.ts'
import { restoreNow, sayNothingMissing } from './core/restores/nothing-missing.ts'
import { verifyLedger } from './core/stock/verify-ledger.ts'
import { CannotStart } from './db/embedded-folder.ts'
import { MigrationRefused } from './db/migrate.ts'
import type { Db, Tx } from './db/open.ts'
import { RestoreRefused } from './db/restore.ts'
import { ArchiveWrong } from './kit/archive.ts'
import { systemClock } from './kit/clock.ts'
import { addNewKey, dropOldKeys, KeyFileWrong } from './kit/key-file.ts'
import { jsonLog, silentLog } from './kit/log.ts'
import type { SecretBox } from './kit/secret-box.ts'
import { openKeys, withDatabase } from './open-data.ts'
import { readTemplate, TemplateWrong } from './template-file.ts'
import { makeFromTemplate } from './web/api/from-template.ts'

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
  'create-company': { words: 'NAME COUNTRY [LOCATION]: makes a company (SE, NO, DK, FI); or --template FILE: with all that stands in the file', run: createCompany },
  'create-person': { words: 'COMPANY-ID EMAIL NAME [LOCALE]: makes an owner; asks for the password', run: createPerson },
  'reset-password': { words: 'EMAIL: asks for a new password and signs the person out everywhere', run: changePassword },
  'rotate-key': { words: 'makes a new key and seals every secret with it; stop Lagerbro first', run: rotateKey },
  backup: { words: 'FILE or FOLDER: everything in the database as one file, while Lagerbro runs or not', run: backup },
  restore: { words: 'FILE [--replace]: puts a backup back; stop Lagerbro first', run: restore },
  export: { words: 'COMPANY-ID FILE or FOLDER: one company as a file, to take elsewhere', run: takeOut },
  import: { words: 'FILE [--without-secrets]: takes a company in; stop Lagerbro first', run: takeIn },
  'nothing-missing': { words: '[COMPANY-ID]: after a restore, when everything has been handed in again: shops may be told higher numbers', run: nothingMissing },
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
    const why = await Promise.race([asked, product.broken])
    if (why !== null) process.exitCode = 1
    say(why !== null ? `${why} Stopping.` : 'Stopping: what was answered is finished first ...')
    await product.close()
  } finally {
    await demo?.close()
  }
}

/** "Try with a demo shop" on the first page: beside the data, with its pretend webshops in this process. */
async function openDemo(config: Config) {
  const [{ openDemoShop }, { ullOchLin }] = await Promise.all([import('../demo/demo-shop.ts'), import('../demo/company.ts')])
  return openDemoShop({
    company: ullOchLin,
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

const signal = (): Promise<null> =>
  new Promise((done) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(name, () => done(null))
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

async function createCompany(config: Config, args: string[]): Promise<void> {
  const [name, country, location] = args
  if (name === '--template') return await createFromTemplate(config, country)
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

/** Keys are printed once, as JSON, and nothing else is: whoever sets up many reads it by program. */
async function createFromTemplate(config: Config, file: string | undefined): Promise<void> {
  const template = await readTemplate(file)
  const made = await withDatabase(config, silentLog, async (db) => {
    const box = await openKeys(config, db)
    return await db.outsideWall((q) => makeFromTemplate({ box, connectors }, q, { template, owners: [], anybody: true, now: systemClock.now() }))
  })
  say(JSON.stringify(made, null, 2))
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

/** The connections, and the password of the mail server. */
async function resealed(tx: Tx, ring: SecretBox): Promise<number> {
  await resealMail(tx, ring)
  return resealCompany(tx, ring)
}

async function rotateKey(config: Config): Promise<void> {
  await withDatabase({ ...config, alone: true }, silentLog, async (db: Db) => {
    await openKeys(config, db)
    const ring = addNewKey(config.keyFile)
    let count = 0
    for (const id of await db.outsideWall(companyIds)) count += await db.inCompany(id, (tx) => resealed(tx, ring))
    dropOldKeys(config.keyFile)
    say(`Key ${ring.keyId} seals ${count} connections now; the old key opens nothing any more.`)
  })
}

async function backup(config: Config, [target]: string[]): Promise<void> {
  if (!target) throw new CannotStart('Say where to: lagerbro backup /media/usb/lagerbro.backup, or a folder')
  const { file, lines } = await takeBackup(config, target)
  say(`${file}: ${lines} lines. Keep the key file ${config.keyFile} as well, somewhere else: without it the webshops have to be connected anew.`)
}

async function restore(config: Config, args: string[]): Promise<void> {
  const [file] = args.filter((arg) => !arg.startsWith('--'))
  if (!file) throw new CannotStart('Say which: lagerbro restore FILE')
  const { at } = await restoreBackup(config, file, { replace: args.includes('--replace'), said: say })
  say(
    [
      `Done. What happened after ${at} is missing.`,
      'Start Lagerbro. Webshops are read before anything is told to them, and their numbers are only lowered until the tills have handed in again what they sold since,',
      'and somebody has pressed "Inget saknas" on the first page (or: lagerbro nothing-missing). API keys that were revoked since are valid again: look them through.',
    ].join('\n'),
  )
}

async function takeOut(config: Config, [company, target]: string[]): Promise<void> {
  const companyId = Number(company)
  if (!Number.isSafeInteger(companyId) || !target) throw new CannotStart('Say the company and where to: lagerbro export 1 /media/usb/company.backup')
  const { file, lines } = await exportCompany(config, companyId, target)
  say(`${file}: ${lines} lines. Its passwords and tokens are sealed; to open them elsewhere the key file ${config.keyFile} is needed there.`)
}

async function takeIn(config: Config, args: string[]): Promise<void> {
  const [file] = args.filter((arg) => !arg.startsWith('--'))
  if (!file) throw new CannotStart('Say which: lagerbro import FILE')
  const id = await importCompany(config, file, { withoutSecrets: args.includes('--without-secrets'), said: say })
  say(`Company ${id} is here. Its webshops are paused: start them when the other installation tells them nothing any more.`)
}

async function nothingMissing(config: Config, [company]: string[]): Promise<void> {
  const by = { actor: 'system', now: systemClock.now() }
  await withDatabase(config, silentLog, async (db) => {
    const ids = await db.outsideWall(companyIds)
    if (company !== undefined && !ids.includes(Number(company))) throw new CannotStart(`There is no company ${company}.`)
    let open = 0
    for (const id of company === undefined ? ids : [Number(company)]) {
      await db.inCompany(id, async (tx) => {
        if ((await restoreNow(tx)) !== null) open++
        await sayNothingMissing(tx, null, by)
      })
    }
    say(open > 0 ? 'Shops are told every number again.' : 'Nothing was missing. After a restore, start Lagerbro first: then it knows what is.')
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
  error instanceof CannotStart ||
  error instanceof ConfigWrong ||
  error instanceof MigrationRefused ||
  error instanceof KeyFileWrong ||
  error instanceof TemplateWrong ||
  error instanceof Refusal ||
  error instanceof ArchiveWrong ||
  error instanceof RestoreRefused

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
