/** The only reader of the environment: every setting with its name, default and check. docs/operate.md explains them to people. */
import { homedir } from 'node:os'
import { join, resolve, sep } from 'node:path'

export const VERSION = '0.1.0'

export interface Config {
  /** Holds the bundled PostgreSQL. */
  dataDir: string
  /** Holds the keys of sealed secrets; outside the data folder, so that a copy of one is worth nothing without the other. */
  keyFile: string
  databaseUrl: string | null
  databaseAppUrl: string | null
  pgBin: string | null
  pgUser: string | null
  port: number
  host: string
  /** Where people and remotes reach us from outside, without a slash at the end; null = only from this machine, polling only. */
  publicAddress: string | null
  /** A backup is put there each night; null = none is taken by itself. */
  backupDir: string | null
  /** So many of those are kept. */
  backupKeep: number
  /** The bytes of images are kept there; null = in the database. */
  imageDir: string | null
  /** Outgoing calls may go to this machine: for the simulators. */
  allowLoopback: boolean
  logLevel: LogLevel
}
const LOG_LEVELS = ['error', 'warn', 'info', 'debug', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** Said to the person who starts the program; the message is the whole story. */
export class ConfigWrong extends Error {
  override readonly name = 'ConfigWrong'
}

export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const text = (name: string): string | null => {
    const value = env[name]?.trim()
    return value === undefined || value === '' ? null : value
  }
  const dataDir = resolve(text('LAGERBRO_DATA_DIR') ?? 'data')
  const keyFile = resolve(text('LAGERBRO_KEY_FILE') ?? join(text('XDG_CONFIG_HOME') ?? join(homedir(), '.config'), 'lagerbro', 'key'))
  if (keyFile.startsWith(dataDir + sep))
    throw new ConfigWrong(`LAGERBRO_KEY_FILE (${keyFile}) is inside the data folder (${dataDir}): whoever copies the folder would have the key too. Put it elsewhere.`)
  const databaseUrl = text('DATABASE_URL')
  const databaseAppUrl = text('DATABASE_APP_URL')
  if (databaseAppUrl !== null && databaseUrl === null) throw new ConfigWrong('DATABASE_APP_URL is set without DATABASE_URL.')
  return {
    dataDir,
    keyFile,
    databaseUrl,
    databaseAppUrl,
    pgBin: text('LAGERBRO_PG_BIN'),
    pgUser: text('LAGERBRO_PG_USER'),
    port: wholeNumber('LAGERBRO_PORT', text('LAGERBRO_PORT') ?? text('PORT'), 4715),
    host: text('LAGERBRO_HOST') ?? '127.0.0.1',
    publicAddress: webAddress('LAGERBRO_PUBLIC_ADDRESS', text('LAGERBRO_PUBLIC_ADDRESS')),
    backupDir: path(text('LAGERBRO_BACKUP_DIR')),
    backupKeep: wholeNumber('LAGERBRO_BACKUP_KEEP', text('LAGERBRO_BACKUP_KEEP'), 7, { from: 1, to: 1000, what: 'a number of backups' }),
    imageDir: path(text('LAGERBRO_IMAGE_DIR')),
    allowLoopback: text('LAGERBRO_ALLOW_LOOPBACK') === 'yes',
    logLevel: oneOf('LAGERBRO_LOG_LEVEL', text('LAGERBRO_LOG_LEVEL'), LOG_LEVELS, 'info'),
  }
}

const path = (text: string | null): string | null => (text === null ? null : resolve(text))

function wholeNumber(name: string, text: string | null, fallback: number, range = { from: 0, to: 65535, what: 'a port number' }): number {
  if (text === null) return fallback
  const value = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= range.from && value <= range.to)) throw new ConfigWrong(`${name} is "${text}"; it must be ${range.what} from ${range.from} to ${range.to}.`)
  return value
}

function webAddress(name: string, text: string | null): string | null {
  if (text === null) return null
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '' || url.username !== '')
    throw new ConfigWrong(`${name} is "${text}"; it must be a web address such as https://lager.example.se.`)
  return url.href.replace(/\/+$/, '')
}

function oneOf<T extends string>(name: string, text: string | null, values: readonly T[], fallback: T): T {
  if (text === null) return fallback
  const found = values.find((value) => value === text)
  if (found === undefined) throw new ConfigWrong(`${name} is "${text}"; it must be one of ${values.join(', ')}.`)
  return found
}
