/** How a page under test is opened and looked at: both widths, axe, raw keys, English where it doesn't belong, the console. */
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page, Request } from 'playwright-core'
import { expect } from 'vitest'
import type { Locale } from '../../ui/locale.ts'
import { axeSource } from './browser.ts'

export const WIDTHS = { wide: { width: 1280, height: 860 }, narrow: { width: 390, height: 844 } }
const AXE = axeSource()
const SHOTS = join(import.meta.dirname, 'shots')

export interface Looked {
  page: Page
  /** What the browser complained about; empty at the end of a good test. */
  complaints: string[]
  /** Screenshots at both widths, axe and words at each; in the dark as well when asked for. */
  look(name: string, options?: { locale?: Locale; dark?: boolean }): Promise<void>
  /** The page as it stands, without judging it. */
  shoot(name: string): Promise<void>
  close(): Promise<void>
}

export async function openPage(browser: Browser, address: string, locale: Locale = 'sv'): Promise<Looked> {
  const context = await browser.newContext({
    viewport: WIDTHS.wide,
    locale: { sv: 'sv-SE', nb: 'nb-NO', da: 'da-DK', en: 'en-GB' }[locale],
    timezoneId: 'Europe/Stockholm',
    reducedMotion: 'reduce',
    baseURL: address,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const complaints: string[] = []
  page.on('console', (message) => {
    // A refusal is an answer like any other; the browser still writes it down.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  const asked = new Set<Request>()
  page.on('request', (request) => {
    // A page that listens keeps listening.
    if (request.resourceType() !== 'eventsource') asked.add(request)
  })
  const over = (request: Request) => void asked.delete(request)
  page.on('requestfinished', over)
  page.on('requestfailed', over)
  // A page that is left takes its requests along, answered or not.
  page.on('framenavigated', (frame) => {
    if (frame === page.mainFrame()) for (const request of asked) if (!request.isNavigationRequest()) asked.delete(request)
  })
  const shoot = async (name: string) => {
    mkdirSync(SHOTS, { recursive: true })
    await page.evaluate(() => window.scrollTo(0, 0))
    const height = await page.evaluate(() => document.documentElement.scrollHeight)
    // Ten thousand rows would be a picture 600,000 pixels tall.
    await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: height < 6000 })
  }
  return {
    page,
    complaints,
    shoot,
    async look(name, options = {}) {
      for (const scheme of options.dark ? (['light', 'dark'] as const) : (['light'] as const)) {
        await page.emulateMedia({ colorScheme: scheme })
        const dark = scheme === 'dark' ? '-dark' : ''
        for (const [width, viewport] of Object.entries(WIDTHS)) {
          await page.setViewportSize(viewport)
          await settled(page, asked)
          await shoot(`${name}-${width}${dark}`)
          expect.soft(await violations(page), `axe on ${name} (${width}${dark})`).toEqual([])
          expect.soft(await sideways(page), `${name} scrolls sideways at ${viewport.width}`).toBe(0)
        }
      }
      await page.emulateMedia({ colorScheme: 'light' })
      await page.setViewportSize(WIDTHS.wide)
      const text = await page.locator('body').innerText()
      expect.soft(rawKeys(text), `raw keys on ${name}`).toEqual([])
      if ((options.locale ?? locale) !== 'en') expect.soft(englishIn(text), `English on ${name}`).toEqual([])
    },
    async close() {
      await context.close()
    },
  }
}

/** No request on its way and two frames drawn, twice in a row: what is drawn now stays. */
async function settled(page: Page, asked: ReadonlySet<Request>): Promise<void> {
  for (let still = 0; still < 2; still = asked.size === 0 ? still + 1 : 0)
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(null)))))
}

const sideways = (page: Page) => page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth))

async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE)
  return page.evaluate(async () => {
    const axe = (window as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }> } }).axe
    const { violations } = await axe.run()
    return violations.map((each) => `${each.id}: ${each.nodes.map((node) => `${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`).join(' | ')}`)
  })
}

type Tree = { [key: string]: string | Tree }
const flat = (tree: Tree, before = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [[before + key, value] as [string, string]] : flat(value, `${before}${key}.`)))
export const wordsOf = (locale: Locale): [string, string][] => flat(JSON.parse(readFileSync(join(import.meta.dirname, `../../ui/words/${locale}.json`), 'utf8')) as Tree)

/** 'articles.title' on screen means that a word is missing. */
function rawKeys(text: string): string[] {
  const pages = new Set(wordsOf('sv').map(([key]) => key.split('.')[0]))
  return [...new Set(text.match(/\b[a-z-]+(?:\.[a-z-]+)+\b/g) ?? [])]
    .filter((found) => pages.has(found.split('.')[0] ?? '') && !/\.(com|se|no|dk|example)$/.test(found))
    .concat(text.includes('{{') ? ['{{'] : [])
}

/** A whole line that is one of our English sentences and none of the language asked for. */
function englishIn(text: string): string[] {
  const others = new Set([...wordsOf('sv'), ...wordsOf('nb'), ...wordsOf('da')].map(([, words]) => words))
  const english = new Set(wordsOf('en').flatMap(([, words]) => (others.has(words) || words.includes('{{') ? [] : [words])))
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => english.has(line))
}
