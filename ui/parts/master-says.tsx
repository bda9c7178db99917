/** Where an ERP is master of the stock: its own number, or why it has none, said above what happened here. */
import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { moment, pieces } from '../format.ts'
import type { Article } from '../queries.ts'
import { useCompany } from '../session.ts'

export function MasterSays({ article, locationId }: { article: Article; locationId: number | null }) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const master = article.masters.find((each) => each.locationId === locationId)
  if (master === undefined) return null
  const { name, number, why } = master
  const at = master.at === null ? '' : moment(master.at, timeZone)
  const shown = number === null ? '' : pieces(number)
  const said = why !== null ? t(`master-says.why.${why}`, { name, at }) : number === null ? t('master-says.not-asked', { name }) : t('master-says.number', { name, shown, at })
  return (
    <Text size="sm" c="dimmed" mb="sm">
      {said}
      {why !== null && number !== null && ` ${t('master-says.stays', { shown })}`}
    </Text>
  )
}
