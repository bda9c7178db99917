/** POST /hooks/:address, with a tail where the connector gives each event its own. Verified, stored, answered; everything else happens later (S8). */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Connector, HookRequest } from '../connectors/contract.ts'
import { listenerById, ownerOfHookAddress } from '../core/listeners/listeners.sql.ts'
import { openFields } from '../core/listeners/sealed.ts'
import { Refusal } from '../core/refusal.ts'
import { countForged, storeHooks, type VerifiedHook } from '../sync/inbox.ts'
import { notePulse } from '../sync/measure.ts'
import type { WebDeps } from './deps.ts'
import { gather } from './gather.ts'

interface Path {
  address: string
  tail?: string
}
interface Door {
  companyId: number
  listenerId: number
  connector: Connector<unknown>
  settings: unknown
  openedAt: number
  /** The API version its hooks were last seen to say. */
  hookVersion: string | null
}
/** Unsealing settings for every hook would cost more than storing it. A changed secret is noticed at once: what doesn't verify is tried with fresh settings. */
const REMEMBERED_MS = 5_000
const MOST_REMEMBERED = 10_000
const MOST_BYTES = 5 * 1024 * 1024

export async function addHooks(app: FastifyInstance, deps: WebDeps): Promise<void> {
  const { clock, db } = deps.sync
  const doors = new Map<string, Door>()
  const store = gather<VerifiedHook>()

  async function doorOf(address: string, fresh: boolean): Promise<Door | null> {
    const known = doors.get(address)
    if (!fresh && known !== undefined && clock.now().getTime() - known.openedAt < REMEMBERED_MS) return known
    const door = await openDoor(deps, address)
    if (door === null || doors.size >= MOST_REMEMBERED) doors.delete(address)
    if (door !== null && doors.size < MOST_REMEMBERED) doors.set(address, door)
    return door
  }

  await app.register(async (hooks) => {
    // The signature is over the bytes as they came.
    hooks.removeAllContentTypeParsers()
    hooks.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    const take = async (request: FastifyRequest<{ Params: Path }>, reply: FastifyReply) => {
      const { address } = request.params
      const hook = hookOf(request)
      let door = address.length <= 100 ? await doorOf(address, false) : null
      if (door === null) throw new Refusal('not-found')
      let verdict = door.connector.verifyHook(hook, door.settings)
      if (verdict.kind === 'forged') {
        door = await doorOf(address, true)
        if (door === null) throw new Refusal('not-found')
        verdict = door.connector.verifyHook(hook, door.settings)
      }
      const { listenerId, companyId } = door
      const by = { actor: `listener:${listenerId}`, now: clock.now() }
      if (verdict.kind === 'forged') {
        await db.inCompany(companyId, (tx) => countForged(tx, listenerId, by))
        throw new Refusal('not-signed-in')
      }
      const verified = verdict
      const storeAll = (hooks: VerifiedHook[]) => db.inCompany(companyId, async (tx) => void (await storeHooks(tx, listenerId, hooks, by)))
      // Committed before it is answered; if that fails, the sender is told to come again.
      await store(`${companyId}:${listenerId}`, { verified, request: hook }, storeAll).catch((error: unknown) => {
        deps.sync.log.error({ listener: listenerId, company: companyId, problem: error instanceof Error ? error.name : 'unknown' }, 'a hook could not be stored')
        throw new Refusal('unavailable')
      })
      noteVersion(deps, door, verdict.version)
      return reply.status(200).type('text/plain').send('ok')
    }
    const options = { bodyLimit: MOST_BYTES, config: { rateLimit: false }, schema: { hide: true } } as const
    hooks.post<{ Params: Path }>('/hooks/:address', options, take)
    hooks.post<{ Params: Path }>('/hooks/:address/:tail', options, take)
  })
}

/** Another version than we ask for is worth a line on the page, and never a lost delivery. */
function noteVersion(deps: WebDeps, door: Door, version: string | null): void {
  if (version === null || version === door.hookVersion) return
  door.hookVersion = version
  notePulse(deps.sync, door.companyId, { listenerId: door.listenerId, hookVersion: version.slice(0, 50) })
}

function hookOf(request: FastifyRequest<{ Params: Path }>): HookRequest {
  const headers: Record<string, string | undefined> = {}
  for (const [name, value] of Object.entries(request.headers)) headers[name] = Array.isArray(value) ? value.join(', ') : value
  const body = request.body
  const { address, tail = null } = request.params
  return { address, tail, headers, query: new URL(request.url, 'http://here').searchParams, body: body instanceof Uint8Array ? body : new Uint8Array() }
}

async function openDoor(deps: WebDeps, address: string): Promise<Door | null> {
  const { box, clock, connectors, db } = deps.sync
  const owner = await db.outsideWall((q) => ownerOfHookAddress(q, address))
  if (owner === null) return null
  const { companyId, listenerId } = owner
  const listener = await db.inCompany(companyId, (tx) => listenerById(tx, listenerId))
  const connector = listener === null ? undefined : connectors[listener.code]
  if (listener === null || listener.state === 'gone' || connector === undefined) return null
  const fields = openFields(box, companyId, 'settings', listener.hookAddress ?? '', listener.settings)
  return { companyId, listenerId, connector, settings: connector.settings.parse(fields), openedAt: clock.now().getTime(), hookVersion: null }
}
