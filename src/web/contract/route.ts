/** What a route is: who may, what it takes, what it answers. */
import type { z } from 'zod'
import type { Scope } from './people.ts'

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  /** none = anybody · session = a signed-in person · session-or-key = also an API key with `scope` · view = only a key made for the view in the address. */
  auth: 'none' | 'session' | 'session-or-key' | 'view'
  scope: Scope | null
  /** The status of success. */
  status: 200 | 201 | 202
  /** Also for a key made for the view in the address. */
  own?: true
  /** Its answer holds a secret: never kept for an Idempotency-Key. */
  secret?: true
  /** May be asked before a company is chosen. */
  companyless?: true
  params?: z.ZodType
  query?: z.ZodType
  body?: z.ZodType
  answer: z.ZodType
  /** Of an answer of bytes: what kind of file it is. Left out = an image. */
  media?: string
}

export const both = (scope: Scope) => ({ auth: 'session-or-key', scope }) as const
export const person = { auth: 'session', scope: null } as const
export const anybody = { auth: 'none', scope: null } as const
