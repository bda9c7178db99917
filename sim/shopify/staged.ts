/** Staged uploads: where bytes are left before a mutation names them. The addresses stand in for Google's storage, which Shopify signs its uploads for. */
import { createHash, randomUUID } from 'node:crypto'
import type { SimAnswer, SimRequest } from '../kit.ts'
import { json } from '../kit.ts'
import { formParts } from './form-parts.ts'
import type { UserError } from './inventory-writes.ts'
import { hit, type State, type Upload } from './state.ts'

export interface StagedInput {
  filename: string
  mimeType: string
  resource: string
  httpMethod: 'POST' | 'PUT'
  fileSize?: string | null
}
interface Target {
  url: string | null
  resourceUrl: string | null
  parameters: { name: string; value: string }[]
}

const HOUR_MS = 3_600_000
/** As recorded: a form's policy ends after a day, a signed address after a week. */
const UNTIL_MS = { POST: 24 * HOUR_MS, PUT: 7 * 24 * HOUR_MS }
/** The policy's own content-length-range. */
const MOST_BYTES = 20_971_520
const PICTURES = ['IMAGE', 'PRODUCT_IMAGE', 'COLLECTION_IMAGE', 'SHOP_IMAGE']
const PICTURE_TYPES = ['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/heic', 'image/svg+xml', 'image/tiff', 'image/bmp']
export const STAGED = '/staged-uploads/'

export function stageUploads(state: State, now: number, host: string, input: StagedInput[]): { stagedTargets: Target[]; userErrors: UserError[] } {
  const userErrors: UserError[] = []
  const stagedTargets = input.map((wanted, at): Target => {
    const refuse = (field: string, message: string): Target => {
      userErrors.push({ field: ['input', String(at), field], message })
      return { url: null, resourceUrl: null, parameters: [] }
    }
    if (PICTURES.includes(wanted.resource) && !PICTURE_TYPES.includes(wanted.mimeType))
      return refuse('mimeType', `${wanted.filename}: (${wanted.mimeType}) is not a recognized format`)
    if (wanted.resource === 'BULK_MUTATION_VARIABLES' && wanted.mimeType !== 'text/jsonl')
      return refuse('mimeType', `${wanted.filename}: (${wanted.mimeType}) is not a recognized format`)
    const upload = stage(state, now, wanted)
    hit(state, `staged:${wanted.resource}`)
    return wanted.httpMethod === 'POST' ? formTarget(host, upload) : putTarget(host, upload)
  })
  return { stagedTargets, userErrors }
}

function stage(state: State, now: number, wanted: StagedInput): Upload {
  const folder = wanted.resource === 'BULK_MUTATION_VARIABLES' ? 'bulk' : wanted.httpMethod === 'POST' && PICTURES.includes(wanted.resource) ? 'products' : 'files'
  const key = `tmp/84512907433/${folder}/${randomUUID()}/${wanted.filename}`
  const until = now + UNTIL_MS[wanted.httpMethod]
  const signature = createHash('sha256').update(`${key} ${until}`).digest('hex')
  const fields = [
    { name: 'Content-Type', value: wanted.mimeType },
    { name: 'success_action_status', value: '201' },
    { name: 'acl', value: 'private' },
    { name: 'key', value: key },
    { name: 'x-goog-date', value: new Date(now).toISOString().replace(/[-:]|\.\d+/g, '') },
    { name: 'x-goog-algorithm', value: 'GOOG4-RSA-SHA256' },
    { name: 'x-goog-signature', value: signature },
    {
      name: 'policy',
      value: Buffer.from(JSON.stringify({ conditions: [['content-length-range', 1, MOST_BYTES], { key }], expiration: new Date(until).toISOString() })).toString('base64'),
    },
  ]
  const upload: Upload = { key, resource: wanted.resource, mimeType: wanted.mimeType, signature, fields: wanted.httpMethod === 'POST' ? fields : [], until, bytes: null }
  state.uploads.set(key, upload)
  return upload
}
const addressOf = (host: string, key: string): string => `${host}${STAGED}${key.split('/').map(encodeURIComponent).join('/')}`
const formTarget = (host: string, { key, fields }: Upload): Target => ({ url: `${host}${STAGED}`, resourceUrl: addressOf(host, key), parameters: fields })
const putTarget = (host: string, { key, mimeType, signature }: Upload): Target => ({
  url: `${addressOf(host, key)}?X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Expires=604800&X-Goog-SignedHeaders=host&X-Goog-Signature=${signature}`,
  resourceUrl: addressOf(host, key),
  parameters: [
    { name: 'content_type', value: mimeType },
    { name: 'acl', value: 'private' },
  ],
})

/** What somebody brings to such an address. Its words are the storage's own, in XML, and not Shopify's. */
export function receiveUpload(state: State, now: number, request: SimRequest): SimAnswer {
  if (request.method === 'PUT') return receivePut(state, now, request)
  if (request.method !== 'POST' || request.path !== STAGED) return refuse(state, 405, 'MethodNotAllowed')
  const parts = formParts(request.headers['content-type'] ?? '', request.raw)
  const said = new Map(parts?.map((part) => [part.name, part]))
  const upload = state.uploads.get(said.get('key')?.body.toString('utf8') ?? '')
  const file = parts?.at(-1)
  if (upload === undefined || upload.fields.some(({ name, value }) => said.get(name)?.body.toString('utf8') !== value)) return refuse(state, 403, 'AccessDenied')
  if (upload.until <= now) return refuse(state, 400, 'ExpiredToken')
  // What comes after the file isn't read, so the file comes last.
  if (file?.name !== 'file') return refuse(state, 400, 'InvalidArgument')
  return take(state, upload, file.body, 201)
}
function receivePut(state: State, now: number, request: SimRequest): SimAnswer {
  const upload = state.uploads.get(decodeURIComponent(request.path.slice(STAGED.length)))
  if (upload === undefined || request.query.get('X-Goog-Signature') !== upload.signature) return refuse(state, 403, 'SignatureDoesNotMatch')
  if (upload.until <= now) return refuse(state, 400, 'ExpiredToken')
  return take(state, upload, request.raw, 200)
}
function take(state: State, upload: Upload, bytes: Buffer, status: number): SimAnswer {
  if (bytes.length === 0) return refuse(state, 400, 'EntityTooSmall')
  if (bytes.length > MOST_BYTES) return refuse(state, 400, 'EntityTooLarge')
  upload.bytes = Buffer.from(bytes)
  hit(state, 'uploaded')
  return {
    status,
    headers: { 'content-type': 'application/xml; charset=UTF-8' },
    body: status === 201 ? `<?xml version='1.0' encoding='UTF-8'?><PostResponse><Key>${upload.key}</Key></PostResponse>` : '',
  }
}
function refuse(state: State, status: number, code: string): SimAnswer {
  hit(state, `upload:${code}`)
  return { ...json(status, ''), headers: { 'content-type': 'application/xml; charset=UTF-8' }, body: `<?xml version='1.0' encoding='UTF-8'?><Error><Code>${code}</Code></Error>` }
}

/** The upload a mutation means by its resourceUrl; null = no such one, or nothing was left there. */
export function uploaded(state: State, source: string): Upload | null {
  if (!URL.canParse(source)) return null
  const { pathname } = new URL(source)
  const found = pathname.startsWith(STAGED) ? state.uploads.get(decodeURIComponent(pathname.slice(STAGED.length))) : undefined
  return found === undefined || found.bytes === null ? null : found
}
