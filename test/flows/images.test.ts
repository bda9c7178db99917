/** Images of products over HTTP: handed in as files, ordered, described, deleted and taken back; fetched as they are kept. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { copyOut } from '../../src/copies.ts'
import { readArchive } from '../../src/kit/archive.ts'
import { openFolder } from '../../src/kit/folder.ts'
import { purge, RETENTION_MS } from '../../src/sync/chores.ts'
import { GIF, JPEG, notes, PNG, photo, WEBP, webpWith } from '../pictures.ts'
import { type Owner, openWeb, type Web } from './web.ts'

let web: Web
let owner: Owner
let productId: number
let articleId: number
let made = 0
beforeAll(async () => {
  web = await openWeb()
  owner = await web.owner('Ull & Lin')
})
afterAll(() => web.close())
beforeEach(async () => {
  const article = await owner.does('articles.make', { body: { number: `B-${++made}`, name: 'Vante' } })
  productId = article.productId
  articleId = article.id
})

const add = (body: Buffer, query: Record<string, string> = {}, headers: Record<string, string> = {}) => owner.call('images.add', { params: { productId }, query, body, headers })
const list = async () => (await owner.does('images.list', { params: { productId } })).items
const ids = async () => (await list()).map((image) => image.id)
const fetched = (id: number, headers: Record<string, string> = {}) => web.app.inject({ url: `/v1/images/${id}`, headers: { cookie: owner.cookie, ...headers } })
const three = async () => [(await add(JPEG)).body.id, (await add(PNG)).body.id, (await add(WEBP)).body.id] as const

test('an image is taken in as its bytes, whatever they are said to be, and given back without what the camera wrote', async () => {
  const answered = await add(photo(6, 'hemlig plats'), { alt: 'Blå vante' }, { 'content-type': 'text/html' })
  expect(answered).toMatchObject({ status: 201, body: { productId, articleId: null, position: 1, alt: 'Blå vante', type: 'image/jpeg', width: 2, height: 3, repeated: false } })
  const { id, sha256, size } = answered.body
  const response = await fetched(id)
  expect(response.headers).toMatchObject({
    ...{ 'content-type': 'image/jpeg', 'x-content-type-options': 'nosniff', 'content-security-policy': expect.stringContaining("default-src 'none'") },
    ...{ 'cache-control': 'private, max-age=31536000, immutable', etag: `"${sha256}"`, 'content-length': String(size) },
  })
  expect(response.rawPayload.length).toBe(size)
  expect(response.rawPayload.includes('hemlig')).toBe(false)
  const again = await fetched(id, { 'if-none-match': `"${sha256}"` })
  expect([again.statusCode, again.rawPayload.length]).toEqual([304, 0])
  const held = await fetched(id, { 'if-none-match': '"another"' })
  expect(held.statusCode).toBe(200)
  // A program by key, with nothing but the bytes.
  const key = await owner.key(['articles:read', 'articles:write'])
  expect(await key.call('images.add', { params: { productId }, body: GIF, headers: { 'content-type': 'application/x-www-form-urlencoded' } })).toMatchObject({ status: 201 })
})

test('the same picture is the same image, however often and however many at once; another product has its own', async () => {
  const answers = await Promise.all([photo(1, 'a'), photo(1, 'b'), JPEG, JPEG].map((bytes) => add(bytes)))
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 200, 200, 201])
  expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1)
  expect(await list()).toHaveLength(1)
  const other = await owner.does('articles.make', { body: { number: 'B-annan', name: 'Annan' } })
  const theirs = await owner.does('images.add', { params: { productId: other.productId }, body: JPEG })
  expect(theirs.id).not.toBe(answers[0]?.body.id)
})

test('the order is said by naming the first ones; what is named twice or isn’t there is refused', async () => {
  const [a, b, c] = await three()
  expect((await list()).map((image) => image.position)).toEqual([1, 2, 3])
  const order = (imageIds: number[]) => owner.call('images.order', { params: { productId }, body: { imageIds } })
  expect((await order([c])).body.items.map((image) => [image.id, image.position])).toEqual([
    [c, 1],
    [a, 2],
    [b, 3],
  ])
  expect(await order([a, a])).toMatchObject({ status: 400, body: { field: 'imageIds' } })
  expect(await order([a, 999_999])).toMatchObject({ status: 404, body: { field: 'imageIds' } })
  expect(await ids()).toEqual([c, a, b])
})

test('words and the article it shows; an article of another product is refused', async () => {
  const { id } = (await add(JPEG, { articleId: String(articleId) })).body
  const change = (body: object) => owner.call('images.change', { params: { imageId: id }, body })
  expect(await change({ alt: 'Röd vante' })).toMatchObject({ status: 200, body: { alt: 'Röd vante', articleId } })
  expect(await change({ articleId: null })).toMatchObject({ body: { alt: 'Röd vante', articleId: null } })
  const other = await owner.does('articles.make', { body: { number: `X-${made}`, name: 'Annan' } })
  expect(await change({ articleId: other.id })).toMatchObject({ status: 404, body: { field: 'articleId' } })
  expect(await add(PNG, { articleId: String(other.id) })).toMatchObject({ status: 404, body: { field: 'articleId' } })
  expect(await list()).toHaveLength(1)
})

test('what is deleted is taken back where it stood, by hand or by handing it in again, for a week', async () => {
  const [a, b, c] = await three()
  const one = { params: { imageId: b } }
  expect(await owner.does('images.remove', one)).toMatchObject({ removedAt: expect.any(String) })
  await owner.does('images.remove', one)
  expect(await ids()).toEqual([a, c])
  expect((await fetched(b)).statusCode).toBe(200)
  expect(await owner.call('images.change', { ...one, body: { alt: 'x' } })).toMatchObject({ status: 404 })
  expect(await owner.does('images.put-back', { ...one, body: {} })).toMatchObject({ id: b, removedAt: null, position: 2 })
  expect(await ids()).toEqual([a, b, c])
  await owner.does('images.remove', one)
  expect(await add(PNG, { alt: 'igen' })).toMatchObject({ status: 201, body: { id: b, alt: 'igen', repeated: false } })
  expect(await ids()).toEqual([a, c, b])
})

test('what is no picture, is broken, hides something or is too large is refused in plain words, and nothing is kept', async () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
  expect(await add(svg, {}, { 'content-type': 'image/png' })).toMatchObject({ status: 422, body: { code: 'image-type', title: expect.stringContaining('JPEG, PNG, WebP') } })
  expect(await add(Buffer.alloc(0))).toMatchObject({ status: 422, body: { code: 'image-type' } })
  expect(await add(Buffer.from('{"lines": [1,'), {}, { 'content-type': 'application/json' })).toMatchObject({ status: 422, body: { code: 'image-type' } })
  expect(await add(JPEG.subarray(0, -2))).toMatchObject({ status: 422, body: { code: 'image-broken' } })
  const large = Buffer.from(webpWith(0, []))
  large.writeUIntLE(5999, 24, 3)
  large.writeUIntLE(3999, 27, 3)
  expect(await add(large)).toMatchObject({ status: 422, body: { code: 'image-too-big', facts: { width: 6000, height: 4000 } } })
  expect(await add(Buffer.concat([JPEG, Buffer.alloc(20 * 1024 * 1024)]))).toMatchObject({ status: 413, body: { code: 'too-large' } })
  expect(await list()).toEqual([])
  const page = Buffer.from('<html><script>alert(1)</script>')
  const { id } = (await add(Buffer.concat([GIF, page]))).body
  expect((await fetched(id)).rawPayload.equals(GIF)).toBe(true)
})

test('two hundred megabytes are stopped while they come, and nobody without a key sends a picture at all', async () => {
  const address = await web.app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = new URL(address)
  const head = (more: string) => `POST /v1/products/${productId}/images HTTP/1.1\r\nHost: x\r\nContent-Type: image/jpeg\r\nTransfer-Encoding: chunked\r\n${more}\r\n`
  const { key } = await owner.key()
  const chunk = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(0x100000, 1), Buffer.from('\r\n')])
  const sent = (first: string): Promise<{ answer: string; megabytes: number }> =>
    new Promise((resolve, reject) => {
      const socket = connect(Number(port), '127.0.0.1')
      let megabytes = 0
      let answer = ''
      const more = () => {
        while (megabytes < 200 && answer === '' && !socket.destroyed) {
          megabytes++
          if (!socket.write(chunk)) return void socket.once('drain', more)
        }
      }
      socket.on('data', (data) => {
        answer += data.toString('latin1')
        socket.destroy()
        resolve({ answer, megabytes })
      })
      // Who still sends when the other side has closed may never read the answer: asked again.
      socket.on('error', (error: NodeJS.ErrnoException) => {
        if (answer === '') error.code === 'EPIPE' || error.code === 'ECONNRESET' ? resolve(sent(first)) : reject(error)
      })
      socket.write(first)
      more()
    })
  const large = await sent(head(`Authorization: Bearer ${key}\r\n`))
  expect(large.answer).toMatch(/^HTTP\/1.1 413 /)
  expect(large.answer).toContain('too-large')
  expect(large.megabytes).toBeLessThan(60)
  const nobody = await sent(head('Authorization: Bearer lb_nobody\r\n'))
  expect(nobody.answer).toMatch(/^HTTP\/1.1 401 /)
  expect(nobody.megabytes).toBeLessThan(20)
  expect(await list()).toEqual([])
})

test('V3, V9: a view hears of images after their product, fetches them with its own key, and hears when they go, come back and leave', async () => {
  const view = await owner.does('views.make', { body: { name: 'Kassan', entities: ['product', 'image'] } })
  const params = { viewId: view.id }
  const reader = web.withKey(view.key)
  const read = async () => {
    const page = await reader.does('views.changes', { params, query: { limit: '500' } })
    await reader.does('views.ack', { params, body: { cursor: page.nextCursor } })
    return page.items.map(({ entity, op, id, data }) => ({ entity, op, id, data }))
  }
  const [a, b] = await three()
  await owner.does('views.link', { params, body: { products: [productId] } })
  const first = await read()
  expect(first.map((item) => item.entity)).toEqual(['product', 'image', 'image', 'image'])
  const said = first[1]?.data as { href: string; sha256: string }
  expect(said).toMatchObject({ id: a, productId, articleId: null, position: 1, alt: '', type: 'image/jpeg', width: 3, height: 2, size: JPEG.length })
  const bytes = (href: string, key = view.key) => web.app.inject({ url: href, headers: { authorization: `Bearer ${key}` } })
  const fetchedBytes = await bytes(said.href)
  expect([fetchedBytes.headers.etag, fetchedBytes.rawPayload.equals(JPEG)]).toEqual([`"${said.sha256}"`, true])
  // The view's key opens what is in the view and nothing else.
  expect((await bytes(`/v1/images/${a}`)).statusCode).toBe(403)
  const other = await owner.does('articles.make', { body: { number: `V-${made}`, name: 'Annan' } })
  const theirs = await owner.does('images.add', { params: { productId: other.productId }, body: JPEG })
  expect((await bytes(`/v1/sync-views/${view.id}/images/${theirs.id}`)).statusCode).toBe(404)

  await owner.does('images.change', { params: { imageId: a }, body: { alt: 'Vante' } })
  await owner.does('images.order', { params: { productId }, body: { imageIds: [b] } })
  expect((await read()).map(({ id, data }) => [id, data?.position, data?.alt])).toEqual([
    [a, 2, 'Vante'],
    [b, 1, ''],
  ])
  await owner.does('images.remove', { params: { imageId: b } })
  expect(await read()).toMatchObject([{ entity: 'image', op: 'delete', id: b, data: null }])
  expect((await bytes(`/v1/sync-views/${view.id}/images/${b}`)).statusCode).toBe(404)
  await owner.does('images.put-back', { params: { imageId: b }, body: {} })
  expect(await read()).toMatchObject([{ entity: 'image', op: 'upsert', id: b }])
  expect(await owner.does('views.resend-size', { params, body: { products: [productId] } })).toMatchObject({ items: expect.any(Number) })
  await owner.does('views.unlink', { params, body: { products: [productId] } })
  expect((await read()).map(({ entity, op }) => `${op} ${entity}`).sort()).toEqual(['unlink image', 'unlink image', 'unlink image', 'unlink product'])
})

test('a product has at most two hundred and fifty images', async () => {
  const { id } = (await add(JPEG)).body
  await web.data.owner.run({
    text: `insert into image (company_id, product_id, position, type, width, height, size, sha256, added_at, changed_at)
           select company_id, product_id, n + 1, type, width, height, size, 'x' || n, added_at, changed_at from image, generate_series(1, 249) n where id = $1`,
    values: [id],
  })
  expect(await add(PNG)).toMatchObject({ status: 409, body: { code: 'images-full', facts: { most: 250 } } })
  expect(await add(photo(1, notes(1).toString('latin1')))).toMatchObject({ status: 200, body: { id, repeated: true } })
})

test('a week after it was deleted an image is gone for good, its bytes too', async () => {
  const key = await owner.key()
  const [gone, stays] = await three()
  await key.does('images.remove', { params: { imageId: gone } })
  web.clock.advance(RETENTION_MS.images + 1000)
  await purge(web.deps, owner.companyId)
  expect(await key.call('images.put-back', { params: { imageId: gone }, body: {} })).toMatchObject({ status: 404 })
  expect(await key.call('images.bytes', { params: { imageId: stays } })).toMatchObject({ status: 200 })
  const { n } = await web.data.owner.one<{ n: number }>({
    text: 'select count(*)::int as n from image_bytes b where not exists (select from image i where i.sha256 = b.sha256)',
    values: [],
  })
  expect(n).toBe(0)
})

test('with a folder the bytes lie there and not in the database; what lay in the database moves out; what is gone for good goes from there too', async () => {
  const key = await owner.key()
  const before = (await add(PNG)).body.id
  const dir = mkdtempSync(join(tmpdir(), 'lb-images-'))
  try {
    web.deps.folder = openFolder(dir)
    const kept = (await add(photo(8))).body
    const file = join(dir, String(owner.companyId), kept.sha256)
    expect(readFileSync(file).length).toBe(kept.size)
    const { n } = await web.data.owner.one<{ n: number }>({ text: 'select count(*)::int as n from image_bytes where sha256 = $1 and bytes is null', values: [kept.sha256] })
    expect(n).toBe(1)
    expect((await fetched(kept.id)).rawPayload.equals(readFileSync(file))).toBe(true)
    expect((await fetched(before)).rawPayload.equals(PNG)).toBe(true)
    // A backup holds it as if it lay in the database, in words that the database reads.
    const { file: backup } = await copyOut(web.data.ownerAddress, { companyId: owner.companyId, target: join(dir, 'all.backup'), name: 'x', images: dir })
    const rows: string[] = []
    for await (const line of readArchive(backup)) if (typeof line === 'string' && line.startsWith(`(${owner.companyId},${kept.sha256},`)) rows.push(line)
    expect(await web.data.owner.rows({ text: 'select (v::image_bytes).bytes as bytes from unnest($1::text[]) v', values: [rows] })).toEqual([{ bytes: readFileSync(file) }])
    await key.does('images.remove', { params: { imageId: kept.id } })
    await web.data.owner.run({ text: "update image set removed_at = removed_at - interval '8 days' where id = $1", values: [kept.id] })
    await purge(web.deps, owner.companyId)
    expect(existsSync(file)).toBe(false)
    expect(await web.data.owner.one({ text: 'select count(*)::int as n from image_bytes where bytes is not null', values: [] })).toEqual({ n: 0 })
    expect((await key.call('images.bytes', { params: { imageId: before } })).status).toBe(200)
  } finally {
    delete web.deps.folder
    rmSync(dir, { recursive: true, force: true })
  }
})
