/** What tells two documents apart: the same content is the same text, whatever order the names of its fields come in. */
import { createHash } from 'node:crypto'
import { sameText } from '../kit/json.ts'

export const hashOf = (content: unknown): string => createHash('sha256').update(sameText(content)).digest('base64url')
