/** Pictures: left at a staged address, named by a mutation, read by the shop in its own time, and shown to anybody. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, listener, stillTime, subscribe } from './asking.ts'
import { paintedPng } from './painted.ts'
import { pictureIn } from './picture.ts'
import { type ShopifySim, startShopify } from './shopify.ts'

const RIGHTS = ['read_products', 'write_products', 'write_files']
const STAGE =
  'mutation Stage($input: [StagedUploadInput!]!) { stagedUploadsCreate(input: $input) { stagedTargets { url resourceUrl parameters { name value } } userErrors { field message } } }'
const UPDATE =
  'mutation Update($files: [FileUpdateInput!]!) { fileUpdate(files: $files) { files { id alt fileStatus ... on MediaImage { image { url } } } userErrors { code field message } } }'
const DELETE = 'mutation Delete($ids: [ID!]!) { fileDelete(fileIds: $ids) { deletedFileIds userErrors { code field message } } }'
const PRODUCT = `query Product($id: ID!) { product(id: $id) { updatedAt mediaCount { count } media(first: 250) { nodes { id alt status mediaErrors { code message } preview { image { url } } ... on MediaImage { mimeType image { url width height } } } }
  variants(first: 10) { nodes { sku media(first: 5) { nodes { id } } } } } }`

let sim: ShopifySim
beforeEach(async () => {
  sim = await startShopify({ clock: stillTime(), scopes: RIGHTS })
  sim.shop.addItems([
    { sku: 'A', product: 'Genser', title: 'Blå', levels: { Odenplan: 1 } },
    { sku: 'B', product: 'Genser', title: 'Rød', levels: { Odenplan: 1 } },
    { sku: 'C', title: 'Lue', levels: { Odenplan: 1 } },
  ])
})
afterEach(() => sim.close())

interface Target {
  url: string | null
  resourceUrl: string | null
  parameters: { name: string; value: string }[]
}
async function stage(more: Record<string, unknown> = {}) {
  const { data } = await ask(sim, STAGE, { input: [{ resource: 'IMAGE', filename: 'genser blå.png', mimeType: 'image/png', httpMethod: 'POST', ...more }] })
  const payload = data?.stagedUploadsCreate as unknown as { stagedTargets: Target[]; userErrors: { field: string[]; message: string }[] }
  return { target: payload.stagedTargets[0] as Target, userErrors: payload.userErrors }
}
async function send(target: Target, bytes: Uint8Array, change: (form: FormData) => void = () => undefined) {
  const form = new FormData()
  for (const { name, value } of target.parameters) form.append(name, value)
  change(form)
  form.append('file', new Blob([new Uint8Array(bytes)], { type: 'image/png' }), 'genser.png')
  const answer = await fetch(target.url ?? '', { method: 'POST', body: form })
  return { status: answer.status, text: await answer.text() }
}
/** As an app would: staged, sent, and what a mutation is then given. */
async function left(bytes: Uint8Array): Promise<string> {
  const { target } = await stage()
  expect((await send(target, bytes)).status).toBe(201)
  return target.resourceUrl ?? ''
}
const idOf = (sku: string) => `gid://shopify/Product/${sim.shop.handle({ sku }).productId}`
const variantOf = (sku: string) => `gid://shopify/ProductVariant/${sim.shop.handle({ sku }).variantId}`
interface Shown {
  updatedAt: string
  mediaCount: { count: number }
  media: { nodes: { id: string; alt: string | null; status: string; mimeType: string | null; mediaErrors: { code: string }[]; image: { url: string; width: number } | null }[] }
  variants: { nodes: { sku: string; media: { nodes: { id: string }[] } }[] }
}
const shownAs = async (id: string) => (await ask(sim, PRODUCT, { id })).data?.product as unknown as Shown
const product = (sku: string) => shownAs(idOf(sku))
const update = async (files: Record<string, unknown>[]) =>
  (await ask(sim, UPDATE, { files })).data?.fileUpdate as unknown as {
    files: { id: string; fileStatus: string; image: unknown }[]
    userErrors: { code: string; field: string[]; message: string }[]
  }
