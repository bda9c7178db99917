/** Whether each sync view's reader has one article, and if not why; nothing where there are no views. */
import { Paper, Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type Article, viewsQuery } from '../queries.ts'
import { Failure } from './states.tsx'
import { WhyNot } from './view-why.tsx'

export function ArticleViews({ article }: { article: Article }) {
  const { t } = useTranslation()
  const views = useQuery(viewsQuery)
  if (views.isPending || views.data?.length === 0) return null
  return (
    <Paper component="section" aria-labelledby="views">
      <Title order={2} id="views" mb="sm">
        {t('views.title')}
      </Title>
      {views.error ? (
        <Failure error={views.error} retry={() => void views.refetch()} />
      ) : (
        <Stack gap="lg">
          {views.data.map((view) => (
            <div key={view.id}>
              <Link to="/views/$id" params={{ id: String(view.id) }} search={{ why: article.number }} className="link">
                {view.name}
              </Link>
              <WhyNot view={view} number={article.number} />
            </div>
          ))}
        </Stack>
      )}
    </Paper>
  )
}
