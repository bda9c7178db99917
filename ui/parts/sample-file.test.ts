/** The sample is read by our own import, column for column, in each language. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TFunction } from 'i18next'
import { expect, test } from 'vitest'
import { look } from '../../src/core/bulk/file/look.ts'
import { LOCALES } from '../locale.ts'
import { sampleFile } from './sample-file.ts'

type Tree = { [key: string]: string | Tree }

test.each(LOCALES)('in %s', (locale) => {
  const words = JSON.parse(readFileSync(join(import.meta.dirname, `../words/${locale}.json`), 'utf8')) as Tree
  const t = (key: string) => key.split('.').reduce<string | Tree | undefined>((at, part) => (typeof at === 'object' ? at[part] : undefined), words)
  const read = look(Buffer.from(sampleFile(t as unknown as TFunction)), [])
  expect(read.columns).toEqual(['number', 'name', 'price', 'vat', 'barcode', 'tracked', 'stock'])
  expect(read.sample[0]?.[0]).toBe('00101')
})
