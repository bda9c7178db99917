import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import {
  buildClientSchema,
  buildSchema,
  type GraphQLArgument,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isRequiredInputField,
} from 'graphql'
import { describe, expect, test } from 'vitest'
import { SDL } from './schema.ts'

const cached = (version: string) => new URL(`../../.cache/shopify/admin_${version}.json.gz`, import.meta.url)
function official(version: string): GraphQLSchema {
  const found = JSON.parse(gunzipSync(readFileSync(cached(version))).toString('utf8'))
  return buildClientSchema(found.data ?? found, { assumeValid: true })
}

/** Every way ours says something the official schema doesn't. Type text includes lists and nullability. */
function differences(ours: GraphQLSchema, theirs: GraphQLSchema): string[] {
  const found: string[] = []
  const args = (where: string, mine: readonly GraphQLArgument[], real: readonly GraphQLArgument[]) => {
    for (const arg of mine) {
      const same = real.find((other) => other.name === arg.name)
      if (same === undefined) found.push(`${where}(${arg.name}) is not official`)
      else if (String(same.type) !== String(arg.type)) found.push(`${where}(${arg.name}) is ${same.type}, ours ${arg.type}`)
      else if (JSON.stringify(same.defaultValue) !== JSON.stringify(arg.defaultValue))
        found.push(`${where}(${arg.name}) has default ${JSON.stringify(same.defaultValue)}, ours ${JSON.stringify(arg.defaultValue)}`)
    }
  }
  for (const type of Object.values(ours.getTypeMap())) {
    if (type.name.startsWith('__')) continue
    const real: GraphQLNamedType | undefined = theirs.getType(type.name)
    if (real === undefined) found.push(`type ${type.name} is not official`)
    else if (real.constructor.name !== type.constructor.name) found.push(`${type.name} is another kind of type`)
    else if ((isObjectType(type) || isInterfaceType(type)) && (isObjectType(real) || isInterfaceType(real))) {
      for (const face of type.getInterfaces()) if (!real.getInterfaces().some((other) => other.name === face.name)) found.push(`${type.name} does not implement ${face.name}`)
      for (const field of Object.values(type.getFields())) {
        const same = real.getFields()[field.name]
        if (same === undefined) found.push(`${type.name}.${field.name} is not official`)
        else {
          if (String(same.type) !== String(field.type)) found.push(`${type.name}.${field.name} is ${same.type}, ours ${field.type}`)
          args(`${type.name}.${field.name}`, field.args, same.args)
        }
      }
    } else if (isEnumType(type) && isEnumType(real)) {
      for (const value of type.getValues()) if (real.getValue(value.name) === undefined) found.push(`${type.name}.${value.name} is not official`)
    } else if (isInputObjectType(type) && isInputObjectType(real)) {
      for (const field of Object.values(type.getFields())) {
        const same = real.getFields()[field.name]
        if (same === undefined) found.push(`${type.name}.${field.name} is not official`)
        else if (String(same.type) !== String(field.type)) found.push(`${type.name}.${field.name} is ${same.type}, ours ${field.type}`)
      }
      for (const field of Object.values(real.getFields()))
        if (isRequiredInputField(field) && type.getFields()[field.name] === undefined) found.push(`${type.name}.${field.name} is required and ours lacks it`)
    }
  }
  const directive = ours.getDirective('idempotent')
  args('@idempotent', directive?.args ?? [], theirs.getDirective('idempotent')?.args ?? [])
  if (String(directive?.locations) !== String(theirs.getDirective('idempotent')?.locations)) found.push('@idempotent stands elsewhere')
  return found
}

describe.skipIf(!existsSync(cached('2026-10')))('the simulator’s schema against Shopify’s own (scripts/fetch-shopify-schemas.mjs)', () => {
  const ours = buildSchema(SDL)
  test('2026-10: every type, field, argument, default and enum value of ours is official', () => {
    expect(differences(ours, official('2026-10'))).toEqual([])
  })
  test('2026-04 and 2026-07: only what is known to be new differs', () => {
    for (const version of ['2026-04', '2026-07']) expect(differences(ours, official(version))).toEqual(['OrderDisplayFulfillmentStatus.FULFILLMENT_NOT_REQUIRED is not official'])
  })
  test('a planted difference is found', () => {
    const planted = buildSchema(
      SDL.replace('tracked: Boolean!', 'tracked: Boolean').replace('sku: String\n  barcode', 'skuCode: String\n  barcode').replace('CreatedAt', 'CreatedAt'),
    )
    expect(differences(planted, official('2026-10'))).toEqual(['InventoryItem.tracked is Boolean!, ours Boolean', 'ProductVariant.skuCode is not official'])
  })
})
