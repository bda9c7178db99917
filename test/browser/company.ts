/** A company of its own to look at, made over the API: the walk with two stores shows how a person makes one. */
import type { Page } from 'playwright-core'
import { expect, vi } from 'vitest'
import type { Shop } from './shop.ts'

/** As the page itself would ask, with its session and its origin. Anything but success throws. */
export async function ask<T = unknown>(page: Page, method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
  const answer = await page.evaluate(
    async ([method, path, body]) => {
      const init = body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
      const response = await fetch(path as string, { method: method as string, ...init })
      return { ok: response.ok, body: (await response.json()) as unknown }
    },
    [method, path, body] as const,
  )
  if (!answer.ok) throw new Error(`${path}: ${JSON.stringify(answer.body)}`)
  return answer.body as T
}

/** Kaffe & Te AB with one store, Odenplan; Anna, who owns it, is signed in on this page. */
export async function makeCompany(page: Page): Promise<void> {
  await page.goto('/start')
  await ask(page, 'POST', '/v1/setup', {
    company: { name: 'Kaffe & Te AB', country: 'SE' },
    location: { name: 'Odenplan' },
    owner: { name: 'Anna Andersson', email: 'anna@example.com', password: 'kaffe och te hela dagen', locale: 'sv' },
  })
}

/** Articles by number, each with a product of its own; returns their ids. */
export async function makeArticles(page: Page, numbers: string[]): Promise<Map<string, number>> {
  await ask(page, 'POST', '/v1/articles/batch', { articles: numbers.map((number) => ({ number, name: `Artikel ${number.toLowerCase()}` })) })
  const { items } = await ask<{ items: { id: number; number: string }[] }>(page, 'GET', '/v1/articles?limit=200')
  return new Map(items.map((each) => [each.number, each.id]))
}

export const firstStore = async (page: Page): Promise<number> => (await ask<{ items: [{ id: number }] }>(page, 'GET', '/v1/locations')).items[0].id

export async function receive(page: Page, ref: string, numbers: string[], quantity = 10): Promise<void> {
  const lines = numbers.map((articleNumber) => ({ articleNumber, quantity }))
  await ask(page, 'POST', '/v1/goods-receipts', { ref, locationId: await firstStore(page), lines })
}

/** The guide's steps as the walk with two stores takes them, without looking: the first store is `placeRef`. Returns the connection's path. */
export async function activate(page: Page, code: string, settings: Record<string, string>, placeRef: string | undefined): Promise<string> {
  const { id } = await ask<{ id: number }>(page, 'POST', '/v1/connections', { code, name: code === 'shopify' ? 'Shopify' : 'Övningsbutik' })
  const at = `/v1/connections/${id}`
  await ask(page, 'POST', `${at}/settings`, { settings, pollEveryMs: 5_000 })
  await ask(page, 'POST', `${at}/check`, {})
  await ask(page, 'POST', `${at}/places`, { places: [{ locationId: await firstStore(page), placeRef }] })
  await ask(page, 'POST', `${at}/activate`, {})
  await ask(page, 'POST', `${at}/subscribe`, {})
  return at
}

/** Webshop is ticked on these, and everything is synced once. */
export async function boxAndSync(page: Page, shop: Shop, at: string, articleIds: number[]): Promise<void> {
  const state = async (run: number) => (await ask<{ state: string }>(page, 'GET', `${at}/runs/${run}`)).state
  const until = (run: number, wanted: string) => shop.soon(vi.waitFor(async () => expect(await state(run)).toBe(wanted), 30_000))
  await ask(page, 'POST', `${at}/box`, { boxed: true, articleIds })
  await until((await ask<{ id: number }>(page, 'POST', `${at}/match`, {})).id, 'done')
  const first = await ask<{ id: number }>(page, 'POST', `${at}/runs`, { kind: 'sync-all' })
  await until(first.id, 'ready')
  await ask(page, 'POST', `${at}/runs/${first.id}/confirm`, {})
  // Pressed again before it is over, it would be the same run.
  await until(first.id, 'done')
}
