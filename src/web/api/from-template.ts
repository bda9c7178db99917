/** Makes a company with all that stands in its template, or nothing at all. The command line and the API do the same. */
import { addVatRate } from '../../core/companies/add-vat-rate.ts'
import { companyById } from '../../core/companies/companies.sql.ts'
import { makeCompany } from '../../core/companies/make-company.ts'
import { createLocation } from '../../core/locations/create-location.ts'
import { makeApiKey } from '../../core/people/api-key.ts'
import { makeOwner, makePerson } from '../../core/people/make-person.ts'
import { personByEmail } from '../../core/people/people.sql.ts'
import { Refusal } from '../../core/refusal.ts'
import type { Queryable, Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import type { SyncDeps } from '../../sync/deps.ts'
import { addConnection, writeSettings } from '../../sync/setup.ts'
import type { Answered } from '../contract/routes.ts'
import type { Template } from '../contract/template.ts'
import { makeViewWithKey } from './make-view-with-key.ts'

export interface Asked {
  template: Template
  sandbox?: boolean
  /** Own it when the template names nobody. */
  owners: number[]
  /** Whether an owner named by e-mail may be somebody who is here already: for whoever runs the installation. */
  anybody: boolean
  now: Date
}
export type Made = Answered<'company.from-template'>

/** In a transaction outside the wall. `fill` puts in what else belongs to the beginning. */
export async function makeFromTemplate(
  deps: Pick<SyncDeps, 'box' | 'connectors'>,
  q: Queryable,
  { template, sandbox = false, owners, anybody, now }: Asked,
  fill: (tx: Tx, made: Made) => Promise<void> = async () => {},
): Promise<Made> {
  const by = { actor: 'system', now }
  const { owner } = template
  const named = owner === undefined ? null : await within('owner', () => ownerOf(q, owner, anybody, now))
  const tx = await makeCompany(q, { ...template.company, sandbox }, now)
  for (const id of named === null ? owners : [named]) await makeOwner(q, tx.companyId, id, now)
  for (const [n, rate] of template.vatRates.entries()) await within(`vatRates.${n}`, () => addVatRate(tx, rate))
  const made: Made = { company: must(await companyById(q, tx.companyId), 'the company'), locations: [], connections: [], views: [], keys: [] }
  for (const [n, location] of template.locations.entries()) {
    const { id } = await within(`locations.${n}`, () => createLocation(tx, location, by))
    made.locations.push({ id, name: location.name })
  }
  for (const [n, { code, name, settings }] of template.connections.entries()) {
    const { id } = await within(`connections.${n}`, () => addConnection(deps, tx, { code, name }, by))
    if (Object.keys(settings).length > 0) await within(`connections.${n}.settings`, () => writeSettings(deps, tx, id, settings, by))
    made.connections.push({ id, code, name })
  }
  for (const { name, scopes } of template.keys) {
    const { id, key } = await makeApiKey(tx, { name, scopes }, by)
    made.keys.push({ id, name, key })
  }
  await fill(tx, made)
  for (const view of template.views) {
    const { id, key } = await makeViewWithKey(tx, { ...view, locations: null }, deps.box, by)
    made.views.push({ id, name: view.name, key })
  }
  return made
}

async function ownerOf(q: Queryable, owner: NonNullable<Template['owner']>, anybody: boolean, now: Date): Promise<number> {
  const here = anybody && owner.password === undefined ? await personByEmail(q, owner.email) : null
  if (here !== null) return here.id
  if (owner.password === undefined) throw new Refusal('bad-input', { field: 'password', reason: 'missing' })
  return await makePerson(q, { ...owner, password: owner.password }, now)
}

/** What is wrong is named by where it stands in the template. */
async function within<T>(place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { field } = error.facts
    throw new Refusal(error.code, { ...error.facts, field: field === undefined ? place : `${place}.${field}` })
  }
}
