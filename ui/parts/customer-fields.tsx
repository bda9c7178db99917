/** Name, e-mail and phone; any may be empty. */
import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'

export interface CustomerFieldsOf {
  name: string
  email: string
  phone: string
}
/** As they are sent: empty is unknown. */
export const sentOf = (fields: CustomerFieldsOf) => ({ name: fields.name.trim() || null, email: fields.email.trim() || null, phone: fields.phone.trim() || null })

export function CustomerFields({ of: fields, change }: { of: CustomerFieldsOf; change: (next: CustomerFieldsOf) => void }) {
  const { t } = useTranslation()
  return (
    <>
      <TextInput
        label={t('customer.name')}
        value={fields.name}
        onChange={(event) => change({ ...fields, name: event.currentTarget.value })}
        maxLength={200}
        autoComplete="off"
        data-autofocus
      />
      <TextInput
        label={t('customer.email')}
        type="email"
        value={fields.email}
        onChange={(event) => change({ ...fields, email: event.currentTarget.value })}
        maxLength={254}
        autoComplete="off"
      />
      <TextInput
        label={t('customer.phone')}
        type="tel"
        value={fields.phone}
        onChange={(event) => change({ ...fields, phone: event.currentTarget.value })}
        maxLength={50}
        autoComplete="off"
      />
    </>
  )
}
