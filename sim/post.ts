/** How a simulator calls somebody who listens for its events. */
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'

/** The status, or null when nobody answered within the budget. */
export function post(address: string, headers: Record<string, string>, body: string, budgetMs: number): Promise<number | null> {
  return new Promise((resolve) => {
    const url = URL.canParse(address) ? new URL(address) : null
    if (url === null) return resolve(null)
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest
    const call = send(url, { method: 'POST', headers: { ...headers, 'content-length': Buffer.byteLength(body) } }, (answer) => {
      answer.resume()
      answer.on('end', () => done(answer.statusCode ?? null))
      answer.on('error', () => done(null))
    })
    const timer = setTimeout(() => {
      done(null)
      call.destroy()
    }, budgetMs)
    const done = (status: number | null) => {
      clearTimeout(timer)
      resolve(status)
    }
    call.on('error', () => done(null))
    call.end(body)
  })
}
