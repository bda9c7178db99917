/** What the check of the webshop found out about it: a line per finding, in words where we have them, else as it was said. */
import { Paper, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ago } from '../format.ts'
import { useNow } from '../live.ts'
import type { Connection } from '../queries.ts'

export function ShopLearned({ connection }: { connection: Connection }) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const findings = Object.entries(connection.health?.learned ?? {})
  if (findings.length === 0) return null
  const words = (key: string, otherwise: string) => (i18n.exists(key) ? String(t(key as 'learned.name.plan')) : otherwise)
  return (
    <Paper component="section" aria-labelledby="learned">
      <Title order={2} id="learned">
        {t('learned.title')}
      </Title>
      <Text size="sm" c="dimmed" mt={4}>
        {t('learned.text')} {connection.healthAt !== null && t('learned.checked', { ago: ago(connection.healthAt, now) })}
      </Text>
      <dl className="learned">
        {findings.map(([code, value]) => (
          <div key={code}>
            <dt>{words(`learned.name.${code}`, code)}</dt>
            <dd>{words(`learned.value.${code}.${value}`, value === 'yes' ? t('learned.yes') : value === 'no' ? t('learned.no') : value)}</dd>
          </div>
        ))}
      </dl>
    </Paper>
  )
}
