/** Pictures brought to where Shopify fetches them: an address of its own for each file, then the bytes as a form, the file last. */
import { type OutgoingImage, type Priority, RemoteError, type Tools } from '../contract.ts'
import type { Client } from './client.ts'
import { failedToReach } from './failing.ts'
import type { UploadTarget } from './image-answers.ts'
import { STAGE_UPLOADS } from './image-documents.ts'
import { mustBeDone } from './product-refusals.ts'

/** A turn's request deadline (R10), for a file too. */
const TIMEOUT_MS = 10_000

/** Where Shopify finds each, in their order; null = it wasn't taken. Nothing is seen in the shop yet. */
export async function upload(client: Client, tools: Tools, images: { image: OutgoingImage; filename: string }[], priority: Priority): Promise<(string | null)[]> {
  const input = images.map(({ image, filename }) => ({ filename, mimeType: image.type, fileSize: String(image.size), resource: 'IMAGE', httpMethod: 'POST' }))
  const answer = (await client.ask(STAGE_UPLOADS, { input }, priority)).stagedUploadsCreate
  mustBeDone(answer?.userErrors)
  const sources: (string | null)[] = []
  for (const [n, { image, filename }] of images.entries()) {
    const target = answer?.stagedTargets?.[n]
    sources.push(target?.url && target.resourceUrl && (await send(tools, target.url, target.parameters, image, filename)) ? target.resourceUrl : null)
  }
  return sources
}

async function send(tools: Tools, url: string, parameters: UploadTarget['parameters'], image: OutgoingImage, filename: string): Promise<boolean> {
  const boundary = `lagerbro-${image.sha256.slice(0, 32)}`
  const head = parameters.map(({ name, value }) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join('')
  const file = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${filename}"\r\ncontent-type: ${image.type}\r\n\r\n`
  const body = Buffer.concat([Buffer.from(head + file), await image.bytes(), Buffer.from(`\r\n--${boundary}--\r\n`)])
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` }
  const { status } = await tools
    .http(url, { method: 'POST', headers, body, timeoutMs: TIMEOUT_MS, label: 'Upload' })
    // Bytes nobody has named yet change nothing in the shop.
    .catch((error: unknown) => Promise.reject(failedToReach(error, 'no')))
  if (status >= 500) throw new RemoteError('busy', 'remote-error', `the upload was answered with ${status}`, { executed: 'no' })
  return status >= 200 && status < 300
}
