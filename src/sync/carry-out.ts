/** One product of an import, or one of its pictures, becomes ours: each in a transaction of its own, so that whatever breaks off goes on where it was. */
import { RemoteError } from '../connectors/contract.ts'
import { neverBoxed } from '../core/catalogue/waiting.sql.ts'
import { readPicture } from '../core/images/picture.ts'
import type { Note } from '../core/imports/import.ts'
import { importImage } from '../core/imports/import-image.ts'
import { importProduct, leaveOut } from '../core/imports/import-product.ts'
import { endProduct, noteFetched, noteTried, type ReadAnew } from '../core/imports/imports.sql.ts'
import { Refusal } from '../core/refusal.ts'
import { tickBox } from '../core/told/tick-box.ts'
import { byOf, type Importing, onImport } from './importing.ts'
import { rematch } from './rematch.ts'

/** A picture that can't be had so often is given up. */
const MOST_TRIES = 3

export async function carryOut(step: Importing, product: ReadAnew, sameCurrency: boolean): Promise<boolean> {
  const { line, row } = step
  const by = byOf(step)
  try {
    return await onImport(step, async (tx) => {
      const articleIds = await importProduct(tx, row, product, sameCurrency, by)
      if (row.choices?.boxes === true && articleIds.length > 0) await tickBox(tx, line.listenerId, await neverBoxed(tx, line.listenerId, articleIds), by)
      await rematch(tx, line.listenerId, articleIds, by, { news: product.body.variants.map((variant) => variant.itemRef) })
    })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return onImport(step, (tx) => leaveOut(tx, row.id, product.n, codeOf(error)))
  }
}

/** What nobody could see beforehand: ours has changed meanwhile. */
const codeOf = ({ code }: Refusal) => (code === 'barcode-taken' || code === 'variant-wrong' ? (code === 'variant-wrong' ? 'product-differs' : code) : 'refused')

/** The product's next picture, through the guarded door and held to the rules of pictures. */
export async function fetchImage(step: Importing, product: ReadAnew): Promise<boolean> {
  const { deps, line, fence, row } = step
  const image = product.body.images[product.fetched]
  if (image === undefined) return onImport(step, (tx) => endProduct(tx, row.id, product.n, null, false))
  await fence.ensure()
  const bytes = await (line.remote.readImage?.(image.url) ?? Promise.resolve(null)).catch(whatCame)
  if (bytes === 'strange' && product.tries + 1 < MOST_TRIES) return onImport(step, (tx) => noteTried(tx, row.id, product.n))
  const givenUp = (note: Note) => onImport(step, (tx) => noteFetched(tx, row.id, product.n, note))
  if (bytes === null) return givenUp('image-gone')
  if (bytes === 'refused') return givenUp('image-refused')
  if (bytes === 'strange') return givenUp('image-failed')
  try {
    const picture = readPicture(Buffer.from(bytes))
    return await onImport(step, async (tx) => {
      await importImage(tx, { listenerId: line.listenerId, importId: row.id, product, image, picture, folder: deps.folder }, byOf(step))
      await noteFetched(tx, row.id, product.n, null)
    })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return givenUp(error.code === 'images-full' ? 'images-many' : 'image-refused')
  }
}

/** An answer that is none of a picture's says something of this picture alone: nothing else has to wait for it. */
function whatCame(error: unknown): 'strange' | 'refused' {
  if (!(error instanceof RemoteError)) throw error
  switch (error.kind) {
    case 'strange':
    case 'refused':
      return error.kind
    case 'busy':
    case 'denied':
      throw error
  }
}
