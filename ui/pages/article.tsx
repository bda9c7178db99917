/** One article: what there is and where, why it is so many, what each webshop knows, and its particulars. */
import { Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ArticleDetails } from '../parts/article-details.tsx'
import { ArticleImages } from '../parts/article-images.tsx'
import { ArticlePrice } from '../parts/article-price.tsx'
import { ArticleShops } from '../parts/article-shops.tsx'
import { ArticleSync } from '../parts/article-sync.tsx'
import { CorrectLevel } from '../parts/correct-level.tsx'
import { LinkButton } from '../parts/link-button.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Pieces } from '../parts/pieces.tsx'
import { ProductFace } from '../parts/product-face.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { Timeline } from '../parts/timeline.tsx'
import { type Article, articleQuery, type Location, locationsQuery } from '../queries.ts'

export function ArticlePage() {
  const { t } = useTranslation()
  const { id } = useParams({ from: '/inside/articles/$id' })
  const article = useQuery(articleQuery(Number(id)))
  const locations = useQuery(locationsQuery)
  const back = { words: t('shell.articles'), link: { to: '/articles' } } as const
  if (article.data)
    return (
      <>
        <PageHead
          title={article.data.name}
          text={
            <>
              <span className="mono">{article.data.number}</span>
              {Object.entries(article.data.optionValues).map(([name, value]) => ` · ${name}: ${value}`)}
              {article.data.archivedAt !== null && ` · ${t('article.archived')}`}
            </>
          }
          back={back}
        />
        <ArticleSync article={article.data} locations={locations.data ?? []} />
        <div className="columns">
          <Stack gap="lg">
            <Levels article={article.data} locations={locations.data ?? []} />
            <ArticleImages key={article.data.productId} article={article.data} />
            <Timeline article={article.data} locations={locations.data ?? []} />
          </Stack>
          <Stack gap="lg">
            <ArticlePrice article={article.data} locations={locations.data ?? []} />
            <ArticleShops article={article.data} />
            <ArticleDetails key={article.data.changedAt} article={article.data} locations={locations.data ?? []} />
            <ProductFace productId={article.data.productId} />
          </Stack>
        </div>
      </>
    )
  return (
    <>
      <PageHead title={t('article.title')} back={back} />
      {article.error ? <Failure error={article.error} retry={() => void article.refetch()} /> : <Loading />}
    </>
  )
}

function Levels({ article, locations }: { article: Article; locations: Location[] }) {
  const { t } = useTranslation()
  // Where an ERP is master it is counted there.
  const isCountedHere = locations.some((location) => !article.masters.some((master) => master.locationId === location.id))
  return (
    <Paper component="section" aria-labelledby="levels">
      <Group justify="space-between" mb="sm">
        <Title order={2} id="levels">
          {t('article.levels')}
        </Title>
        {isCountedHere && (
          <LinkButton to="/count" search={{ article: article.id }} variant="default" size="xs">
            {t('article.count')}
          </LinkButton>
        )}
      </Group>
      {article.stockTracked ? (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('article.store')}</th>
              <th scope="col" className="number">
                {t('article.on-hand')}
              </th>
              <th scope="col" className="number">
                {t('article.reserved')}
              </th>
              <th scope="col" className="number">
                {t('article.available')}
              </th>
            </tr>
          </thead>
          <tbody>
            {locations.map((location) => {
              const level = article.levels.find((each) => each.locationId === location.id)
              return (
                <tr key={location.id}>
                  <th scope="row">
                    {location.name}
                    {location.master !== null && (
                      <div className="row-sub">
                        <Link to="/webshops/$id" params={{ id: String(location.master.connectionId) }} className="link">
                          {t('article.from-erp', { name: location.master.name })}
                        </Link>
                      </div>
                    )}
                    {location.master === null && <CorrectLevel article={article} location={location} />}
                  </th>
                  <td className="number">
                    <Pieces value={level?.onHand ?? null} />
                  </td>
                  <td className="number">
                    <Pieces value={level?.reserved ?? null} />
                  </td>
                  <td className="number strong">
                    <Pieces value={level?.available ?? null} />
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      ) : (
        <Text c="dimmed">{t('article.not-tracked')}</Text>
      )}
    </Paper>
  )
}
