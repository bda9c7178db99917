/** One Chromium for the browser tests: from npm, without any package of the machine, as root too. */
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium as playwright } from 'playwright-core'

const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking', '--disable-quic']

/** The package unpacks itself into the temporary folder: one per version and user, so that nobody meets another's half of it. */
export async function openBrowser(): Promise<Browser> {
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../node_modules/@sparticuz/chromium/package.json'), 'utf8')) as { version: string }
  const folder = join(tmpdir(), `lagerbro-chromium-${version}-${userInfo().username}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  process.env.TMPDIR = folder
  const { default: chromium } = await import('@sparticuz/chromium')
  const executablePath = await chromium.executablePath()
  return playwright.launch({ executablePath, args: ARGS, headless: true })
}

/** The source of axe-core, put into the page under test. */
export function axeSource(): string {
  return readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
}
