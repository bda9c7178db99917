/** How a simulator calls somebody who listens for its events. */
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'

/** What came back: the status, and the beginning of the text. */
export interface Heard {
  status: number
  text: string
}
const TEXT_KEPT = 500

/** The status, or null when nobody answered within the budget. */
export async function post(address: string, headers: Record<string, string>, body: string, budgetMs: number): Promise<number | null> {
  return (await call('POST', address, headers, body, budgetMs))?.status ?? null
}

/** Null when nobody answered within the budget. */
export function call(method: 'GET' | 'POST', address: string, headers: Record<string, string>, body: string, budgetMs: number): Promise<Heard | null> {
  return new Promise((resolve) => {
    const url = URL.canParse(address) ? new URL(address) : null
    if (url === null) return resolve(null)
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest
    const length = method === 'GET' ? {} : { 'content-length': Buffer.byteLength(body) }
    const request = send(url, { method, headers: { ...headers, ...length } }, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (part: string) => {
        if (text.length < TEXT_KEPT) text += part.slice(0, TEXT_KEPT - text.length)
      })
      answer.on('end', () => done(answer.statusCode === undefined ? null : { status: answer.statusCode, text }))
      answer.on('error', () => done(null))
    })
    const timer = setTimeout(() => {
      done(null)
      request.destroy()
    }, budgetMs)
    const done = (heard: Heard | null) => {
      clearTimeout(timer)
      resolve(heard)
    }
    request.on('error', () => done(null))
    request.end(method === 'GET' ? undefined : body)
  })
}