const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('staged uploads', () => {
  test('a form needs every parameter with its value, the file last, one byte to twenty megabytes, within a day', async () => {
    const { target } = await stage()
    expect(target.parameters.map((each) => each.name)).toEqual([
      'Content-Type',
      'success_action_status',
      'acl',
      'key',
      'x-goog-date',
      'x-goog-algorithm',
      'x-goog-signature',
      'policy',
    ])
    const png = paintedPng('a')
    expect((await send(target, png, (form) => form.delete('policy'))).status).toBe(403)
    expect((await send(target, png, (form) => form.set('acl', 'public'))).status).toBe(403)
    expect(await send(target, png, (form) => form.append('file', 'før'))).toMatchObject({ status: 201 })
    expect(await send(target, new Uint8Array(0))).toMatchObject({ status: 400, text: expect.stringContaining('EntityTooSmall') })
    expect(await send(target, new Uint8Array(20_971_521))).toMatchObject({ status: 400, text: expect.stringContaining('EntityTooLarge') })
    sim.advance(24 * 3_600_000)
    expect(await send(target, png)).toMatchObject({ status: 400, text: expect.stringContaining('ExpiredToken') })
  })
  test('PUT goes to a signed address, which ends after a week; nothing else need come along', async () => {
    const { target } = await stage({ httpMethod: 'PUT' })
    const put = async (url: string) => (await fetch(url, { method: 'PUT', body: new Uint8Array(paintedPng('a')) })).status
    expect(target.parameters).toEqual([
      { name: 'content_type', value: 'image/png' },
      { name: 'acl', value: 'private' },
    ])
    expect(await put(target.url ?? '')).toBe(200)
    expect(await put(target.resourceUrl ?? '')).toBe(403)
    sim.advance(7 * 24 * 3_600_000)
    expect(await put(target.url ?? '')).toBe(400)
  })
  test('what is no picture gets no place, in recorded words; without a right to write nobody does', async () => {
    const refused = await stage({ filename: 'bilde.exe', mimeType: 'application/x-msdownload' })
    expect(refused.target).toEqual({ url: null, resourceUrl: null, parameters: [] })
    expect(refused.userErrors).toEqual([{ field: ['input', '0', 'mimeType'], message: 'bilde.exe: (application/x-msdownload) is not a recognized format' }])
    sim.setScopes(['read_products'])
    expect((await ask(sim, STAGE, { input: [{ resource: 'IMAGE', filename: 'a.png', mimeType: 'image/png' }] })).errors).toMatchObject([{ extensions: { code: 'ACCESS_DENIED' } }])
  })
})

