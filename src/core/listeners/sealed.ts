/** A listener's settings and what its connector keeps, sealed at rest; each box is bound to its owner so that boxes can't be swapped. */
import { z } from 'zod'
import type { SecretBox } from '../../kit/secret-box.ts'

const fields = z.record(z.string(), z.string())
export type Fields = Record<string, string>

/** New connections are sealed before they have an id, so the hook address (random, unique) says whose settings these are. */
const context = (companyId: number, what: 'settings' | 'keep', owner: string) => `company:${companyId}:${what}:${owner}`

/** A view has no hook address; its settings are sealed under this owner. */
export const viewOwner = (companyId: number): string => `view:${companyId}`

export const sealFields = (box: SecretBox, companyId: number, what: 'settings' | 'keep', owner: string, values: Fields): Buffer =>
  box.seal(JSON.stringify(values), context(companyId, what, owner))

export const openFields = (box: SecretBox, companyId: number, what: 'settings' | 'keep', owner: string, sealed: Uint8Array): Fields =>
  fields.parse(JSON.parse(box.open(sealed, context(companyId, what, owner))))
