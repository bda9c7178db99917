/** Reads a company's template from a file, and its secrets from standard input, so that no file needs to hold them. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { type Template, template } from './web/contract/template.ts'

/** Words for whoever typed the command. */
export class TemplateWrong extends Error {
  override readonly name = 'TemplateWrong'
}

/** What comes through standard input is JSON of the same form with only what is secret; it is laid over the file. */
export async function readTemplate(file: string | undefined): Promise<Template> {
  if (file === undefined) throw new TemplateWrong('Say which file: lagerbro create-company --template shop.json < secrets.json')
  const piped = process.stdin.isTTY ? '' : await textOf(process.stdin)
  const whole = laidOver(jsonIn(readText(file), file), piped.trim() === '' ? {} : jsonIn(piped, 'standard input'))
  const parsed = template.safeParse(whole)
  if (!parsed.success) throw new TemplateWrong(`The template is not right, so nothing was made:\n${z.prettifyError(parsed.error)}`)
  return parsed.data
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new TemplateWrong(`${file} can't be read: ${(error as NodeJS.ErrnoException).code}.`)
  }
}

function jsonIn(text: string, where: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new TemplateWrong(`What stands in ${where} is not valid JSON.`)
  }
}

async function textOf(stream: AsyncIterable<Buffer | string>): Promise<string> {
  let text = ''
  for await (const part of stream) text += String(part)
  return text
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Objects by field, lists by place; anything else is replaced. */
export function laidOver(under: unknown, over: unknown): unknown {
  if (Array.isArray(under) && Array.isArray(over)) return under.map((each, n) => (n < over.length ? laidOver(each, over[n]) : each)).concat(over.slice(under.length))
  if (!isObject(under) || !isObject(over)) return over
  return Object.fromEntries(
    [...new Set([...Object.keys(under), ...Object.keys(over)])].map((name) => [
      name,
      name in over ? (name in under ? laidOver(under[name], over[name]) : over[name]) : under[name],
    ]),
  )
}
