/** A company of its own to look at, made over the API: the walk with two stores shows how a person makes one. */
import type { Page } from 'playwright-core'

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
