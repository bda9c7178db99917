/** What a toy shop has, product by product, for the first-time import. */
import { z } from 'zod'
import type { RemoteProduct } from '../contract.ts'
import { readItem } from './articles.ts'
import type { ToyClient } from './client.ts'
import { productShape, type Standing } from './product-there.ts'

const pageShape = z.object({ products: z.array(productShape.extend({ options: z.array(z.string()) })), next: z.string().nullable() })

/** The cursor is the position of the last product seen. */
export async function readProducts(client: ToyClient, cursor: string | null): Promise<{ products: RemoteProduct[]; cursor: string; more: boolean }> {
  const page = await client.call('products', pageShape, 'GET', cursor === null ? '/products' : `/products?after=${encodeURIComponent(cursor)}`)
  const products = page.products.map(
    ({ ref, name, active, vendor, description, options, items, pictures, asOf }): RemoteProduct => ({
      ...{ productRef: ref, title: name, active, vendor, description, options },
      variants: items.map((item) => variantOf(item, asOf)),
      images: pictures.map((picture) => ({ imageRef: picture.ref, url: pictureUrl(ref, picture.ref), alt: picture.alt, itemRef: picture.item })),
    }),
  )
  return { products, cursor: page.next ?? cursor ?? '-1', more: page.next !== null }
}

function variantOf({ values, barcode, price, before, ...item }: Standing['items'][number], asOf: string): RemoteProduct['variants'][number] {
  const { itemRef, articleNumber, tracked, levels } = readItem(item, asOf)
  return { itemRef, articleNumber, tracked, levels, optionValues: values, barcode, priceMinor: price, regularMinor: before }
}

const pictureUrl = (product: string, picture: string): string => `/products/${encodeURIComponent(product)}/pictures/${encodeURIComponent(picture)}`