describe('a picture that changes', () => {
  test('other bytes: the same id, another address, nothing shown while they are read', async () => {
    sim.switch({ mediaMs: 4000 })
    const before = sim.shop.addImage({ sku: 'A', alt: 'Forfra' })
    const source = await left(paintedPng('ny'))
    expect(await update([{ id: before.gid, originalSource: source }])).toMatchObject({ files: [{ id: before.gid, fileStatus: 'READY', image: null }], userErrors: [] })
    expect((await update([{ id: before.gid, alt: 'Bakfra' }])).userErrors).toMatchObject([{ code: 'MEDIA_CANNOT_BE_MODIFIED' }])
    sim.advance(4000)
    const [after] = (await product('A')).media.nodes
    expect(after).toMatchObject({ id: before.gid, status: 'READY', image: { width: 8 } })
    expect(after?.image?.url).not.toBe(before.url)
    const seen = await fetch(after?.image?.url ?? '')
    expect([seen.status, seen.headers.get('content-type')]).toEqual([200, 'image/png'])
    expect(Buffer.from(await seen.arrayBuffer())).toEqual(paintedPng('ny'))
  })
  test('what can’t be read has failed, and says why', async () => {
    const cases: [Uint8Array | null, string][] = [
      [Buffer.from('not a picture'), 'UNSUPPORTED_IMAGE_FILE_TYPE'],
      [withSize(5000, 4001), 'INVALID_IMAGE_RESOLUTION'],
      [null, 'IMAGE_DOWNLOAD_FAILURE'],
    ]
    for (const [bytes, code] of cases) {
      const image = sim.shop.addImage({ sku: 'A' })
      await update([{ id: image.gid, originalSource: bytes === null ? 'https://bilder.example/a.png' : await left(bytes) }])
      await settled()
      expect((await product('A')).media.nodes.at(-1)).toMatchObject({ status: 'FAILED', image: null, mediaErrors: [{ code }] })
    }
    sim.switch({ mostMegapixels: 25 })
    const image = sim.shop.addImage({ sku: 'A' })
    await update([{ id: image.gid, originalSource: await left(withSize(5000, 4001)) }])
    await settled()
    expect((await product('A')).media.nodes.at(-1)?.status).toBe('READY')
    sim.fault({ arm: { kind: 'media-fails' } })
    await update([{ id: image.gid, originalSource: await left(paintedPng('b')) }])
    await settled()
    expect((await product('A')).media.nodes.at(-1)).toMatchObject({ status: 'FAILED', mediaErrors: [{ code: 'IMAGE_PROCESSING_FAILURE' }] })
    expect((await update([{ id: image.gid, alt: 'x' }])).userErrors).toEqual([{ code: 'NON_READY_STATE', field: ['files'], message: 'Non-ready files cannot be updated.' }])
  })
  test('a wrong row doesn’t hold the others; an unknown id, product or ending holds them all', async () => {
    const [a, b] = [sim.shop.addImage({ sku: 'A' }), sim.shop.addImage({ sku: 'A' })]
    const mixed = await update([
      { id: a.gid, alt: 'Forfra' },
      { id: b.gid, alt: 'x'.repeat(513) },
    ])
    expect(mixed.files.map((file) => file.id)).toEqual([a.gid])
    expect(mixed.userErrors).toEqual([{ code: 'ALT_VALUE_LIMIT_EXCEEDED', field: ['files', '1', 'alt'], message: 'The alt value exceeds the maximum limit of 512 characters.' }])
    const held = async (file: Record<string, unknown>) => (await update([{ id: a.gid, alt: 'nei' }, file])).userErrors.map((error) => error.code)
    expect(await held({ id: 'gid://shopify/MediaImage/1' })).toEqual(['FILE_DOES_NOT_EXIST'])
    expect(await held({ id: b.gid, referencesToAdd: ['gid://shopify/Product/1'] })).toEqual(['REFERENCE_TARGET_DOES_NOT_EXIST'])
    expect(await held({ id: b.gid, filename: 'b.jpg' })).toEqual(['INVALID_FILENAME_EXTENSION'])
    expect(sim.shop.images({ sku: 'A' })[0]?.alt).toBe('Forfra')
  })
  test('one picture in two products; taken out of one it leaves that one’s variants; deleted it leaves all', async () => {
    const image = sim.shop.addImage({ sku: 'A', variant: 'A' })
    await update([{ id: image.gid, referencesToAdd: [idOf('C')] }])
    expect([sim.shop.images({ sku: 'A' }).length, sim.shop.images({ sku: 'C' }).length]).toEqual([1, 1])
    await update([{ id: image.gid, referencesToRemove: [idOf('A')] }])
    expect((await product('A')).variants.nodes.map((variant) => variant.media.nodes)).toEqual([[], []])
    expect(sim.shop.images({ sku: 'C' })).toHaveLength(1)
    expect((await ask(sim, DELETE, { ids: [image.gid] })).data?.fileDelete).toEqual({ deletedFileIds: [image.gid], userErrors: [] })
    expect(sim.shop.images({ sku: 'C' })).toEqual([])
    expect((await ask(sim, DELETE, { ids: [image.gid, 'gid://shopify/MediaImage/2'] })).data?.fileDelete).toMatchObject({
      deletedFileIds: null,
      userErrors: [{ code: 'FILE_DOES_NOT_EXIST', message: `File ids ${image.gid},gid://shopify/MediaImage/2 do not exist.` }],
    })
  })
  test('without write_files a picture can be made and not changed', async () => {
    sim.setScopes(['write_products'])
    const image = sim.shop.addImage({ sku: 'A' })
    expect((await ask(sim, UPDATE, { files: [{ id: image.gid, alt: 'x' }] })).errors).toMatchObject([
      { message: expect.stringContaining('write_files'), extensions: { code: 'ACCESS_DENIED' } },
    ])
    expect((await stage()).userErrors).toEqual([])
  })
})

