/** What the fields of pictures and files answer with. */
import { gid } from './ids.ts'
import { addressOf } from './media.ts'
import { as, find, type Nodes, pages, type Reading, type Resolvers, stamped } from './reading.ts'
import { cut, type PageArgs, parseQuery } from './search.ts'
import { fileMatches } from './search-media.ts'
import type { Item, Media, Product } from './state.ts'

const mediaById = (reading: Reading, id: string): Media | null => find(reading.state.files, 'MediaImage', id)
export const MEDIA_NODES: Nodes = { MediaImage: { scopes: ['read_products', 'read_files'], find: mediaById } }

const shown = (media: Media): Media => as('MediaImage', media)
/** While it is read anew it isn't there, and its preview is the old one. */
const imageOf = (reading: Reading, media: Media) => {
  if (media.content === null) return null
  const { width, height } = media.content
  return { id: `gid://shopify/ImageSource/${media.id}`, altText: media.alt === '' ? null : media.alt, width, height, url: addressOf(reading.shop.address(), media) }
}
/** In the order they stand in. */
const inOrder = (list: readonly Media[], args: PageArgs) => cut(list.map(shown), args, (media) => ({ value: list.indexOf(media), id: media.id }))

const mediaRoots: NonNullable<Resolvers[string]> = {
  files: (_, args: PageArgs & { query?: string | null }, reading) => {
    const query = parseQuery(args.query)
    return pages([...reading.state.files.values()].filter((media) => fileMatches(reading.state, media, query)).map(shown), args, (media) => media.id)
  },
}
const failures = (media: Media) => (media.failure === null ? [] : [{ ...media.failure, details: null }])
export const mediaReads: Resolvers = {
  QueryRoot: mediaRoots,
  Product: {
    media: (product: Product, args: PageArgs & { sortKey: string }) =>
      args.sortKey === 'ID' ? pages(product.media.map(shown), args, (media) => media.id) : inOrder(product.media, args),
    mediaCount: (product: Product) => ({ count: product.media.length }),
    featuredMedia: (product: Product) => (product.media[0] === undefined ? null : shown(product.media[0])),
  },
  ProductVariant: { media: (item: Item, args: PageArgs) => inOrder(item.media, args) },
  MediaImage: {
    id: (media: Media) => gid('MediaImage', media.id),
    ...stamped,
    alt: (media: Media) => (media.alt === '' ? null : media.alt),
    fileStatus: (media: Media) => media.status,
    fileErrors: failures,
    mediaErrors: failures,
    mediaContentType: () => 'IMAGE',
    mimeType: (media: Media) => media.content?.mimeType ?? null,
    image: (media: Media, _, reading) => (media.status === 'READY' && media.source === null ? imageOf(reading, media) : null),
    originalSource: (media: Media, _, reading) => (media.content === null ? null : { fileSize: media.content.bytes.length, url: addressOf(reading.shop.address(), media) }),
    preview: (media: Media, _, reading) => ({ status: media.status, image: imageOf(reading, media) }),
  },
}
