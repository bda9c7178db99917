/** What a customer is called where there is room for one thing. */
import type { TFunction } from 'i18next'

interface Known {
  id: number
  name: string | null
  email: string | null
  phone: string | null
}
export const nameOfCustomer = (customer: Known, t: TFunction): string => customer.name ?? customer.email ?? customer.phone ?? t('customers.nameless', { id: customer.id })
