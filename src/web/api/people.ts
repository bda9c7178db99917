/** First run, sign-in, the company, keys, locations and VAT rates over HTTP. */
import { addVatRate } from '../../core/companies/add-vat-rate.ts'
import { anyCompany, companyById, lockFirstRun, renameCompany, vatRates } from '../../core/companies/companies.sql.ts'
import { makeCompany } from '../../core/companies/make-company.ts'
import { changeLocation } from '../../core/locations/change-location.ts'
import { createLocation } from '../../core/locations/create-location.ts'
import { type LocationRow, locationById, locations } from '../../core/locations/locations.sql.ts'
import { makeApiKey, revokeKey } from '../../core/people/api-key.ts'
import { makeOwner, makePerson } from '../../core/people/make-person.ts'
import { type ApiKeyRow, apiKeys, companiesOf, updateLocale } from '../../core/people/people.sql.ts'
import { chooseCompany, closeSession, type Opened, openSession, readSession, type Signed, signIn } from '../../core/people/session.ts'
import { Refusal } from '../../core/refusal.ts'
import type { Queryable } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import { SCOPES, type Scope } from '../contract/people.ts'
import type { Answered, RouteId } from '../contract/routes.ts'
import { type Ask, found, type Handlers, inCompany, outside } from '../handlers.ts'

type Noun = 'setup' | 'session' | 'company' | 'keys' | 'locations' | 'vat-rates'

async function shown(q: Queryable, session: Signed): Promise<Answered<'session.open'>> {
  const { id, name, email, locale } = session
  return {
    person: { id, name, email, locale },
    company: session.companyId === null ? null : await companyById(q, session.companyId),
    companies: await companiesOf(q, id),
    expiresAt: session.expiresAt,
  }
}

/** Hands the browser its token and says who is signed in now. */
async function enter(ask: Ask<RouteId>, q: Queryable, opened: Opened): Promise<Answered<'session.open'>> {
  ask.auth.signedIn(ask.reply, opened)
  return await shown(q, must(await readSession(q, opened.token, ask.by.now), 'the session just made'))
}

const locationShown = ({ masterId, masterName, ...location }: LocationRow): Answered<'locations.change'> => ({
  ...location,
  master: masterId === null ? null : { connectionId: masterId, name: masterName ?? '' },
})

/** The session behind this request; a key has none. */
function mine(ask: Ask<RouteId>): Signed {
  if (ask.caller?.kind !== 'person') throw new Refusal('not-signed-in')
  return ask.caller.session
}

export const keyShown = (row: ApiKeyRow) => ({ ...row, scopes: row.scopes.filter((scope): scope is Scope => SCOPES.some((each) => each === scope)) })

export const people: Omit<Pick<Handlers, Extract<keyof Handlers, `${Noun}.${string}`>>, 'company.from-template'> = {
  'setup.show': outside(async ({ deps }) => ({ needed: !(await deps.sync.db.outsideWall(anyCompany)), demo: deps.demo !== undefined })),
  'setup.make': outside(async (ask) => {
    const { company, owner, location } = ask.body
    const { now } = ask.by
    return await ask.deps.sync.db.outsideWall(async (q) => {
      await lockFirstRun(q)
      if (await anyCompany(q)) throw new Refusal('already-set-up')
      const personId = await makePerson(q, owner, now).catch((error: unknown) => {
        throw error instanceof Refusal ? new Refusal(error.code, { ...error.facts, field: `owner.${error.facts.field}` }) : error
      })
      const tx = await makeCompany(q, company, now)
      await makeOwner(q, tx.companyId, personId, now)
      await createLocation(tx, location, { actor: `person:${personId}`, now })
      return await enter(ask, q, await openSession(q, personId, tx.companyId, now))
    })
  }),
  'setup.demo': outside(async ({ deps, locale }) => {
    if (deps.demo === undefined) throw new Refusal('not-found')
    if (await deps.sync.db.outsideWall(anyCompany)) throw new Refusal('already-set-up')
    return await deps.demo.start(locale)
  }),

  'session.show': outside(async ({ deps, caller }) => ({ session: caller?.kind === 'person' ? await deps.sync.db.outsideWall((q) => shown(q, caller.session)) : null })),
  'session.open': outside(async (ask) => {
    const { db } = ask.deps.sync
    const opened = await signIn(db.outsideWall, ask.body, ask.by.now)
    return await db.outsideWall((q) => enter(ask, q, opened))
  }),
  'session.close': outside(async (ask) => {
    await ask.deps.sync.db.outsideWall((q) => closeSession(q, mine(ask)))
    ask.auth.signedOut(ask.reply)
    ask.live.signedOut(mine(ask).tokenHash)
    return {}
  }),
  'session.company': outside(
    async (ask) => await ask.deps.sync.db.outsideWall(async (q) => await enter(ask, q, await chooseCompany(q, mine(ask), ask.body.companyId, ask.by.now))),
  ),
  'session.locale': outside(
    async (ask) =>
      await ask.deps.sync.db.outsideWall(async (q) => {
        await updateLocale(q, mine(ask).id, ask.body.locale)
        return await shown(q, { ...mine(ask), locale: ask.body.locale })
      }),
  ),

  'company.show': inCompany(async (tx) => found(await companyById(tx, tx.companyId))),
  'company.change': inCompany(async (tx, { body }) => {
    await renameCompany(tx, body.name)
    return found(await companyById(tx, tx.companyId))
  }),
  'company.make': outside(
    async (ask) =>
      await ask.deps.sync.db.outsideWall(async (q) => {
        const { companyId } = await makeCompany(q, ask.body, ask.by.now)
        await makeOwner(q, companyId, mine(ask).id, ask.by.now)
        return await enter(ask, q, await chooseCompany(q, mine(ask), companyId, ask.by.now))
      }),
  ),
  'keys.list': inCompany(async (tx) => ({ items: (await apiKeys(tx)).map(keyShown) })),
  'keys.make': inCompany(async (tx, { body, by }) => {
    const made = await makeApiKey(tx, body, by)
    return { ...keyShown(made), key: made.key }
  }),
  'keys.revoke': inCompany(async (tx, { params, by }) => keyShown(await revokeKey(tx, params.keyId, by))),

  'locations.list': inCompany(async (tx) => ({ items: (await locations(tx)).map(locationShown) })),
  'locations.make': inCompany(async (tx, { body, by }) => locationShown(found(await locationById(tx, (await createLocation(tx, body, by)).id)))),
  'locations.change': inCompany(async (tx, { params, body, by }) => {
    await changeLocation(tx, params.locationId, body, by)
    return locationShown(found(await locationById(tx, params.locationId)))
  }),
  'vat-rates.list': inCompany(async (tx) => ({ items: await vatRates(tx) })),
  'vat-rates.make': inCompany(async (tx, { body }) => {
    await addVatRate(tx, body)
    return body
  }),
}