describe('in its product', () => {
  const MAKE =
    'mutation Make($product: ProductCreateInput!, $media: [CreateMediaInput!]) { productCreate(product: $product, media: $media) { product { id media(first: 5) { nodes { alt status } } } userErrors { field message } } }'
  const CHANGE =
    'mutation Change($product: ProductUpdateInput!, $media: [CreateMediaInput!]) { productUpdate(product: $product, media: $media) { product { media(last: 1) { nodes { alt status } } } userErrors { field message } } }'
  const SET = 'mutation Set($input: ProductSetInput!) { productSet(input: $input) { product { media(first: 5) { nodes { id alt } } } userErrors { code field message } } }'
  test('made with pictures, changed with more: they come last, and are read in the shop’s own time', async () => {
    sim.switch({ mediaMs: 3000 })
    const picture = async (alt: string) => ({ mediaContentType: 'IMAGE', originalSource: await left(paintedPng(alt)), alt })
    const made = (await ask(sim, MAKE, { product: { title: 'Vott' }, media: [await picture('En'), await picture('To')] })).data?.productCreate as unknown as {
      product: { id: string; media: unknown }
    }
    expect(made.product.media).toEqual({
      nodes: [
        { alt: 'En', status: 'UPLOADED' },
        { alt: 'To', status: 'UPLOADED' },
      ],
    })
    const changed = await ask(sim, CHANGE, { product: { id: made.product.id }, media: [await picture('Tre')] })
    expect(changed.data?.productUpdate).toEqual({ product: { media: { nodes: [{ alt: 'Tre', status: 'UPLOADED' }] } }, userErrors: [] })
    const states = async () => (await shownAs(made.product.id)).media.nodes.map((media) => media.status)
    sim.advance(1500)
    expect(await states()).toEqual(['PROCESSING', 'PROCESSING', 'PROCESSING'])
    sim.advance(1500)
    expect(await states()).toEqual(['READY', 'READY', 'READY'])
  })
  test('a wrong address or one picture too many, and nothing is done', async () => {
    const wrong = await ask(sim, CHANGE, { product: { id: idOf('A'), title: 'Nei' }, media: [{ mediaContentType: 'IMAGE', originalSource: 'bilde' }] })
    expect(wrong.data?.productUpdate).toMatchObject({ product: null, userErrors: [{ field: ['media', '0', 'originalSource'], message: 'Image URL is invalid' }] })
    for (let n = 0; n < 250; n += 1) sim.shop.addImage({ sku: 'A', filename: `${n}.png` })
    const full = await ask(sim, CHANGE, { product: { id: idOf('A') }, media: [{ mediaContentType: 'IMAGE', originalSource: 'https://bilder.example/251.png' }] })
    expect(full.data?.productUpdate).toMatchObject({ product: null, userErrors: [{ field: ['media'] }] })
    expect(await product('A')).toMatchObject({ mediaCount: { count: 250 } })
  })
  test('productSet’s files are the whole list, in its order; left out they stay', async () => {
    const [one, two] = ['1', '2'].map((alt) => sim.shop.addImage({ sku: 'A', alt }))
    const set = async (files?: Record<string, unknown>[]) =>
      (await ask(sim, SET, { input: { id: idOf('A'), ...(files === undefined ? {} : { files }) } })).data?.productSet as unknown as {
        product: { media: { nodes: { id: string; alt: string }[] } } | null
        userErrors: { code: string }[]
      }
    expect((await set()).product?.media.nodes).toHaveLength(2)
    const kept = await set([
      { originalSource: await left(paintedPng('3')), alt: '3' },
      { id: two?.gid, alt: 'to' },
    ])
    expect(kept.product?.media.nodes.map((media) => media.alt)).toEqual(['3', 'to'])
    expect(sim.shop.images({ sku: 'A' }).map((image) => image.id)).not.toContain(one?.id)
    expect((await set([{ id: 'gid://shopify/MediaImage/1' }])).userErrors).toMatchObject([{ code: 'INVALID_INPUT' }])
    expect((await set([])).product?.media.nodes).toEqual([])
  })
  const MOVE = 'mutation Move($id: ID!, $moves: [MoveInput!]!) { productReorderMedia(id: $id, moves: $moves) { job { id done } mediaUserErrors { code message } } }'
  test('moves are counted one after the other, and done later', async () => {
    sim.switch({ mediaMs: 2000 })
    const [one, two, three] = ['1', '2', '3'].map((alt) => sim.shop.addImage({ sku: 'A', alt }))
    const moved = await ask(sim, MOVE, {
      id: idOf('A'),
      moves: [
        { id: three?.gid, newPosition: '0' },
        { id: one?.gid, newPosition: '99' },
      ],
    })
    expect(moved.data?.productReorderMedia).toMatchObject({ job: { done: false }, mediaUserErrors: [] })
    const order = () => sim.shop.images({ sku: 'A' }).map((image) => image.alt)
    expect(order()).toEqual(['1', '2', '3'])
    sim.advance(1000)
    expect(order()).toEqual(['3', '2', '1'])
    const stranger = await ask(sim, MOVE, { id: idOf('C'), moves: [{ id: two?.gid, newPosition: '0' }] })
    expect(stranger.data?.productReorderMedia).toMatchObject({ job: null, mediaUserErrors: [{ code: 'MEDIA_DOES_NOT_EXIST' }] })
  })
  test('a variant shows one picture of its own product, once it is ready', async () => {
    const [a, b] = [sim.shop.addImage({ sku: 'A' }), sim.shop.addImage({ sku: 'A' })]
    const other = sim.shop.addImage({ sku: 'C' })
    const pair = async (verb: 'Append' | 'Detach', ...pairs: [sku: string, ...images: string[]][]) => {
      const { data } = await ask(
        sim,
        `mutation Pair($id: ID!, $pairs: [ProductVariant${verb}MediaInput!]!) { productVariant${verb}Media(productId: $id, variantMedia: $pairs) { productVariants { media(first: 5) { nodes { id } } } userErrors { code } } }`,
        { id: idOf('A'), pairs: pairs.map(([sku, ...mediaIds]) => ({ variantId: variantOf(sku), mediaIds })) },
      )
      const payload = data?.[`productVariant${verb}Media`] as unknown as { userErrors: { code: string }[] }
      return payload.userErrors.map((error) => error.code)
    }
    expect(await pair('Append', ['A', a.gid, b.gid])).toEqual(['TOO_MANY_MEDIA_PER_INPUT_PAIR'])
    expect(await pair('Append', ['A', a.gid], ['A', b.gid])).toEqual(['PRODUCT_VARIANT_SPECIFIED_MULTIPLE_TIMES'])
    expect(await pair('Append', ['C', a.gid])).toEqual(['PRODUCT_VARIANT_DOES_NOT_EXIST_ON_PRODUCT'])
    expect(await pair('Append', ['A', other.gid])).toEqual(['MEDIA_DOES_NOT_EXIST_ON_PRODUCT'])
    expect(await pair('Detach', ['A', a.gid])).toEqual(['MEDIA_IS_NOT_ATTACHED_TO_VARIANT'])
    expect(await pair('Append', ['A', a.gid], ['B', a.gid])).toEqual([])
    expect(await pair('Append', ['A', b.gid])).toEqual(['PRODUCT_VARIANT_ALREADY_HAS_MEDIA'])
    expect(sim.shop.images({ sku: 'A' })[0]?.variants).toEqual(['A', 'B'])
    expect(await pair('Detach', ['A', a.gid])).toEqual([])
    expect(sim.shop.images({ sku: 'A' })[0]?.variants).toEqual(['B'])
  })
  test('a picture that is ready tells of its product, unless the shop is one that doesn’t', async () => {
    const ears = await listener()
    await subscribe(sim, 'PRODUCTS_UPDATE', ears.uri)
    const image = sim.shop.addImage({ sku: 'A' })
    const source = await left(paintedPng('x'))
    for (const [mediaTouchesProduct, hooks] of [
      [true, 2],
      [false, 1],
    ] as const) {
      sim.switch({ mediaTouchesProduct })
      await sim.hooks.quiet()
      const before = ears.heard.length
      await update([{ id: image.gid, originalSource: source }])
      await settled()
      await sim.hooks.quiet()
      expect(ears.heard.length - before).toBe(hooks)
    }
    await ears.close()
  })
})

