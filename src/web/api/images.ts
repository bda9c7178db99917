/** Images over HTTP: files in, bytes out. */
import { addImage } from '../../core/images/add-image.ts'
import { describeImage, orderImages, putBackImage, removeImage } from '../../core/images/arrange-images.ts'
import { bytesOf } from '../../core/images/bytes.ts'
import { type ImageRow, imageById, imagesOfProduct, productThere } from '../../core/images/images.sql.ts'
import { readPicture } from '../../core/images/picture.ts'
import { fileInView } from '../../core/views/contents.sql.ts'
import type { Tx } from '../../db/open.ts'
import type { Folder } from '../../kit/folder.ts'
import type { Answered } from '../contract/routes.ts'
import { byItself, found, type Handlers, inCompany } from '../handlers.ts'
import { sendBytes } from '../send-bytes.ts'

const shown = (row: ImageRow): Answered<'images.change'> => ({ ...row, href: `/v1/images/${row.id}` })
const listed = (rows: ImageRow[]): Answered<'images.list'> => ({ items: rows.map(shown) })

async function ofProduct(tx: Tx, productId: number): Promise<ImageRow[]> {
  found(await productThere(tx, productId))
  return await imagesOfProduct(tx, productId)
}

async function withBytes(tx: Tx, id: number, folder: Folder | undefined): Promise<{ type: string; tag: string; bytes: Buffer }> {
  const { type, sha256 } = found(await imageById(tx, id))
  return { type, tag: sha256, bytes: found(await bytesOf(tx, sha256, folder ?? null)) }
}

export const images: Pick<Handlers, Extract<keyof Handlers, `images.${string}`>> = {
  'images.list': inCompany(async (tx, { params }) => listed(await ofProduct(tx, params.productId))),
  // The picture is read before anything is held: that takes as long as it is large.
  'images.add': byItself(async (companyId, { params, query, body, by, deps }) => {
    const { alt = '', articleId = null } = query
    await deps.sync.db.inCompany(companyId, async (tx) => found(await productThere(tx, params.productId)))
    const picture = readPicture(Buffer.from(body.buffer, body.byteOffset, body.byteLength))
    const added = await deps.sync.db.inCompany(companyId, (tx) => addImage(tx, { productId: params.productId, articleId, alt, picture, folder: deps.sync.folder }, by), 'big')
    return { ...shown(added.image), repeated: added.repeated }
  }),
  'images.order': inCompany(async (tx, { params, body, by }) => listed(await orderImages(tx, params.productId, body.imageIds, by))),
  'images.bytes': inCompany(async (tx, { params, reply, deps }) => sendBytes(reply, await withBytes(tx, params.imageId, deps.sync.folder))),
  'images.change': inCompany(async (tx, { params, body, by }) => shown(await describeImage(tx, params.imageId, body, by))),
  'images.remove': inCompany(async (tx, { params, by }) => shown(await removeImage(tx, params.imageId, by))),
  'images.put-back': inCompany(async (tx, { params, by }) => shown(await putBackImage(tx, params.imageId, by))),
}

export const viewImages: Pick<Handlers, 'views.image'> = {
  'views.image': inCompany(async (tx, { params, reply, deps }) => {
    found(await fileInView(tx, params.viewId, 'image', params.imageId))
    return sendBytes(reply, await withBytes(tx, params.imageId, deps.sync.folder))
  }),
}
