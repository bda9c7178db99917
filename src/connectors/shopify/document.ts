/** One question or order to Shopify: its text, whole, and what its answer must look like. */
import type { z } from 'zod'

export interface Document<T> {
  /** The operation's name; also the label in the journal. */
  name: string
  text: string
  answer: z.ZodType<T>
  /** What we expect it to cost until Shopify has said so itself. */
  points: number
  writes: boolean
}
export const query = <T>(name: string, points: number, answer: z.ZodType<T>, text: string): Document<T> => ({ name, points, answer, text, writes: false })
export const mutation = <T>(name: string, points: number, answer: z.ZodType<T>, text: string): Document<T> => ({ name, points, answer, text, writes: true })
