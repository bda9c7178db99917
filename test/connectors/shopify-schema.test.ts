/** Every document we send to Shopify is valid in Shopify's own schema, in the version we ask for and in the two before it. */
import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { buildClientSchema, type IntrospectionQuery, NoDeprecatedCustomRule, parse, specifiedRules, validate } from 'graphql'
import { describe, expect, test } from 'vitest'
import type { Document } from '../../src/connectors/shopify/document.ts'
import * as documents from '../../src/connectors/shopify/documents.ts'
import * as imageDocuments from '../../src/connectors/shopify/image-documents.ts'
import * as importDocuments from '../../src/connectors/shopify/import-documents.ts'
import * as orderDocuments from '../../src/connectors/shopify/order-documents.ts'
import * as productDocuments from '../../src/connectors/shopify/product-documents.ts'

const VERSIONS = ['2026-04', '2026-07', '2026-10']
const cached = (version: string) => new URL(`../../.cache/shopify/admin_${version}.json.gz`, import.meta.url)
const all = [documents, orderDocuments, productDocuments, imageDocuments, importDocuments].flatMap((each) => Object.values<Document<unknown>>(each))

test('every document is whole: one named operation, nothing put in', () => {
  expect(all.length).toBeGreaterThanOrEqual(8)
  const source = ['documents.ts', 'order-documents.ts', 'product-documents.ts', 'import-documents.ts', 'image-documents.ts']
    .map((file) => readFileSync(new URL(`../../src/connectors/shopify/${file}`, import.meta.url), 'utf8'))
    .join('\n')
  expect(source).not.toContain('${')
  expect(source.match(/`(query|mutation) /g)).toHaveLength(all.length)
  for (const document of all) {
    const [operation, ...others] = parse(document.text).definitions
    expect(others, document.name).toEqual([])
    expect(operation).toMatchObject({ kind: 'OperationDefinition', name: { value: document.name }, operation: document.writes ? 'mutation' : 'query' })
  }
})

describe.each(VERSIONS)('Shopify Admin API %s', (version) => {
  const here = existsSync(cached(version))
  test.skipIf(!here && process.env.CI !== 'true')(
    `every document is valid${here ? '' : ' (skipped: schema not cached; node scripts/fetch-shopify-schemas.mjs fetches it)'}`,
    () => {
      expect(here, 'the schema is not in .cache/shopify; node scripts/fetch-shopify-schemas.mjs fetches it').toBe(true)
      const raw = JSON.parse(gunzipSync(readFileSync(cached(version))).toString('utf8')) as { data?: IntrospectionQuery } & IntrospectionQuery
      const schema = buildClientSchema(raw.data ?? raw, { assumeValid: true })
      for (const document of all) {
        expect(
          validate(schema, parse(document.text), specifiedRules).map((e) => e.message),
          document.name,
        ).toEqual([])
        for (const old of validate(schema, parse(document.text), [NoDeprecatedCustomRule])) console.warn(`${version} ${document.name}: ${old.message}`)
      }
    },
  )
})
