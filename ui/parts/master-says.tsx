/** Where an ERP or a webshop is master of the stock: its own number, or why it has none, and what happened here that it doesn't know of, said above the timeline. */
import { Text, UnstyledButton } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { moment, pieces } from '../format.ts'
import { type Article, webshopsQuery } from '../queries.ts'
import { useCompany } from '../session.ts'
import { Failure } from './states.tsx'

type Master = Article['masters'][number]

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
    <Text component="div" size="sm" c="dimmed" mb="sm">
      {said}
      {why !== null && number !== null && ` ${t('master-says.stays', { shown })}`}
      <Apart article={article} master={master} />
    </Text>
  )
}

/** A shop can be put right by hand, and then a person says so. */
function Apart({ article, master }: { article: Article; master: Master }) {
  const { t } = useTranslation()
  const shops = useQuery(webshopsQuery)
  const { name, connectionId, locationId, apart } = master
  const known = useMutation({
    mutationFn: () => api('masters.known', { params: { connectionId }, body: { locationId, articleIds: [article.id] } }),
    onSuccess: () => void data.invalidateQueries(),
  })
  if (apart === null || apart === 0) return null
  return (
    <div>
      {t(apart < 0 ? 'master-says.apart' : 'master-says.apart-more', { name, shown: pieces(Math.abs(apart)) })}{' '}
      {(shops.data ?? []).some((shop) => shop.id === connectionId) && (
        <UnstyledButton className="link small" onClick={() => known.mutate()} disabled={known.isPending}>
          {t('master-says.knows', { name })}
        </UnstyledButton>
      )}
      {known.error && <Failure error={known.error} />}
    </div>
  )
}
