/** Customers over HTTP. */
import { changeCustomer } from '../../core/customers/change-customer.ts'
import { customerById } from '../../core/customers/customers.sql.ts'
import { makeCustomer } from '../../core/customers/make-customer.ts'
import type { Tx } from '../../db/open.ts'
import { forgetPerson } from '../../sync/forget-person.ts'
import { cursorOf, idAfter, pageOf } from '../cursors.ts'
import { found, type Handlers, inCompany } from '../handlers.ts'
import { type CustomerShown, type CustomersAsked, customerPage, ordersOfCustomer } from './customers.sql.ts'

const anyone: CustomersAsked = { id: null, q: null, email: null, phone: null, externalId: null, changedAfter: null, erased: null, beforeId: null, limit: 1 }
const show = async (tx: Tx, id: number): Promise<CustomerShown> => found((await customerPage(tx, { ...anyone, id }))[0])

export const customers: Pick<Handlers, Extract<keyof Handlers, `customers.${string}`>> = {
  'customers.list': inCompany(async (tx, { query }) => {
    const { q = null, email = null, phone = null, externalId = null, changedAfter = null, erased = false, limit } = query
    const rows = await customerPage(tx, { ...anyone, q, email, phone, externalId, changedAfter, erased, beforeId: idAfter(query.cursor), limit: limit + 1 })
    return pageOf(
      rows,
      limit,
      (row) => cursorOf(row.id),
      (row) => row,
    )
  }),
  'customers.make': inCompany(async (tx, { body, by }) => await show(tx, (await makeCustomer(tx, body, null, by)).id)),
  'customers.show': inCompany(async (tx, { params }) => await show(tx, params.customerId)),
  'customers.change': inCompany(async (tx, { params, body, by }) => {
    const standing = found(await customerById(tx, params.customerId))
    const { name = standing.name, email = standing.email, phone = standing.phone } = body
    await changeCustomer(tx, standing, { name, email, phone }, by)
    return await show(tx, standing.id)
  }),
  'customers.export': inCompany(async (tx, { params, by }) => ({
    exportedAt: by.now,
    customer: await show(tx, params.customerId),
    orders: await ordersOfCustomer(tx, params.customerId),
  })),
  'customers.erase': inCompany(async (tx, { params, by }) => {
    await forgetPerson(tx, params.customerId, by)
    return await show(tx, params.customerId)
  }),
}
