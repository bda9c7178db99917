/** A shop with one place, whose guide doesn't ask which store it is: one store needs nobody to say so, with two a person does. */
import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { abicart } from '../../src/connectors/abicart/abicart.ts'
import type { Health } from '../../src/connectors/contract.ts'
import { shopify } from '../../src/connectors/shopify/shopify.ts'
import { deletePlaces, listenerById, placesOf } from '../../src/core/listeners/listeners.sql.ts'
import { insertLocation } from '../../src/core/locations/locations.sql.ts'
import { must } from '../../src/kit/assert.ts'
import { secretBox } from '../../src/kit/secret-box.ts'
import { mapOnlyStore } from '../../src/sync/only-store.ts'
import { testDatabase } from '../database.ts'
import { COMPARES, plant } from '../plant.ts'

test('one store and one place belong together without a word, unless the guide asks or there are two stores', async () => {
  const on = await testDatabase()
  const now = new Date()
  const it = await plant(on, {
    box: secretBox(randomBytes(32)),
    code: 'abicart',
    settings: {},
    manners: COMPARES,
    number: 'TE',
    itemRef: 'article:1',
    places: ['main'],
    start: 1,
    now,
  })
  const health = { places: [{ ref: 'main', name: 'Ull & Lin', active: true, unusable: null }] } as unknown as Health
  const paired = (guide: typeof abicart.guide) =>
    on.db.inCompany(it.companyId, async (tx) => {
      await mapOnlyStore(tx, must(await listenerById(tx, it.listenerId), 'the listener'), guide, health)
      return placesOf(tx, it.listenerId)
    })
  await on.db.inCompany(it.companyId, (tx) => deletePlaces(tx, it.listenerId))
  expect(await paired(shopify.guide)).toEqual([])
  const alone = [{ locationId: it.locationIds[0], placeRef: 'main', name: 'Ull & Lin', direction: 'out' }]
  expect(await paired(abicart.guide)).toEqual(alone)
  expect(await paired(abicart.guide)).toEqual(alone)
  await on.db.inCompany(it.companyId, async (tx) => {
    await deletePlaces(tx, it.listenerId)
    await insertLocation(tx, 'Lagret', now)
  })
  expect(await paired(abicart.guide)).toEqual([])
  await on.close()
})
