/** Images of products: handed in as the bytes of a file, given back as the bytes that are kept. */
import { z } from 'zod'
import { both, type Route } from './route.ts'
import { bytes, idOf, instant, nothing, textIdOf } from './shared.ts'

/** Words for whoever can't see the image. May be empty: the image then only decorates. */
const alt = z
  .string()
  .max(500)
  .regex(/^\P{Cc}*$/u)
export const image = z.object({
  id: idOf('image'),
  productId: idOf('product'),
  /** The article it shows; null = the product as a whole. */
  articleId: idOf('article').nullable(),
  /** Its place among the product's images, the first first. */
  position: z.number().int(),
  alt: z.string(),
  type: z.string(),
  width: z.number().int(),
  height: z.number().int(),
  size: z.number().int(),
  sha256: z.string(),
  /** Where its bytes are, on this server. */
  href: z.string(),
  addedAt: instant,
  changedAt: instant,
  /** Deleted: may be taken back for a week. */
  removedAt: instant.nullable(),
})
/** `repeated`: the product has that picture already. */
const imageAdded = image.extend({ repeated: z.boolean() })
const imageList = z.object({ items: z.array(image) })
const imageQuery = z.strictObject({ alt: alt.optional(), articleId: textIdOf('article').optional() })
const imageOrder = z.strictObject({ imageIds: z.array(idOf('image')).min(1).max(250) })
const imageChange = z.strictObject({ alt: alt.optional(), articleId: idOf('article').nullable().optional() })

const product = { params: z.object({ productId: textIdOf('product') }) } as const
const one = { params: z.object({ imageId: textIdOf('image') }) } as const
const read = both('articles:read')
const write = both('articles:write')

export const imageRoutes = {
  'images.list': { method: 'GET', path: '/v1/products/:productId/images', ...read, status: 200, ...product, answer: imageList },
  'images.add': { method: 'POST', path: '/v1/products/:productId/images', ...write, status: 201, ...product, query: imageQuery, body: bytes, answer: imageAdded },
  'images.order': { method: 'PUT', path: '/v1/products/:productId/images', ...write, status: 200, ...product, body: imageOrder, answer: imageList },
  /** The bytes themselves; they never change under that address. */
  'images.bytes': { method: 'GET', path: '/v1/images/:imageId', ...read, status: 200, ...one, answer: bytes },
  'images.change': { method: 'PATCH', path: '/v1/images/:imageId', ...write, status: 200, ...one, body: imageChange, answer: image },
  'images.remove': { method: 'DELETE', path: '/v1/images/:imageId', ...write, status: 200, ...one, answer: image },
  'images.put-back': { method: 'POST', path: '/v1/images/:imageId/put-back', ...write, status: 200, ...one, body: nothing, answer: image },
} as const satisfies Record<string, Route>
