/** What is missing since a restore, over HTTP: a key says for itself that it has handed in again, a person for everybody (R36). */
import { restoreNow, sayNothingMissing } from '../../core/restores/nothing-missing.ts'
import { type Handlers, inCompany } from '../handlers.ts'

export const restore: Pick<Handlers, 'restore.show' | 'restore.nothing-missing'> = {
  'restore.show': inCompany(async (tx) => ({ restored: await restoreNow(tx) })),
  'restore.nothing-missing': inCompany(async (tx, { by, caller }) => ({ restored: await sayNothingMissing(tx, caller?.kind === 'key' ? caller.keyId : null, by) })),
}
