/** A file as it is, that never changes under its address: kept by whoever fetched it, and shown to nobody else. */
import type { FastifyReply } from 'fastify'

/** `tag` = of the bytes; whoever holds them is told so (304, web/etag). */
export function sendBytes(reply: FastifyReply, file: { type: string; tag: string; bytes: Buffer }): Buffer {
  const tag = `"${file.tag}"`
  reply.headers({ 'content-type': file.type, 'cache-control': 'private, max-age=31536000, immutable', etag: tag, 'content-disposition': 'inline' })
  return file.bytes
}