test('the Files page is searched by id, name and product, with its own right', async () => {
  const image = sim.shop.addImage({ sku: 'A', filename: 'forfra.png' })
  sim.shop.addImage({ sku: 'C', filename: 'lue.png' })
  const files = (query: string) => ask(sim, 'query Files($query: String) { files(first: 10, query: $query) { nodes { id } } }', { query })
  expect((await files('')).data?.files).toEqual({ nodes: [{ id: image.gid }, { id: sim.shop.images({ sku: 'C' })[0]?.gid }] })
  for (const query of [`id:${image.id}`, 'filename:forfra.png', `product_id:${idOf('A').split('/').at(-1)}`])
    expect((await files(query)).data?.files).toEqual({ nodes: [{ id: image.gid }] })
  sim.setScopes(['write_products'])
  expect((await files('')).errors).toMatchObject([{ message: expect.stringContaining('read_files'), extensions: { code: 'ACCESS_DENIED' } }])
})
test('what pictures cost is what was recorded', async () => {
  const cost = async (query: string, variables: Record<string, unknown>) => (await ask(sim, query, variables)).cost.requestedQueryCost
  const whole = `query Whole($id: ID!) { product(id: $id) { id title media(first: 50) { nodes { id alt mediaContentType status preview { image { url width height } } ... on MediaImage { image { url width height } } } }
    variants(first: 50) { nodes { id title media(first: 10) { nodes { id } } } } } }`
  expect(await cost(whole, { id: idOf('A') })).toBe(82)
  expect(await cost(STAGE, { input: [] })).toBe(11)
  const fileUpdate =
    'mutation U($files: [FileUpdateInput!]!) { fileUpdate(files: $files) { files { id alt ... on MediaImage { image { url } } preview { image { url } } } userErrors { code } } }'
  expect(await cost(fileUpdate, { files: [] })).toBe(13)
})
test('two pictures of one name are two addresses, and what pictures say of themselves is believed', () => {
  const [a, b] = [sim.shop.addImage({ sku: 'A', filename: 'x.png' }), sim.shop.addImage({ sku: 'A', filename: 'x.png' })]
  expect(a.url).not.toBe(b.url)
  expect(pictureIn(withSize(5000, 4001))).toEqual({ mimeType: 'image/png', width: 5000, height: 4001 })
  expect(pictureIn(Buffer.from('GIF89a\x02\0\x03\0', 'latin1'))).toEqual({ mimeType: 'image/gif', width: 2, height: 3 })
  const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc2, 0, 17, 8, 0, 7, 0, 9, 3, 0])
  expect(pictureIn(jpeg)).toEqual({ mimeType: 'image/jpeg', width: 9, height: 7 })
  const webp = Buffer.concat([Buffer.from('RIFF\0\0\0\0WEBPVP8X', 'latin1'), Buffer.from([10, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 6, 0, 0])])
  expect(pictureIn(webp)).toEqual({ mimeType: 'image/webp', width: 5, height: 7 })
  expect(pictureIn(jpeg.subarray(0, 9))).toBeNull()
})

/** Only the size is true. */
function withSize(width: number, height: number): Buffer {
  const png = paintedPng('stor')
  png.writeUInt32BE(width, 16)
  png.writeUInt32BE(height, 20)
  return png
}
