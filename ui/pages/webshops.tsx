/** Integrationer > Webshop: the shops that are connected, and the kinds that can be. */
import { Button, Group, Paper, SimpleGrid, Text, Title } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ArticleState } from '../../src/web/contract/states.ts'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { pieces } from '../format.ts'
import { needsSomebody } from '../parts/article-state.tsx'
import { ConnectionTag } from '../parts/connection-tag.tsx'
import { Icon } from '../parts/icons.tsx'
import { LinkButton } from '../parts/link-button.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { type ConnectionHead, connectionsQuery, connectorsQuery } from '../queries.ts'
import { currentLocale } from '../words.ts'

export function Webshops() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const shops = useQuery({ ...connectionsQuery, refetchInterval: 5000 })
  const kinds = useQuery(connectorsQuery)
  const make = useMutation({
    mutationFn: (kind: { code: string; title: string }) => api('connections.make', { body: { code: kind.code, name: kind.title } }),
    onSuccess: (made) => {
      void data.invalidateQueries({ queryKey: ['connections'] })
      void navigate({ to: '/webshops/$id/guide', params: { id: String(made.id) } })
    },
  })
  // Half a set-up is gone on with, not begun again.
  const begun = (code: string) => shops.data?.find((shop) => shop.code === code && shop.state === 'setup')
  return (
    <div className="middle">
      <PageHead title={t('webshops.title')} text={t('webshops.text')} />
      {shops.isPending ? (
        <Loading rows={2} />
      ) : shops.error ? (
        <Failure error={shops.error} retry={() => void shops.refetch()} />
      ) : (
        shops.data.length > 0 && (
          <div className="shops">
            {shops.data.map((shop) => (
              <Shop key={shop.id} shop={shop} />
            ))}
          </div>
        )
      )}
      <section aria-labelledby="kinds">
        <Title order={2} id="kinds" mt="xl" mb={4}>
          {shops.data && shops.data.length > 0 ? t('webshops.another') : t('webshops.first')}
        </Title>
        <Text c="dimmed" mb="md">
          {t('webshops.choose')}
        </Text>
        {kinds.isPending ? (
          <Loading rows={2} />
        ) : kinds.error ? (
          <Failure error={kinds.error} retry={() => void kinds.refetch()} />
        ) : (
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
            {kinds.data.map((kind) => (
              <Paper key={kind.code} className="kind">
                <Title order={3}>{kind.title}</Title>
                <Text size="sm" c="dimmed" mt={4} mb="md">
                  {t('webshops.steps', { count: kind.guide.length })} {kind.needs[currentLocale()]}
                </Text>
                {begun(kind.code) ? (
                  <LinkButton to="/webshops/$id/guide" params={{ id: String(begun(kind.code)?.id) }} variant="light">
                    {t('webshops.go-on-kind', { kind: kind.title })}
                  </LinkButton>
                ) : (
                  <Button
                    variant="light"
                    onClick={() => make.mutate(kind)}
                    loading={make.isPending && make.variables.code === kind.code}
                    aria-label={t('webshops.connect-kind', { kind: kind.title })}
                  >
                    {t('webshops.connect')}
                  </Button>
                )}
              </Paper>
            ))}
          </SimpleGrid>
        )}
        {make.error && <Failure error={make.error} />}
      </section>
    </div>
  )
}

function Shop({ shop }: { shop: ConnectionHead }) {
  const { t } = useTranslation()
  const acts = Object.entries(shop.counts).reduce((all, [state, count]) => (needsSomebody(state as ArticleState) ? all + (count ?? 0) : all), 0)
  return (
    <Link to={shop.state === 'setup' ? '/webshops/$id/guide' : '/webshops/$id'} params={{ id: String(shop.id) }} className="shop-card">
      <Group justify="space-between" wrap="nowrap">
        <div>
          <span className="shop-name">{shop.name}</span>
          <span className="row-sub">
            {shop.state === 'setup'
              ? t('webshops.go-on')
              : [
                  t('webshops.in-sync', { count: shop.counts['in-sync'] ?? 0, shown: pieces(shop.counts['in-sync'] ?? 0) }),
                  ...(shop.waiting > 0 ? [t('webshops.waiting', { count: shop.waiting, shown: pieces(shop.waiting) })] : []),
                  ...(acts > 0 ? [t('webshops.acts', { count: acts, shown: pieces(acts) })] : []),
                ].join(' · ')}
          </span>
        </div>
        <Group gap="sm" wrap="nowrap">
          <ConnectionTag state={shop.state} />
          <Icon name="next" size={18} />
        </Group>
      </Group>
    </Link>
  )
}
