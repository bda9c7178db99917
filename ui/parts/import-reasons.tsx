/** Why some of a webshop's products are left out, and what of the others doesn't come along. */
import { Paper, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { pieces } from '../format.ts'
import type { ShopImportShown } from '../queries.ts'
import { importWords } from './import-why.ts'

export function ImportReasons({ standing }: { standing: ShopImportShown }) {
  const { t } = useTranslation()
  return (
    <>
      <Tally title={t('import.left-out')} rows={standing.reasons} />
      <Tally title={t('import.notes')} rows={standing.notes} />
    </>
  )
}

function Tally({ title, rows }: { title: string; rows: { code: string; n: number }[] }) {
  const { i18n } = useTranslation()
  if (rows.length === 0) return null
  return (
    <Paper component="section">
      <Title order={2} size="h3" mb="xs">
        {title}
      </Title>
      <ul className="plain-rows">
        {rows.map(({ code, n }) => {
          const { name, words } = importWords(i18n, code)
          return (
            <li key={code}>
              <div>
                <span className="strong">
                  {name} <span className="number quiet">{pieces(n)}</span>
                </span>
                <Text size="sm" c="dimmed">
                  {words}
                </Text>
              </div>
            </li>
          )
        })}
      </ul>
    </Paper>
  )
}
